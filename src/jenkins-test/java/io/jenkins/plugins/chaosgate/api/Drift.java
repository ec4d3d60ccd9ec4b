package io.jenkins.plugins.chaosgate.api;

import java.lang.annotation.Annotation;
import java.lang.annotation.Inherited;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;

/** What of a signature is not as in the real class. */
final class Drift {

    private static final int MODIFIERS =
            Modifier.PUBLIC | Modifier.PROTECTED | Modifier.ABSTRACT | Modifier.FINAL | Modifier.STATIC;
    private static final Set<Class<? extends Annotation>> OF_ANNOTATIONS =
            Set.of(Target.class, Retention.class, Inherited.class, Repeatable.class);

    private final Class<?> signature;
    private final Class<?> real;
    private final Lineage said;
    private final Lineage there;
    private final List<String> differences = new ArrayList<>();

    private Drift(Class<?> signature, Class<?> real) {
        this.signature = signature;
        this.real = real;
        this.said = new Lineage(signature);
        this.there = new Lineage(real);
    }

    /** Each difference with its place; empty when there is none. */
    static List<String> of(Class<?> signature) {
        if (signature.isAnonymousClass() || Modifier.isPrivate(signature.getModifiers())) {
            return List.of();
        }
        Class<?> real;
        try {
            real = Class.forName(signature.getName(), false, Drift.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            return List.of(signature.getName() + ": is not in the real Jenkins");
        }
        Drift drift = new Drift(signature, real);
        drift.compareType();
        drift.compareMembers();
        return drift.differences;
    }

    private void compareType() {
        String place = signature.getName();
        compare(place, "kind", kind(signature), kind(real));
        compare(place, "modifiers", modifiers(signature), modifiers(real));
        compare(
                place,
                "type parameters",
                said.bounds(signature.getTypeParameters()),
                there.bounds(real.getTypeParameters()));
        Set<String> parents = new TreeSet<>(said.types().values());
        parents.removeAll(there.types().values());
        parents.forEach(parent -> differences.add(place + ": is no " + parent));
        compareAnnotations(place, signature, real);
    }

    private void compareMembers() {
        for (Field field : signature.getDeclaredFields()) {
            if (isVisible(field)) {
                compareField(field);
            }
        }
        for (Constructor<?> constructor : signature.getDeclaredConstructors()) {
            // One that nobody wrote says nothing: it is where signatures of subclasses begin.
            boolean unwritten = Modifier.isAbstract(signature.getModifiers()) && constructor.getParameterCount() == 0;
            if (isVisible(constructor) && !unwritten) {
                compareExecutable(constructor, constructorLike(constructor));
            }
        }
        for (Method method : signature.getDeclaredMethods()) {
            if (isVisible(method)) {
                compareExecutable(method, methodLike(method));
            }
        }
    }

    private void compareField(Field field) {
        String place = signature.getName() + "." + field.getName();
        Optional<Field> found =
                inherited(Class::getDeclaredFields, other -> other.getName().equals(field.getName()));
        if (found.isEmpty()) {
            differences.add(place + ": no such field");
            return;
        }
        Field other = found.get();
        compare(place, "modifiers", modifiers(field), modifiers(other));
        compare(place, "type", said.words(field.getGenericType()), there.words(other.getGenericType()));
        if (Modifier.isStatic(field.getModifiers()) && isConstant(field)) {
            compare(place, "value", value(field), value(other));
        }
        compareAnnotations(place, field, other);
    }

    private void compareExecutable(Executable executable, Optional<? extends Executable> found) {
        String place = signature.getName() + "." + name(executable) + "("
                + said.words(executable.getParameterTypes(), ", ") + ")";
        if (found.isEmpty()) {
            differences.add(place + ": no such " + (executable instanceof Method ? "method" : "constructor"));
            return;
        }
        Executable other = found.get();
        compare(place, "modifiers", modifiers(executable), modifiers(other));
        compare(
                place,
                "type parameters",
                said.bounds(executable.getTypeParameters()),
                there.bounds(other.getTypeParameters()));
        compare(
                place,
                "parameters",
                said.words(executable.getGenericParameterTypes(), ", "),
                there.words(other.getGenericParameterTypes(), ", "));
        compare(place, "exceptions", checked(executable, said), checked(other, there));
        if (executable instanceof Method method && other instanceof Method real) {
            compare(
                    place,
                    "result",
                    said.words(method.getGenericReturnType()),
                    there.words(real.getGenericReturnType()));
            compare(place, "default", words(method.getDefaultValue()), words(real.getDefaultValue()));
        }
        compareAnnotations(place, executable, other);
    }

    /** All annotations of the signature must be there; those that rule an annotation's use, the other way round too. */
    private void compareAnnotations(String place, AnnotatedElement element, AnnotatedElement other) {
        Set<String> missing = annotations(element, annotation -> true);
        missing.removeAll(annotations(other, annotation -> true));
        missing.forEach(annotation -> differences.add(place + ": is not annotated " + annotation));
        Set<String> unsaid = annotations(other, annotation -> OF_ANNOTATIONS.contains(annotation.annotationType()));
        unsaid.removeAll(annotations(element, annotation -> true));
        unsaid.forEach(annotation -> differences.add(place + ": is annotated " + annotation));
    }

    private void compare(String place, String what, Object said, Object there) {
        if (!said.equals(there)) {
            differences.add(place + ": " + what + " here " + said + ", in the real Jenkins " + there);
        }
    }

    private Optional<Constructor<?>> constructorLike(Constructor<?> constructor) {
        return Arrays.stream(real.getDeclaredConstructors())
                .filter(other -> sameErasure(constructor, other))
                .findFirst();
    }

    private Optional<Method> methodLike(Method method) {
        return inherited(
                Class::getDeclaredMethods,
                other -> other.getName().equals(method.getName())
                        && !other.isBridge()
                        && sameErasure(method, other)
                        && method.getReturnType()
                                .getName()
                                .equals(other.getReturnType().getName()));
    }

    private <M extends Member> Optional<M> inherited(Function<Class<?>, M[]> members, Predicate<M> like) {
        return there.types().keySet().stream()
                .flatMap(type -> Arrays.stream(members.apply(type)))
                .filter(like)
                .findFirst();
    }

    private static boolean sameErasure(Executable one, Executable other) {
        return names(one.getParameterTypes()).equals(names(other.getParameterTypes()));
    }

    private static List<String> names(Class<?>[] types) {
        return Arrays.stream(types).map(Class::getName).toList();
    }

    private static boolean isVisible(Member member) {
        return !member.isSynthetic() && (member.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED)) != 0;
    }

    private static String modifiers(Class<?> type) {
        return Modifier.toString(type.getModifiers() & MODIFIERS);
    }

    private static String modifiers(Member member) {
        boolean varargs = member instanceof Executable executable && executable.isVarArgs();
        return Modifier.toString(member.getModifiers() & MODIFIERS) + (varargs ? " ..." : "");
    }

    private static String kind(Class<?> type) {
        if (type.isAnnotation()) {
            return "annotation";
        }
        return type.isInterface() ? "interface" : type.isEnum() ? "enum" : type.isRecord() ? "record" : "class";
    }

    private static String name(Executable executable) {
        return executable instanceof Method ? executable.getName() : "<init>";
    }

    private static Set<String> checked(Executable executable, Lineage lineage) {
        Set<String> checked = new TreeSet<>();
        for (Class<?> type : executable.getExceptionTypes()) {
            if (!RuntimeException.class.isAssignableFrom(type) && !Error.class.isAssignableFrom(type)) {
                checked.add(lineage.words(type));
            }
        }
        return checked;
    }

    private static Set<String> annotations(AnnotatedElement element, Predicate<Annotation> which) {
        Set<String> annotations = new TreeSet<>();
        Arrays.stream(element.getDeclaredAnnotations())
                .filter(which)
                .forEach(annotation -> annotations.add(annotation.toString()));
        return annotations;
    }

    /** Whether the compiler may copy the value to where it is used. */
    private static boolean isConstant(Field field) {
        boolean simple = field.getType().isPrimitive() || field.getType() == String.class;
        return simple && Modifier.isFinal(field.getModifiers()) && !value(field).equals("null");
    }

    private static String value(Field field) {
        try {
            field.setAccessible(true);
            return words(field.get(null));
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(field + " cannot be read", e);
        }
    }

    private static String words(Object value) {
        return value instanceof Object[] array ? Arrays.deepToString(array) : String.valueOf(value);
    }
}
