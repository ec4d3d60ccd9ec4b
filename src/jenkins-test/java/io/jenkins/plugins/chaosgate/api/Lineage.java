package io.jenkins.plugins.chaosgate.api;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A type and all that it inherits from, with type arguments, in words that two loaders share: a type variable is told by
 * its place, not by its name.
 */
final class Lineage {

    private final Map<Class<?>, String> types = new LinkedHashMap<>();
    private final Map<TypeVariable<?>, String> arguments = new HashMap<>();

    Lineage(Class<?> type) {
        add(type);
        if (type.isInterface()) {
            types.putIfAbsent(Object.class, Object.class.getName());
        }
    }

    /** The type itself, what it extends and implements, and so on upwards; classes before interfaces. */
    Map<Class<?>, String> types() {
        return types;
    }

    /** In words; inherited type variables are replaced by what they stand for here. */
    String words(Type type) {
        if (type instanceof Class<?> plain) {
            return plain.getTypeName();
        }
        if (type instanceof ParameterizedType generic) {
            return words(generic.getRawType()) + "<" + words(generic.getActualTypeArguments(), ", ") + ">";
        }
        if (type instanceof GenericArrayType array) {
            return words(array.getGenericComponentType()) + "[]";
        }
        if (type instanceof WildcardType wildcard) {
            return wildcard.getLowerBounds().length > 0
                    ? "? super " + words(wildcard.getLowerBounds(), " & ")
                    : "? extends " + words(wildcard.getUpperBounds(), " & ");
        }
        TypeVariable<?> variable = (TypeVariable<?>) type;
        return arguments.getOrDefault(variable, place(variable));
    }

    String words(Type[] types, String between) {
        return Arrays.stream(types).map(this::words).collect(Collectors.joining(between));
    }

    /** The bounds of type parameters, empty when there are none. */
    String bounds(TypeVariable<?>[] parameters) {
        return Arrays.stream(parameters)
                .map(parameter -> "<" + words(parameter.getBounds(), " & ") + ">")
                .collect(Collectors.joining());
    }

    private void add(Type type) {
        Class<?> raw = type instanceof ParameterizedType generic ? (Class<?>) generic.getRawType() : (Class<?>) type;
        if (types.putIfAbsent(raw, words(type)) != null) {
            return;
        }
        if (type instanceof ParameterizedType generic) {
            TypeVariable<?>[] parameters = raw.getTypeParameters();
            for (int i = 0; i < parameters.length; i++) {
                arguments.put(parameters[i], words(generic.getActualTypeArguments()[i]));
            }
        }
        if (raw.getGenericSuperclass() != null) {
            add(raw.getGenericSuperclass());
        }
        Arrays.stream(raw.getGenericInterfaces()).forEach(this::add);
    }

    private static String place(TypeVariable<?> variable) {
        int index = Arrays.asList(variable.getGenericDeclaration().getTypeParameters())
                .indexOf(variable);
        return variable.getGenericDeclaration() instanceof Class<?> type ? type.getName() + "#" + index : "#" + index;
    }
}
