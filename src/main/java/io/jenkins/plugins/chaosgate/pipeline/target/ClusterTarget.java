package io.jenkins.plugins.chaosgate.pipeline.target;

import hudson.model.Describable;
import io.jenkins.plugins.chaosgate.experiment.Guard;
import io.jenkins.plugins.chaosgate.telemetry.dialect.Dialects;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.Quote;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * A cluster, its mesh and its Prometheus, as an administrator defined them, and what experiments may do there. Pipelines
 * name it and say nothing else about it. Texts that are not set are null.
 */
public final class ClusterTarget implements Describable<ClusterTarget> {

    static final String DEFAULT_METRICS = "istio";
    static final int DEFAULT_MAX_LEASE_SECONDS = 300;

    private final String name;
    private String kubernetesUrl;
    private String kubernetesCa;
    private String kubernetesCredentialsId;
    private String kubernetesContext;
    private String prometheusUrl;
    private String prometheusCa;
    private String prometheusCredentialsId;
    private List<String> prometheusHeaders = new ArrayList<>();
    private String metrics = DEFAULT_METRICS;
    private List<String> matchers = new ArrayList<>();
    private boolean skipTlsVerify;
    private List<String> namespaces = new ArrayList<>();
    private int maxLeaseSeconds = DEFAULT_MAX_LEASE_SECONDS;
    private boolean unguardedAllowed;
    private boolean canaryRollbackAllowed;
    private boolean promqlAllowed = true;
    private List<String> webhookHosts = new ArrayList<>();
    private List<String> objectLabels = new ArrayList<>();
    private List<String> objectAnnotations = new ArrayList<>();
    private Integer maxWebhooks = WatchLimits.DEFAULT.maxWebhooks();
    private Integer maxDurationSeconds = (int) WatchLimits.DEFAULT.maxDuration().toSeconds();
    private Integer minIntervalSeconds = (int) WatchLimits.DEFAULT.minInterval().toSeconds();

    /**
     * @param name by which pipelines call it; unique
     */
    @DataBoundConstructor
    public ClusterTarget(String name) {
        this.name = Objects.requireNonNullElse(name, "").strip();
    }

    public String getName() {
        return name;
    }

    /** Where the Kubernetes API is; not needed beside a kubeconfig. */
    public String getKubernetesUrl() {
        return kubernetesUrl;
    }

    @DataBoundSetter
    public void setKubernetesUrl(String url) {
        this.kubernetesUrl = textOrNull(url);
    }

    /** The certificates, in PEM, that the Kubernetes API's own certificate has to come from. */
    public String getKubernetesCa() {
        return kubernetesCa;
    }

    @DataBoundSetter
    public void setKubernetesCa(String pem) {
        this.kubernetesCa = textOrNull(pem);
    }

    /** The id of a kubeconfig (secret file), a token (secret text) or a client certificate. */
    public String getKubernetesCredentialsId() {
        return kubernetesCredentialsId;
    }

    @DataBoundSetter
    public void setKubernetesCredentialsId(String id) {
        this.kubernetesCredentialsId = textOrNull(id);
    }

    /** Which context of a kubeconfig; null means its current one. */
    public String getKubernetesContext() {
        return kubernetesContext;
    }

    @DataBoundSetter
    public void setKubernetesContext(String context) {
        this.kubernetesContext = textOrNull(context);
    }

    /** Where Prometheus is. */
    public String getPrometheusUrl() {
        return prometheusUrl;
    }

    @DataBoundSetter
    public void setPrometheusUrl(String url) {
        this.prometheusUrl = textOrNull(url);
    }

    /** The certificates, in PEM, that Prometheus' own certificate has to come from; null means those that Java knows. */
    public String getPrometheusCa() {
        return prometheusCa;
    }

    @DataBoundSetter
    public void setPrometheusCa(String pem) {
        this.prometheusCa = textOrNull(pem);
    }

    /** The id of a token (secret text) or of a user name with its password; null where Prometheus asks for none. */
    public String getPrometheusCredentialsId() {
        return prometheusCredentialsId;
    }

    @DataBoundSetter
    public void setPrometheusCredentialsId(String id) {
        this.prometheusCredentialsId = textOrNull(id);
    }

    /**
     * What every question to Prometheus carries, one header an entry: {@code X-Scope-OrgID: team}. A value {@code
     * credentials(ID)} stands for the secret text of that id.
     */
    public List<String> getPrometheusHeaders() {
        return List.copyOf(prometheusHeaders);
    }

    /** One entry may hold several, each in a line of its own, as they are written in a form. */
    @DataBoundSetter
    public void setPrometheusHeaders(List<String> headers) {
        this.prometheusHeaders = LineList.of(headers);
    }

    /** Whose metrics are counted: {@code istio} or {@code envoy}. */
    public String getMetrics() {
        return metrics;
    }

    @DataBoundSetter
    public void setMetrics(String metrics) {
        String dialect = Objects.requireNonNullElse(textOrNull(metrics), DEFAULT_METRICS);
        if (!Dialects.names().contains(dialect)) {
            throw new IllegalArgumentException(
                    "metrics is " + String.join(" or ", Dialects.names()) + ", not " + Quote.of(dialect));
        }
        this.metrics = dialect;
    }

    /**
     * Which series of Prometheus are this cluster's, where it knows several, one label an entry: {@code cluster=staging}.
     */
    public List<String> getMatchers() {
        return List.copyOf(matchers);
    }

    /** One entry may hold several, each in a line of its own, as they are written in a form. */
    @DataBoundSetter
    public void setMatchers(List<String> matchers) {
        this.matchers = LineList.of(matchers);
    }

    /** Whether anybody's certificate is believed, of the Kubernetes API and of Prometheus. */
    public boolean isSkipTlsVerify() {
        return skipTlsVerify;
    }

    @DataBoundSetter
    public void setSkipTlsVerify(boolean skip) {
        this.skipTlsVerify = skip;
    }

    /** The namespaces that experiments may touch; a star at the end stands for any ending. Without any, none may be. */
    public List<String> getNamespaces() {
        return List.copyOf(namespaces);
    }

    /** One entry may hold several, with commas or blanks between them, as they are written in a form. */
    @DataBoundSetter
    public void setNamespaces(List<String> namespaces) {
        this.namespaces = WordList.of(namespaces);
    }

    /** The longest lease that an experiment's guard may have, in seconds. */
    public int getMaxLeaseSeconds() {
        return maxLeaseSeconds;
    }

    @DataBoundSetter
    public void setMaxLeaseSeconds(int seconds) {
        this.maxLeaseSeconds = seconds;
    }

    /** Whether faults may go in that no guard stands behind. */
    public boolean isUnguardedAllowed() {
        return unguardedAllowed;
    }

    @DataBoundSetter
    public void setUnguardedAllowed(boolean allowed) {
        this.unguardedAllowed = allowed;
    }

    /** Whether gates may roll the canary itself back, which changes objects that are not ours. */
    public boolean isCanaryRollbackAllowed() {
        return canaryRollbackAllowed;
    }

    @DataBoundSetter
    public void setCanaryRollbackAllowed(boolean allowed) {
        this.canaryRollbackAllowed = allowed;
    }

    /** Whether experiments may have queries of their own, which read all that this target's account may read. */
    public boolean isPromqlAllowed() {
        return promqlAllowed;
    }

    @DataBoundSetter
    public void setPromqlAllowed(boolean allowed) {
        this.promqlAllowed = allowed;
    }

    /** The hosts that webhook thresholds may ask, and the private addresses that these may have. */
    public List<String> getWebhookHosts() {
        return List.copyOf(webhookHosts);
    }

    /** One entry may hold several, with commas or blanks between them, as they are written in a form. */
    @DataBoundSetter
    public void setWebhookHosts(List<String> hosts) {
        this.webhookHosts = WordList.of(hosts);
    }

    /** Labels, as {@code name=value}, of each object that a gate makes, beside our own. */
    public List<String> getObjectLabels() {
        return List.copyOf(objectLabels);
    }

    /** One entry may hold several, with commas between them, as they are written in a form. */
    @DataBoundSetter
    public void setObjectLabels(List<String> labels) {
        this.objectLabels = ObjectPairs.of(labels);
    }

    /** Annotations, as {@code name=value}, of each object that a gate makes, beside our own. */
    public List<String> getObjectAnnotations() {
        return List.copyOf(objectAnnotations);
    }

    /** One entry may hold several, with commas between them, as they are written in a form. */
    @DataBoundSetter
    public void setObjectAnnotations(List<String> annotations) {
        this.objectAnnotations = ObjectPairs.of(annotations);
    }

    /** The most webhook thresholds that one experiment may have. */
    public int getMaxWebhooks() {
        return maxWebhooks;
    }

    @DataBoundSetter
    public void setMaxWebhooks(int most) {
        this.maxWebhooks = most;
    }

    /** The longest that an experiment's warm-up, watch and recovery may each take, in seconds. */
    public int getMaxDurationSeconds() {
        return maxDurationSeconds;
    }

    @DataBoundSetter
    public void setMaxDurationSeconds(int seconds) {
        this.maxDurationSeconds = seconds;
    }

    /** The shortest time from one look of a gate to the next, in seconds; 0 leaves it to the experiment. */
    public int getMinIntervalSeconds() {
        return minIntervalSeconds;
    }

    @DataBoundSetter
    public void setMinIntervalSeconds(int seconds) {
        this.minIntervalSeconds = seconds;
    }

    /** What experiments may do here. */
    TargetLimits limits() {
        Duration lease = Duration.ofSeconds(maxLeaseSeconds);
        return new TargetLimits(
                namespaces,
                lease.compareTo(Guard.LONGEST_LEASE) > 0 ? Guard.LONGEST_LEASE : lease,
                unguardedAllowed,
                new WebhookHosts(webhookHosts),
                promqlAllowed,
                canaryRollbackAllowed,
                new WatchLimits(
                        maxWebhooks, Duration.ofSeconds(maxDurationSeconds), Duration.ofSeconds(minIntervalSeconds)));
    }

    private static String textOrNull(String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }

    /** Fills in what an older version did not know of. */
    private Object readResolve() {
        setMetrics(metrics);
        setPrometheusHeaders(prometheusHeaders);
        setMatchers(matchers);
        setNamespaces(namespaces);
        setWebhookHosts(webhookHosts);
        setObjectLabels(objectLabels);
        setObjectAnnotations(objectAnnotations);
        ClusterTarget defaults = new ClusterTarget(name);
        maxWebhooks = Objects.requireNonNullElse(maxWebhooks, defaults.maxWebhooks);
        maxDurationSeconds = Objects.requireNonNullElse(maxDurationSeconds, defaults.maxDurationSeconds);
        minIntervalSeconds = Objects.requireNonNullElse(minIntervalSeconds, defaults.minIntervalSeconds);
        return this;
    }
}
