package io.jenkins.plugins.chaosgate.pipeline.fields;

import io.jenkins.plugins.chaosgate.experiment.language.FieldCheck;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.DescribableParameter;
import org.jenkinsci.plugins.structs.describable.UninstantiatedDescribable;

/** Refuses parameters that nothing has. Pipeline itself would only print a warning, and go on without them. */
public final class UnknownParameters {

    private UnknownParameters() {}

    /**
     * Does nothing if all names are known.
     *
     * @param word how the class is called in a script
     * @throws IllegalArgumentException with a line for each name that is not
     */
    public static void refuse(String word, Class<?> describable, Map<String, ?> arguments) {
        List<String> known = DescribableModel.of(describable).getParameters().stream()
                .map(DescribableParameter::getName)
                .toList();
        List<String> unknown = arguments.keySet().stream()
                .filter(name -> !name.equals(UninstantiatedDescribable.ANONYMOUS_KEY)) // has a message of its own
                .map(name -> FieldCheck.name(name, known))
                .flatMap(Optional::stream)
                .map(problem -> word + ": " + problem)
                .toList();
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(String.join(System.lineSeparator(), unknown));
        }
    }
}
