package io.jenkins.plugins.chaosgate.pipeline.target;

import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.common.StandardCertificateCredentials;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import com.cloudbees.plugins.credentials.domains.URIRequirementBuilder;
import hudson.Extension;
import hudson.model.Descriptor;
import hudson.security.ACL;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.chaosgate.telemetry.dialect.Dialects;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.plaincredentials.FileCredentials;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** The form of a target: what may be chosen, what is wrong, and whether it answers. All of it for administrators only. */
@Extension
@Symbol("clusterTarget")
public final class ClusterTargetDescriptor extends Descriptor<ClusterTarget> {

    public ClusterTargetDescriptor() {
        super(ClusterTarget.class);
    }

    @Override
    public String getDisplayName() {
        return "Cluster";
    }

    /** A list as one line of the form; null where there is no target yet. */
    public String joined(List<String> words) {
        return WordList.joined(words);
    }

    /** A list as lines of the form; null where there is no target yet. */
    public String lines(List<String> entries) {
        return LineList.joined(entries);
    }

    @POST
    public ListBoxModel doFillMetricsItems() {
        ListBoxModel items = new ListBoxModel();
        if (mayLook()) {
            Dialects.names().stream().sorted((a, b) -> b.compareTo(a)).forEach(items::add);
        }
        return items;
    }

    @POST
    public ListBoxModel doFillKubernetesCredentialsIdItems(
            @QueryParameter String kubernetesUrl, @QueryParameter String kubernetesCredentialsId) {
        return credentials(
                kubernetesUrl,
                kubernetesCredentialsId,
                FileCredentials.class,
                StringCredentials.class,
                StandardCertificateCredentials.class);
    }

    @POST
    public ListBoxModel doFillPrometheusCredentialsIdItems(
            @QueryParameter String prometheusUrl, @QueryParameter String prometheusCredentialsId) {
        return credentials(
                prometheusUrl,
                prometheusCredentialsId,
                StringCredentials.class,
                StandardUsernamePasswordCredentials.class);
    }

    @SafeVarargs
    private static ListBoxModel credentials(String url, String current, Class<? extends StandardCredentials>... kinds) {
        StandardListBoxModel items = new StandardListBoxModel();
        if (!mayLook()) {
            return items.includeCurrentValue(current);
        }
        items.includeEmptyValue();
        for (Class<? extends StandardCredentials> kind : kinds) {
            items.includeMatchingAs(
                    ACL.SYSTEM2,
                    Jenkins.get(),
                    kind,
                    URIRequirementBuilder.fromUri(url).build(),
                    CredentialsMatchers.always());
        }
        return items.includeCurrentValue(current);
    }

    @POST
    public FormValidation doCheckName(@QueryParameter String value) {
        return check(value, TargetChecks::name);
    }

    @POST
    public FormValidation doCheckKubernetesUrl(@QueryParameter String value) {
        return checkIfSet(value, TargetChecks::kubernetesUrl);
    }

    @POST
    public FormValidation doCheckKubernetesCa(@QueryParameter String value) {
        return checkIfSet(value, TargetChecks::certificates);
    }

    @POST
    public FormValidation doCheckPrometheusUrl(@QueryParameter String value) {
        return value.isBlank() && mayLook()
                ? FormValidation.error("expected the address of Prometheus: without numbers there is no verdict")
                : checkIfSet(value, TargetChecks::prometheusUrl);
    }

    @POST
    public FormValidation doCheckPrometheusCa(@QueryParameter String value) {
        return checkIfSet(value, TargetChecks::certificates);
    }

    @POST
    public FormValidation doCheckPrometheusHeaders(@QueryParameter String value) {
        return checkIfSet(value, TargetChecks::prometheusHeaders);
    }

    @POST
    public FormValidation doCheckMatchers(@QueryParameter String value) {
        return checkIfSet(value, TargetChecks::matchers);
    }

    @POST
    public FormValidation doCheckNamespaces(@QueryParameter String value) {
        return value.isBlank() && mayLook()
                ? FormValidation.warning("without a namespace, no experiment is allowed here")
                : checkIfSet(value, TargetChecks::namespaces);
    }

    @POST
    public FormValidation doCheckWebhookHosts(@QueryParameter String value) {
        return checkIfSet(value, TargetChecks::webhookHosts);
    }

    @POST
    public FormValidation doCheckMaxLeaseSeconds(@QueryParameter String value) {
        return check(value, TargetChecks::maxLeaseSeconds);
    }

    @POST
    public FormValidation doCheckObjectLabels(@QueryParameter String value) {
        return checkIfSet(value, TargetChecks::objectLabels);
    }

    @POST
    public FormValidation doCheckObjectAnnotations(@QueryParameter String value) {
        return checkIfSet(value, TargetChecks::objectAnnotations);
    }

    @POST
    public FormValidation doCheckMaxWebhooks(@QueryParameter String value) {
        return check(value, TargetChecks::maxWebhooks);
    }

    @POST
    public FormValidation doCheckMaxDurationSeconds(@QueryParameter String value) {
        return check(value, TargetChecks::maxDurationSeconds);
    }

    @POST
    public FormValidation doCheckMinIntervalSeconds(@QueryParameter String value) {
        return check(value, TargetChecks::minIntervalSeconds);
    }

    @POST
    public FormValidation doCheckSkipTlsVerify(@QueryParameter boolean value) {
        return value && mayLook()
                ? FormValidation.warning(
                        "whoever is between Jenkins and the cluster can read the credentials and change the answers;"
                                + " give a certificate instead")
                : FormValidation.ok();
    }

    @POST
    public FormValidation doCheckUnguardedAllowed(@QueryParameter boolean value) {
        return value && mayLook()
                ? FormValidation.warning(
                        "a fault without a guard stays in if Jenkins dies, until somebody takes it out")
                : FormValidation.ok();
    }

    @POST
    public FormValidation doCheckCanaryRollbackAllowed(@QueryParameter boolean value) {
        return value && mayLook()
                ? FormValidation.warning("gates may then change Deployments, routes and Rollouts of yours, where the"
                        + " account in the cluster may, and leave them changed")
                : FormValidation.ok();
    }

    /** Whether the cluster answers with what the form holds now. */
    @POST
    public FormValidation doTestKubernetes(
            @QueryParameter String kubernetesUrl,
            @QueryParameter String kubernetesCa,
            @QueryParameter String kubernetesCredentialsId,
            @QueryParameter String kubernetesContext,
            @QueryParameter boolean skipTlsVerify,
            @QueryParameter String namespaces) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        ClusterTarget target = new ClusterTarget("test");
        target.setKubernetesUrl(kubernetesUrl);
        target.setKubernetesCa(kubernetesCa);
        target.setKubernetesCredentialsId(kubernetesCredentialsId);
        target.setKubernetesContext(kubernetesContext);
        target.setSkipTlsVerify(skipTlsVerify);
        target.setNamespaces(List.of(namespaces));
        return ConnectionTest.kubernetes(target);
    }

    /** Whether Prometheus answers with what the form holds now. */
    @POST
    public FormValidation doTestPrometheus(
            @QueryParameter String prometheusUrl,
            @QueryParameter String prometheusCa,
            @QueryParameter String prometheusCredentialsId,
            @QueryParameter String prometheusHeaders,
            @QueryParameter boolean skipTlsVerify) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        ClusterTarget target = new ClusterTarget("test");
        target.setPrometheusUrl(prometheusUrl);
        target.setPrometheusCa(prometheusCa);
        target.setPrometheusCredentialsId(prometheusCredentialsId);
        target.setPrometheusHeaders(prometheusHeaders == null ? List.of() : List.of(prometheusHeaders));
        target.setSkipTlsVerify(skipTlsVerify);
        return ConnectionTest.prometheus(target);
    }

    private static FormValidation checkIfSet(String value, Function<String, Optional<String>> rule) {
        return value.isBlank() ? FormValidation.ok() : check(value.strip(), rule);
    }

    private static FormValidation check(String value, Function<String, Optional<String>> rule) {
        return mayLook()
                ? rule.apply(value).map(FormValidation::error).orElse(FormValidation.ok())
                : FormValidation.ok();
    }

    private static boolean mayLook() {
        return Jenkins.get().hasPermission(Jenkins.ADMINISTER);
    }
}
