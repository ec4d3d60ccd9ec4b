package io.jenkins.plugins.chaosgate.experiment;

import java.util.Objects;

/**
 * The value of a Prometheus query of the user's own, which must give exactly one number.
 *
 * @param query PromQL; an instant query that gives a scalar or a vector of one element
 */
public record PromQl(String title, String query, Judging judging) implements Threshold {

    public PromQl {
        Objects.requireNonNull(query, "query");
    }

    @Override
    public String kind() {
        return "promql";
    }

    @Override
    public Unit unit() {
        return Unit.NUMBER;
    }
}
