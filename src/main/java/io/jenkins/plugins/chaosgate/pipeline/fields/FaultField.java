package io.jenkins.plugins.chaosgate.pipeline.fields;

import hudson.model.Describable;
import java.io.Serializable;
import java.util.Map;
import org.kohsuke.stapler.DataBoundSetter;

/** A fault as a pipeline or a form has it: the fields that every kind has. */
public abstract class FaultField implements Describable<FaultField>, Serializable {

    private static final long serialVersionUID = 1L;

    private final Written written = new Written();

    /** The word for its kind in the experiment language. */
    abstract String kind();

    final Written written() {
        return written;
    }

    /** As an item of {@code faults} in an experiment file; a new map. */
    public final Map<String, Object> asItem() {
        return Map.of(kind(), written.asMap());
    }

    /** The service whose calls are hurt. */
    public Object getTo() {
        return written.get("to");
    }

    @DataBoundSetter
    public void setTo(Object to) {
        written.set("to", to);
    }

    /** How many of the requests are hurt, in percent. */
    public Object getPercentage() {
        return written.get("percentage");
    }

    @DataBoundSetter
    public void setPercentage(Object percentage) {
        written.set("percentage", percentage);
    }

    /** The labels of the calling workload. */
    public Object getFrom() {
        return written.get("from");
    }

    @DataBoundSetter
    public void setFrom(Object from) {
        written.set("from", from, Pairs.SELECTOR);
    }

    /** The port of the service. */
    public Object getPort() {
        return written.get("port");
    }

    @DataBoundSetter
    public void setPort(Object port) {
        written.set("port", port);
    }

    /** The headers that a request must carry to be hurt. */
    public Object getHeaders() {
        return written.get("headers");
    }

    @DataBoundSetter
    public void setHeaders(Object headers) {
        written.set("headers", headers, Pairs.LINES);
    }

    /** How many requests may be hurt at the same time. */
    public Object getMaxActive() {
        return written.get("maxActive");
    }

    @DataBoundSetter
    public void setMaxActive(Object maxActive) {
        written.set("maxActive", maxActive);
    }
}
