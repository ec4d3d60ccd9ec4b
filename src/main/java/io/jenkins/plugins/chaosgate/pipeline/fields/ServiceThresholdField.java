package io.jenkins.plugins.chaosgate.pipeline.fields;

import org.kohsuke.stapler.DataBoundSetter;

/** A threshold on the requests that a service answers. */
public abstract class ServiceThresholdField extends LimitedThresholdField {

    private static final long serialVersionUID = 1L;

    /** The service that is judged. */
    public Object getOf() {
        return written().get("of");
    }

    @DataBoundSetter
    public void setOf(Object of) {
        written().set("of", of);
    }

    /** Which of the service's pods count. */
    public Object getArm() {
        return written().get("arm");
    }

    @DataBoundSetter
    public void setArm(Object arm) {
        written().set("arm", arm);
    }

    /** What the canary is compared with. */
    public Object getCompareTo() {
        return written().get("compareTo");
    }

    @DataBoundSetter
    public void setCompareTo(Object compareTo) {
        written().set("compareTo", compareTo);
    }

    /** How many times the stable version's value the canary's may be. */
    public Object getMaxRatio() {
        return written().get("maxRatio");
    }

    @DataBoundSetter
    public void setMaxRatio(Object maxRatio) {
        written().set("maxRatio", maxRatio);
    }

    /** How much bad requests come in bursts. */
    public Object getBurstiness() {
        return written().get("burstiness");
    }

    @DataBoundSetter
    public void setBurstiness(Object burstiness) {
        written().set("burstiness", burstiness);
    }

    /** On how few requests it may be decided as held. */
    public Object getMinRequests() {
        return written().get("minRequests");
    }

    @DataBoundSetter
    public void setMinRequests(Object minRequests) {
        written().set("minRequests", minRequests);
    }
}
