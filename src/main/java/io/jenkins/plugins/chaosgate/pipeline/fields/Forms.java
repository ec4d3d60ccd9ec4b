package io.jenkins.plugins.chaosgate.pipeline.fields;

import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.chaosgate.experiment.language.FieldCheck;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;

/** What the forms for experiments have in common, whatever they are forms of. */
public final class Forms {

    /** What the form itself says about the class to make. */
    private static final Set<String> CLASS = Set.of("$class", "stapler-class");

    private Forms() {}

    /**
     * Whether whoever looks at a form may also send it: only then does it say anything.
     *
     * @param item where the form is; null at the top of Jenkins
     */
    public static boolean mayUse(Item item) {
        return item == null
                ? Jenkins.get().hasPermission(Jenkins.ADMINISTER)
                : item.hasPermission(Item.CONFIGURE) || item.hasPermission(Item.EXTENDED_READ);
    }

    /**
     * What a form says about a field, in the words of the language.
     *
     * @param kind the kind of fault or threshold; empty for the experiment's own fields
     * @param value as the field of the form holds it; blank where it was left out
     */
    public static FormValidation check(Item item, String kind, String field, String value, Pairs... form) {
        if (!mayUse(item)) {
            return FormValidation.ok();
        }
        Object plain = value == null || value.isBlank() ? null : value;
        for (Pairs pairs : form) {
            plain = pairs.read(plain);
        }
        return FieldCheck.value(kind, field, plain).map(FormValidation::error).orElseGet(FormValidation::ok);
    }

    /** A choice among a few words, and none of them at first. */
    public static ListBoxModel choice(Collection<String> words) {
        ListBoxModel choice = new ListBoxModel();
        choice.add("");
        words.forEach(choice::add);
        return choice;
    }

    /**
     * Takes out of what a form sends whatever was not filled in, since only in a form does nothing mean left out, and
     * whatever is no single value, since a field would take any object.
     *
     * @param lists the fields that hold lists of objects
     */
    public static void keepWhatWasWritten(JSONObject form, Set<String> lists) {
        for (String name : List.copyOf(form.keySet())) {
            Object value = form.get(name);
            boolean isWritten = value instanceof String text && !text.isBlank() || Boolean.TRUE.equals(value);
            if (!isWritten && !lists.contains(name) && !CLASS.contains(name)) {
                form.remove(name);
            }
        }
    }
}
