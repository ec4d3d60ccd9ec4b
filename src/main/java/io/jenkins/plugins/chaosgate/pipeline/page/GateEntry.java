package io.jenkins.plugins.chaosgate.pipeline.page;

import io.jenkins.plugins.chaosgate.verdict.Verdict;
import java.time.Instant;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/**
 * What a build itself remembers of one gate; enough for its summary, without the gate's log. Immutable. It is written
 * into {@code build.xml}, so it has plain fields only, and their names stay.
 */
@ExportedBean(defaultVisibility = 2)
public final class GateEntry {

    private final String id;
    private final String name;
    private final String cluster;

    private final String verdict;

    private final String reason;

    private final long startedAt;
    private final long endedAt;

    private GateEntry(
            String id, String name, String cluster, String verdict, String reason, long startedAt, long endedAt) {
        this.id = id;
        this.name = name;
        this.cluster = cluster;
        this.verdict = verdict;
        this.reason = reason;
        this.startedAt = startedAt;
        this.endedAt = endedAt;
    }

    static GateEntry begun(String id, String name, String cluster, Instant now) {
        return new GateEntry(id, name, cluster, null, null, now.toEpochMilli(), 0);
    }

    GateEntry ended(Verdict end, Instant now) {
        return new GateEntry(id, name, cluster, end.kind().name(), end.reason(), startedAt, now.toEpochMilli());
    }

    /** The gate's id. */
    @Exported
    public String getId() {
        return id;
    }

    /** What people call the experiment. */
    @Exported
    public String getName() {
        return name;
    }

    /** The name of the target that the administrator defined. */
    @Exported
    public String getCluster() {
        return cluster;
    }

    /** The name of a {@link Verdict.Kind}; null while there is none. */
    @Exported
    public String getVerdict() {
        return verdict;
    }

    /** Why, in words and numbers; null while there is no verdict. */
    @Exported
    public String getReason() {
        return reason;
    }

    /** When it began, in milliseconds since 1970. */
    @Exported
    public long getStartedAt() {
        return startedAt;
    }

    /** When it ended, in milliseconds since 1970; 0 while it did not. */
    @Exported
    public long getEndedAt() {
        return endedAt;
    }
}
