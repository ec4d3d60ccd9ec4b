package io.jenkins.plugins.chaosgate.experiment.language;

import static io.jenkins.plugins.chaosgate.experiment.language.ThresholdFields.ALLOWED_BREACHES;
import static io.jenkins.plugins.chaosgate.experiment.language.ThresholdFields.DECIDE;
import static io.jenkins.plugins.chaosgate.experiment.language.ThresholdFields.LASTING;
import static io.jenkins.plugins.chaosgate.experiment.language.ThresholdFields.NAME;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.chaosgate.experiment.Judging;
import io.jenkins.plugins.chaosgate.experiment.PromQl;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** A query of the user's own. */
final class PromQlType extends ObjectType<PromQl> {

    private static final Field<PromQl, String> QUERY = Field.required(
            "query",
            TextType.query(),
            "An instant query that gives exactly one number: a scalar, or a vector of one element.",
            PromQl::query);
    private static final Limits LIMITS = Limits.in(NumberType.any());

    PromQlType() {
        super(
                "promql",
                "The value of a Prometheus query of one's own.",
                PromQl.class,
                List.of(NAME, QUERY, LIMITS.max(), LIMITS.min(), DECIDE, ALLOWED_BREACHES, LASTING));
    }

    @Override
    void check(Values values) {
        LIMITS.check(values);
    }

    @Override
    void refine(ObjectNode schema) {
        LIMITS.require(schema);
    }

    @Override
    PromQl make(Values values) {
        return new PromQl(
                values.get(NAME),
                values.get(QUERY),
                new Judging(
                        LIMITS.of(values),
                        OptionalDouble.empty(),
                        values.get(ALLOWED_BREACHES),
                        values.find(LASTING),
                        values.find(DECIDE),
                        OptionalDouble.empty(),
                        OptionalLong.empty()));
    }
}
