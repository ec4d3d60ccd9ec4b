package io.jenkins.plugins.chaosgate.pipeline.fields;

import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import java.util.Map;
import java.util.Set;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.structs.describable.CustomDescribableModel;
import org.kohsuke.stapler.StaplerRequest2;

/**
 * What Jenkins must know about a kind of fault or threshold.
 *
 * @param <T> what all kinds have in common
 */
public abstract class FieldDescriptor<T extends Describable<T>> extends Descriptor<T>
        implements CustomDescribableModel {

    private final String kind;

    FieldDescriptor(String kind) {
        this.kind = kind;
    }

    @Override
    public final T newInstance(StaplerRequest2 request, JSONObject form) throws FormException {
        Forms.keepWhatWasWritten(form, Set.of());
        return super.newInstance(request, form);
    }

    @Override
    public final Map<String, Object> customInstantiate(Map<String, Object> arguments) {
        UnknownParameters.refuse(kind, clazz, arguments);
        return arguments;
    }

    /** How a form shows labels; null for none. */
    public final Object labels(Object written) {
        return Pairs.SELECTOR.write(written);
    }

    /** How a form shows names with values, one on each line; null for none. */
    public final Object lines(Object written) {
        return Pairs.LINES.write(written);
    }

    /** What the form says about a field. */
    final FormValidation check(Item item, String field, String value, Pairs... form) {
        return Forms.check(item, kind, field, value, form);
    }
}
