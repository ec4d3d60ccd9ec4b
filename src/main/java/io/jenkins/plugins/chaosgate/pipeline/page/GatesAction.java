package io.jenkins.plugins.chaosgate.pipeline.page;

import hudson.model.Api;
import hudson.model.Item;
import hudson.model.Run;
import io.jenkins.plugins.chaosgate.verdict.Verdict;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.RunAction2;
import jenkins.model.Tab;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/**
 * The gates of one build: what the build remembers of them, and the page on which they stand side by side. Safe between
 * threads; several gates of a build may begin and end at once.
 */
@ExportedBean
public final class GatesAction extends Tab implements RunAction2 {

    public static final String URL = "chaos-gate";

    private static final Logger LOGGER = Logger.getLogger(GatesAction.class.getName());

    private static final Object ADDING = new Object();

    private transient Run<?, ?> run;

    /** Replaced and never changed, so that a build can be saved at any moment. */
    private volatile List<GateEntry> gates = new ArrayList<>();

    private GatesAction() {
        super(null);
    }

    /** The action of a build, which gets one where it has none. */
    public static GatesAction of(Run<?, ?> run) {
        synchronized (ADDING) {
            GatesAction action = run.getAction(GatesAction.class);
            if (action == null) {
                action = new GatesAction();
                run.addAction(action);
            }
            return action;
        }
    }

    /**
     * A gate begins; nothing happens where it is known. The build is saved.
     *
     * @param id the gate's id
     * @param name what people call the experiment
     * @param cluster the name of the administrator's target
     */
    public void began(String id, String name, String cluster) {
        GateEntry entry = GateEntry.begun(id, name, cluster, Instant.now());
        change(known -> find(known, id).isPresent() ? known : plus(known, entry));
    }

    /** A gate is over; nothing happens where it is not known, or was over before. The build is saved. */
    public void ended(String id, Verdict verdict) {
        Instant now = Instant.now();
        change(known ->
                find(known, id).filter(entry -> entry.getVerdict() == null).isEmpty()
                        ? known
                        : replaced(known, id, entry -> entry.ended(verdict, now)));
    }

    /** What the build remembers of its gates, in the order in which they began; for those who may see the build. */
    @Exported(name = "gates")
    public List<GateEntry> getEntries() {
        return run.getParent().hasPermission(Item.READ) ? List.copyOf(gates) : List.of();
    }

    /** The pages of the gates, in the order in which they began. */
    public List<GatePage> getPages() {
        return getEntries().stream().map(entry -> new GatePage(run, entry)).toList();
    }

    /** The page of one gate, as a part of this one's address; null where there is none of that id. */
    public GatePage getDynamic(String id) {
        return find(getEntries(), id).map(entry -> new GatePage(run, entry)).orElse(null);
    }

    /** Whether any gate has yet to end. */
    public boolean isRunning() {
        return getPages().stream().anyMatch(GatePage::isRunning);
    }

    /** The remote interface. */
    public Api getApi() {
        return new Api(this);
    }

    @Override
    public void onAttached(Run<?, ?> attached) {
        onLoad(attached);
    }

    @Override
    public void onLoad(Run<?, ?> loaded) {
        run = loaded;
        object = loaded;
    }

    @Override
    public String getIconFileName() {
        return "symbol-flask";
    }

    @Override
    public String getDisplayName() {
        return "Chaos Gate";
    }

    @Override
    public String getUrlName() {
        return URL;
    }

    private void change(UnaryOperator<List<GateEntry>> edit) {
        synchronized (this) {
            List<GateEntry> changed = edit.apply(gates);
            if (changed == gates) {
                return;
            }
            gates = changed;
        }
        try {
            run.save();
        } catch (IOException e) {
            // A gate must end well also where the disk is full; its log and the journal do not depend on this.
            LOGGER.log(Level.WARNING, e, () -> "Could not save what " + run + " remembers of its chaos gates");
        }
    }

    private static Optional<GateEntry> find(List<GateEntry> known, String id) {
        return known.stream().filter(entry -> entry.getId().equals(id)).findFirst();
    }

    private static List<GateEntry> plus(List<GateEntry> known, GateEntry entry) {
        List<GateEntry> more = new ArrayList<>(known);
        more.add(entry);
        return more;
    }

    private static List<GateEntry> replaced(List<GateEntry> known, String id, UnaryOperator<GateEntry> edit) {
        List<GateEntry> changed = new ArrayList<>(known);
        changed.replaceAll(entry -> entry.getId().equals(id) ? edit.apply(entry) : entry);
        return changed;
    }
}
