package io.jenkins.plugins.chaosgate.testbed;

import io.jenkins.plugins.chaosgate.testbed.full.FullBed;
import io.jenkins.plugins.chaosgate.testbed.quick.QuickBed;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests a running bed as a parameter: {@link FullBed}, {@link QuickBed}, or {@link Bed} where any will do and the full one is meant. A bed
 * is started when it is first asked for and taken down after the last test of the run, so tests share it: they leave behind
 * what they found. A test that uses a bed carries {@code @Tag("mesh")}.
 */
public final class BedExtension implements ParameterResolver {

    private static final Map<Class<?>, Class<? extends Bed>> MEANT =
            Map.of(Bed.class, FullBed.class, FullBed.class, FullBed.class, QuickBed.class, QuickBed.class);
    private static final Map<Class<? extends Bed>, Supplier<Bed>> STARTS =
            Map.of(FullBed.class, FullBed::start, QuickBed.class, QuickBed::start);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return MEANT.containsKey(parameter.getParameter().getType());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Class<? extends Bed> bed = MEANT.get(parameter.getParameter().getType());
        return context.getRoot()
                .getStore(Namespace.create(BedExtension.class))
                .computeIfAbsent(bed, kind -> STARTS.get(kind).get(), Bed.class);
    }
}
