package io.jenkins.plugins.chaosgate.experiment.language;

import io.jenkins.plugins.chaosgate.experiment.Fault;
import io.jenkins.plugins.chaosgate.experiment.Percentage;
import io.jenkins.plugins.chaosgate.experiment.Scope;
import io.jenkins.plugins.chaosgate.experiment.ServiceName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/**
 * One kind of fault: a scope, and one field that says how it hurts.
 *
 * @param <T> the fault in the model
 * @param <V> the value of the kind's own field
 */
final class FaultType<T extends Fault, V> extends ObjectType<T> {

    private static final Field<Fault, ServiceName> TO =
            Field.required("to", new ServiceType(), "The service whose calls are hurt.", fault -> fault.scope()
                    .to());
    private static final Field<Fault, Map<String, String>> FROM = Field.optional(
            "from",
            MapType.LABELS,
            "The labels of the calling workload, in the target's namespace; without it, the canary, or every caller"
                    + " where the service called is the canary's own.",
            fault -> Optional.of(fault.scope().from()).filter(Predicate.not(Map::isEmpty)));
    private static final Field<Fault, Integer> PORT = Field.optional(
            "port",
            new WholeNumberType("port", "a port", 1, 65_535),
            "The port of the service; without it, its only HTTP port, or all of them.",
            fault -> boxed(fault.scope().port()));
    private static final Field<Fault, Map<String, String>> HEADERS = Field.optional(
            "headers",
            MapType.HEADERS,
            "Only requests that carry all of these headers with exactly these values are hurt; names in any case.",
            fault -> Optional.of(fault.scope().headers()).filter(Predicate.not(Map::isEmpty)));
    private static final Field<Fault, Percentage> PERCENTAGE = Field.preset(
            "percentage",
            new PercentageType(),
            Percentage.ALL,
            "How many of these requests are hurt, in percent.",
            fault -> fault.scope().percentage());
    private static final Field<Fault, Integer> MAX_ACTIVE = Field.optional(
            "maxActive",
            new WholeNumberType("maxActive", "a number of requests", 1, 1_000_000),
            "How many requests may be hurt at the same time, for each proxy; Envoy caps delays, not aborts.",
            fault -> boxed(fault.scope().maxActive()));

    private final Field<T, V> own;
    private final BiFunction<Scope, V, T> maker;

    FaultType(String name, String doc, Class<T> model, Field<T, V> own, BiFunction<Scope, V, T> maker) {
        super(name, doc, model, List.of(TO, own, PERCENTAGE, FROM, PORT, HEADERS, MAX_ACTIVE));
        this.own = own;
        this.maker = maker;
    }

    @Override
    T make(Values values) {
        Scope scope = new Scope(
                values.find(FROM).orElse(Map.of()),
                values.get(TO),
                unboxed(values.find(PORT)),
                values.find(HEADERS).orElse(Map.of()),
                values.get(PERCENTAGE),
                unboxed(values.find(MAX_ACTIVE)));
        return maker.apply(scope, values.get(own));
    }

    private static Optional<Integer> boxed(OptionalInt number) {
        return number.isPresent() ? Optional.of(number.getAsInt()) : Optional.empty();
    }

    private static OptionalInt unboxed(Optional<Integer> number) {
        return number.isPresent() ? OptionalInt.of(number.get()) : OptionalInt.empty();
    }
}
