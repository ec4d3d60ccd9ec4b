package io.jenkins.plugins.chaosgate.gate.memory;

import io.jenkins.plugins.chaosgate.experiment.Experiment;
import io.jenkins.plugins.chaosgate.experiment.Threshold;
import io.jenkins.plugins.chaosgate.gate.port.GateEvent;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Events of every kind with random contents, made from the records themselves: a new kind or field is there at once. */
final class RandomEvents {

    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "plain",
            "\"quoted\" \\ {json: [1]}",
            "line\nbreak\r\n\ttab",
            "\u0000\u001b[31m",
            "äöü ✓ 𝄞 \u2028\u2029",
            "null");

    private final Random random;
    private final Experiment experiment;

    RandomEvents(Random random, Experiment experiment) {
        this.random = random;
        this.experiment = experiment;
    }

    static List<Class<?>> kinds() {
        return Arrays.asList(GateEvent.class.getPermittedSubclasses());
    }

    GateEvent ofKind(Class<?> kind) {
        return (GateEvent) value(kind);
    }

    List<GateEvent> some(int count) {
        List<Class<?>> kinds = kinds();
        return IntStream.range(0, count)
                .mapToObj(i -> ofKind(kinds.get(random.nextInt(kinds.size()))))
                .toList();
    }

    private Object value(Type type) {
        if (type instanceof ParameterizedType generic) {
            return container(generic);
        }
        Class<?> plain = (Class<?>) type;
        if (plain == Threshold.class) {
            List<Threshold> thresholds = experiment.steadyState();
            return thresholds.get(random.nextInt(thresholds.size()));
        }
        if (plain.isRecord()) {
            return record(plain);
        }
        if (plain.isEnum()) {
            return plain.getEnumConstants()[random.nextInt(plain.getEnumConstants().length)];
        }
        if (plain == long.class) {
            return (long) random.nextInt(1000);
        }
        if (plain == int.class) {
            return random.nextInt(1000);
        }
        Map<Class<?>, Supplier<Object>> scalars = Map.of(
                String.class, this::text,
                Instant.class, () -> Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000)),
                Duration.class, () -> Duration.ofSeconds(random.nextInt(), random.nextInt(1_000_000_000)),
                boolean.class, random::nextBoolean,
                double.class, this::number,
                Long.class, random::nextLong,
                Integer.class, random::nextInt,
                OptionalLong.class,
                        () -> random.nextBoolean() ? OptionalLong.of(random.nextLong()) : OptionalLong.empty(),
                OptionalDouble.class,
                        () -> random.nextBoolean() ? OptionalDouble.of(number()) : OptionalDouble.empty());
        if (!scalars.containsKey(plain)) {
            throw new AssertionError("no random value is known for " + plain);
        }
        return scalars.get(plain).get();
    }

    private String text() {
        return TEXTS.get(random.nextInt(TEXTS.size())) + (random.nextBoolean() ? "" : random.nextInt());
    }

    private double number() {
        return random.nextInt(4) == 0 ? random.nextInt(100) : Double.MAX_VALUE * random.nextGaussian() * 1e-200;
    }

    private Object container(ParameterizedType type) {
        Type[] of = type.getActualTypeArguments();
        int size = random.nextInt(4);
        Class<?> raw = (Class<?>) type.getRawType();
        if (raw == Optional.class) {
            return size == 0 ? Optional.empty() : Optional.of(value(of[0]));
        }
        List<Object> values = new ArrayList<>();
        IntStream.range(0, size).forEach(i -> values.add(value(of[0])));
        if (raw == List.class) {
            return values;
        }
        if (raw == Set.class) {
            return new LinkedHashSet<>(values);
        }
        Map<Object, Object> map = new LinkedHashMap<>();
        values.forEach(key -> map.put(key, value(of[1])));
        return map;
    }

    /** A record may refuse what it is given: then with other values. */
    private Object record(Class<?> type) {
        RecordComponent[] parts = type.getRecordComponents();
        for (int i = 0; i < 100; i++) {
            Object[] values = Arrays.stream(parts)
                    .map(part -> value(part.getGenericType()))
                    .toArray();
            try {
                var constructor = type.getDeclaredConstructor(
                        Arrays.stream(parts).map(RecordComponent::getType).toArray(Class<?>[]::new));
                return constructor.newInstance(values);
            } catch (InvocationTargetException refused) {
                continue;
            } catch (ReflectiveOperationException e) {
                throw new AssertionError(e);
            }
        }
        throw new AssertionError("no values were found that a " + type + " takes");
    }
}
