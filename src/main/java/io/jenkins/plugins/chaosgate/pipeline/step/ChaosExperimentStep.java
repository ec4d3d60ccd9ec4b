package io.jenkins.plugins.chaosgate.pipeline.step;

import hudson.AbortException;
import hudson.Extension;
import io.jenkins.plugins.chaosgate.experiment.Experiment;
import io.jenkins.plugins.chaosgate.experiment.language.ExperimentReader;
import io.jenkins.plugins.chaosgate.experiment.language.InvalidExperimentException;
import io.jenkins.plugins.chaosgate.pipeline.fields.Pairs;
import io.jenkins.plugins.chaosgate.pipeline.fields.Written;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * The step {@code chaosExperiment}: an experiment, written out or in a file of the workspace, the target that an
 * administrator set up for it, and what the verdict does to the build.
 */
public class ChaosExperimentStep extends ExperimentStep {

    private static final long serialVersionUID = 1L;
    private static final String WORD = "chaosExperiment";

    private String cluster = "";
    private String file = "";
    private final Written more = new Written();
    private Outcome onViolation = Outcome.FAILURE;
    private Outcome onInconclusive = Outcome.UNSTABLE;

    @DataBoundConstructor
    public ChaosExperimentStep() {}

    /** How a pipeline calls it. */
    String word() {
        return WORD;
    }

    /** The name of a target; empty for the only one there is. */
    public String getCluster() {
        return cluster;
    }

    @DataBoundSetter
    public void setCluster(String cluster) {
        this.cluster = cluster == null ? "" : cluster;
    }

    /** The path of an experiment's file, from the workspace; empty where the experiment is written out. */
    public String getFile() {
        return file;
    }

    @DataBoundSetter
    public void setFile(String file) {
        this.file = file == null ? "" : file;
    }

    /** The values for {@code ${NAME}} in the file; null where there are none. */
    public Object getVariables() {
        return more.get("variables");
    }

    @DataBoundSetter
    public void setVariables(Object variables) {
        more.set("variables", variables, Pairs.LINES);
    }

    /** What a violated steady state does to the build; not null. */
    public Outcome getOnViolation() {
        return onViolation;
    }

    @DataBoundSetter
    public void setOnViolation(Outcome onViolation) {
        this.onViolation = onViolation == null ? Outcome.FAILURE : onViolation;
    }

    /** What it does to the build if nothing can be said; not null. */
    public Outcome getOnInconclusive() {
        return onInconclusive;
    }

    @DataBoundSetter
    public void setOnInconclusive(Outcome onInconclusive) {
        this.onInconclusive = onInconclusive == null ? Outcome.UNSTABLE : onInconclusive;
    }

    /**
     * The experiment that is written out.
     *
     * @throws InvalidExperimentException with everything that is wrong with it
     */
    final Experiment experiment() {
        Map<String, Object> fields = fields();
        boolean isNamed = fields.putIfAbsent("name", word()) != null;
        Experiment experiment = ExperimentReader.readFlat(word(), fields);
        return isNamed ? experiment : experiment.withName(ExperimentName.of(experiment));
    }

    /**
     * The experiment of a file.
     *
     * @param bytes what {@link #getFile()} holds
     * @throws InvalidExperimentException with everything that is wrong with it
     * @throws AbortException if the variables are none
     */
    final Experiment experiment(byte[] bytes) throws AbortException {
        return ExperimentReader.read(file, bytes, variables());
    }

    @Override
    public StepExecution start(StepContext context) throws AbortException {
        refuseMistakes();
        return new ChaosExperimentExecution(this, context);
    }

    /** What needs no workspace to be seen is said before anything begins. */
    private void refuseMistakes() throws AbortException {
        if (file.isEmpty() && getVariables() != null) {
            throw new AbortException(word() + ": variables: found variables without a file; expected file: beside them,"
                    + " since only a file has ${NAME} in it");
        }
        if (!file.isEmpty() && !fields().isEmpty()) {
            throw new AbortException(word() + ": file: found '" + file + "' and "
                    + String.join(", ", fields().keySet())
                    + "; expected either a file, which holds the whole experiment, or its fields");
        }
        try {
            if (file.isEmpty()) {
                experiment();
            } else {
                variables();
            }
        } catch (InvalidExperimentException e) {
            // An author's mistake needs words, not a stack trace.
            throw new AbortException(e.getMessage());
        }
    }

    private Map<String, String> variables() throws AbortException {
        Object written = getVariables();
        if (written == null) {
            return Map.of();
        }
        if (!(written instanceof Map<?, ?> map)) {
            throw new AbortException(
                    word() + ": variables: found '" + written + "'; expected a map, such as [CANARY: 'v2']");
        }
        Map<String, String> variables = new LinkedHashMap<>();
        for (Map.Entry<?, ?> variable : map.entrySet()) {
            variables.put(String.valueOf(variable.getKey()), text(variable));
        }
        return variables;
    }

    private String text(Map.Entry<?, ?> variable) throws AbortException {
        Object value = variable.getValue();
        if (value instanceof CharSequence || value instanceof Number || value instanceof Boolean) {
            return value.toString();
        }
        throw new AbortException(word() + ": variables: '" + variable.getKey() + "': found "
                + (value == null ? "nothing" : "a " + value.getClass().getName())
                + "; expected a text, a number, true or false");
    }

    /** The step without a block. */
    @Extension
    public static final class DescriptorImpl extends ChaosExperimentDescriptor {

        public DescriptorImpl() {
            super(WORD, false);
        }

        @Override
        public String getDisplayName() {
            return "Chaos experiment: hurt the canary, and watch whether it holds";
        }
    }
}
