/*
 * Keeps the page of a running gate up to date: fetches the part that changes, and puts in place only what is another
 * than before, so that nothing that somebody has opened or focused is disturbed. Once the gate is over the whole page is
 * loaded again, since the frame around it has changed too.
 */
(function () {
  const PAUSE_MILLIS = 2000;

  function parts(root) {
    return Array.from(root.querySelectorAll("[data-part]"));
  }

  function names(root) {
    return parts(root)
      .map(function (part) {
        return part.dataset.part;
      })
      .join();
  }

  function isRunning(root) {
    return root.querySelector("[data-running='true']") !== null;
  }

  /* Compares with what was fetched before, not with what is shown: behaviours change the latter. */
  function update(box, fresh, before) {
    if (names(box) !== names(fresh)) {
      box.innerHTML = fresh.innerHTML;
      Behaviour.applySubtree(box);
      return;
    }
    const shown = parts(box);
    parts(fresh).forEach(function (part, index) {
      if (before[part.dataset.part] !== part.outerHTML) {
        if (shown[index].hasAttribute("open")) {
          part.setAttribute("open", "");
        }
        shown[index].replaceWith(part);
        Behaviour.applySubtree(part, true);
      }
    });
  }

  function follow(box) {
    let before = {};

    function show(html) {
      const fresh = document.createElement("div");
      fresh.innerHTML = html;
      if (!isRunning(fresh)) {
        location.reload();
        return;
      }
      const now = {};
      parts(fresh).forEach(function (part) {
        now[part.dataset.part] = part.outerHTML;
      });
      update(box, fresh, before);
      before = now;
      wait();
    }

    function look() {
      if (document.hidden) {
        wait();
        return;
      }
      fetch(box.dataset.from, { cache: "no-store" })
        .then(function (response) {
          if (response.status === 403 || response.status === 404) {
            return; // Whoever was logged out, or looks at what was deleted, need not ask again.
          }
          if (!response.ok) {
            throw new Error("Jenkins answered " + response.status);
          }
          return response.text().then(show);
        })
        .catch(function (error) {
          console.warn("The page of the gate could not be brought up to date, and will be tried again:", error);
          wait();
        });
    }

    function wait() {
      setTimeout(look, PAUSE_MILLIS);
    }

    /* Behaviours may be applied more than once. */
    if (isRunning(box) && !box.dataset.followed) {
      box.dataset.followed = "true";
      wait();
    }
  }

  Behaviour.specify(".cg-live", "chaos-gate", 0, follow);
})();
