/*
 * Keeps the page of a running gate up to date: fetches the part that changes, and puts in place only what is another
 * than before, so that nothing that somebody has opened or focused is disturbed. Once the gate is over the whole page is
 * loaded again, since the frame around it has changed too.
 */
(function () {
  const SHORTEST_PAUSE = 2000;
  /* So that looking costs Jenkins little even where the log of a gate is long. */
  const PAUSES_PER_ANSWER = 10;

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

  function byName(root, valueOf) {
    const values = {};
    parts(root).forEach(function (part) {
      values[part.dataset.part] = valueOf(part);
    });
    return values;
  }

  /* Compares with what was fetched before, not with what is shown: behaviours change the latter. */
  function update(box, fresh, now, before) {
    const shown = byName(box, function (part) {
      return part;
    });
    const isSameOrder = names(box) === names(fresh);
    parts(fresh).forEach(function (part) {
      const name = part.dataset.part;
      if (shown[name] && shown[name].hasAttribute("open")) {
        part.setAttribute("open", "");
      }
      if (isSameOrder && before[name] !== now[name]) {
        replace(shown[name], part);
      }
    });
    if (!isSameOrder) {
      box.innerHTML = fresh.innerHTML;
      Behaviour.applySubtree(box);
    }
  }

  function replace(old, part) {
    const isFocused = old.contains(document.activeElement);
    old.replaceWith(part);
    Behaviour.applySubtree(part, true);
    const first = part.querySelector("a, button, summary");
    if (isFocused && first !== null) {
      first.focus();
    }
  }

  function follow(box) {
    let before = {};
    let asked = 0;

    function show(html) {
      const fresh = document.createElement("div");
      fresh.innerHTML = html;
      if (!isRunning(fresh)) {
        location.reload();
        return;
      }
      const now = byName(fresh, function (part) {
        return part.outerHTML;
      });
      update(box, fresh, now, before);
      before = now;
      wait((Date.now() - asked) * PAUSES_PER_ANSWER);
    }

    function look() {
      if (document.hidden) {
        wait();
        return;
      }
      asked = Date.now();
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

    function wait(millis) {
      setTimeout(look, Math.max(SHORTEST_PAUSE, millis || 0));
    }

    /* Behaviours may be applied more than once. */
    if (isRunning(box) && !box.dataset.followed) {
      box.dataset.followed = "true";
      wait();
    }
  }

  Behaviour.specify(".cg-live", "chaos-gate", 0, follow);
})();
