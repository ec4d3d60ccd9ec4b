package io.jenkins.plugins.chaosgate.pipeline.target;

import com.cloudbees.hudson.plugins.folder.AbstractFolder;
import com.cloudbees.hudson.plugins.folder.AbstractFolderProperty;
import com.cloudbees.hudson.plugins.folder.AbstractFolderPropertyDescriptor;
import hudson.Extension;
import hudson.model.Item;
import hudson.util.FormValidation;
import java.util.List;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/**
 * The only targets that the jobs of a folder may use. Folders within it can take more away, and give nothing back. Whoever
 * may configure the folder can change it.
 */
public final class TargetsProperty extends AbstractFolderProperty<AbstractFolder<?>> {

    private final List<String> targets;

    /**
     * @param targets their names; one entry may hold several, with commas or blanks between them
     */
    @DataBoundConstructor
    public TargetsProperty(List<String> targets) {
        this.targets = WordList.of(targets);
    }

    /** None of them: the jobs of the folder may use no target at all. */
    public List<String> getTargets() {
        return List.copyOf(targets);
    }

    /** Its form. */
    @Extension(optional = true)
    @Symbol("chaosGateTargets")
    public static final class DescriptorImpl extends AbstractFolderPropertyDescriptor {

        @Override
        public String getDisplayName() {
            return "Targets of chaos experiments";
        }

        /** Nothing where the folder restricts nothing. */
        @Override
        public AbstractFolderProperty<?> newInstance(StaplerRequest2 request, JSONObject form) throws FormException {
            return form.optBoolean("restricted") ? super.newInstance(request, form) : null;
        }

        /** A list as one line of the form. */
        public String joined(List<String> words) {
            return WordList.joined(words);
        }

        @POST
        public FormValidation doCheckTargets(@AncestorInPath Item item, @QueryParameter String value) {
            boolean mayLook =
                    item == null ? Jenkins.get().hasPermission(Jenkins.ADMINISTER) : item.hasPermission(Item.CONFIGURE);
            if (!mayLook) {
                return FormValidation.ok();
            }
            if (value.isBlank()) {
                return FormValidation.warning("without a target, the jobs of this folder can run no experiment");
            }
            return WordList.of(List.of(value)).stream()
                    .flatMap(name -> Targets.unknown(name).stream())
                    .findFirst()
                    .map(FormValidation::warning)
                    .orElse(FormValidation.ok());
        }
    }
}
