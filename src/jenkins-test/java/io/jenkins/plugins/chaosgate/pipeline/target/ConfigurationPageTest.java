package io.jenkins.plugins.chaosgate.pipeline.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.model.Item;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.security.AccessDeniedException3;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import jenkins.model.Jenkins;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The form of the targets, and what it tells to whom. */
@WithJenkins
class ConfigurationPageTest {

    private JenkinsRule jenkins;

    @BeforeEach
    void aJenkins(JenkinsRule rule) {
        jenkins = rule;
    }

    private static ClusterTarget full(String name) {
        ClusterTarget target = new ClusterTarget(name);
        target.setKubernetesUrl("https://10.0.0.1:6443");
        target.setKubernetesCredentialsId("account");
        target.setKubernetesContext("one");
        target.setKubernetesCa("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----");
        target.setPrometheusUrl("https://prometheus.example");
        target.setPrometheusCredentialsId("reader");
        target.setPrometheusCa("-----BEGIN CERTIFICATE-----\nBBBB\n-----END CERTIFICATE-----");
        target.setPrometheusHeaders(List.of("X-Scope-OrgID: team", "X-Api-Key: credentials(prometheus-key)"));
        target.setMetrics("envoy");
        target.setMatchers(List.of("cluster=staging", "env=test"));
        target.setSkipTlsVerify(true);
        target.setNamespaces(List.of("bookinfo", "pr-*"));
        target.setMaxLeaseSeconds(60);
        target.setObjectLabels(List.of("team=payments", "example.com/cost-center=7"));
        target.setObjectAnnotations(List.of("example.com/contact=chaos team"));
        target.setMaxWebhooks(3);
        target.setMaxDurationSeconds(600);
        target.setMinIntervalSeconds(5);
        target.setUnguardedAllowed(true);
        target.setCanaryRollbackAllowed(true);
        target.setPromqlAllowed(false);
        target.setWebhookHosts(List.of("checks.example", "10.0.0.0/8"));
        return target;
    }

    private HtmlForm form() throws Exception {
        return jenkins.createWebClient().goTo("configure").getFormByName("config");
    }

    @Test
    void aTargetSurvivesTheFormAndTheDisk() throws Exception {
        Login.token("account", "s3cret");
        Login.userAndWord("reader", "joe", "s3cret");
        ChaosGateConfiguration configuration = ChaosGateConfiguration.get();
        configuration.setTargets(List.of(full("staging"), new ClusterTarget("plain")));
        HtmlForm form = form();
        assertThat(form.getPage().getWebResponse().getContentAsString()).doesNotContain("s3cret");
        jenkins.submit(form);
        assertThat(configuration.getTargets()).usingRecursiveComparison().isEqualTo(List.of(full("staging"), plain()));

        configuration.load();
        assertThat(configuration.getTargets()).usingRecursiveComparison().isEqualTo(List.of(full("staging"), plain()));
        assertThat(Files.readString(
                        jenkins.jenkins.getRootDir().toPath().resolve(ChaosGateConfiguration.class.getName() + ".xml")))
                .doesNotContain("s3cret");
    }

    private static ClusterTarget plain() {
        return new ClusterTarget("plain");
    }

    @Test
    void theLastTargetCanBeTakenAway() throws Exception {
        ChaosGateConfiguration configuration = ChaosGateConfiguration.get();
        configuration.setTargets(List.of(plain()));
        HtmlPage page = jenkins.createWebClient().goTo("configure");
        jenkins.submit(page.getFormByName("config"));
        assertThat(configuration.getTargets()).hasSize(1);
        page = jenkins.createWebClient().goTo("configure");
        page.<org.htmlunit.html.HtmlInput>getFirstByXPath("//input[@name='_.name' and @value='plain']")
                .getPage();
        page.<org.htmlunit.html.HtmlElement>getFirstByXPath(
                        "//div[@name='targets']//button[contains(., 'Delete target') or @title='Delete target']")
                .click();
        jenkins.submit(page.getFormByName("config"));
        assertThat(configuration.getTargets()).isEmpty();
    }

    @Test
    void namesAreUniqueWords() {
        ChaosGateConfiguration configuration = ChaosGateConfiguration.get();
        assertThatThrownBy(() -> configuration.setTargets(List.of(plain(), plain())))
                .hasMessageContaining("two targets are named \"plain\"");
        assertThatThrownBy(() -> configuration.setTargets(List.of(new ClusterTarget("../x"))))
                .hasMessageContaining("expected a name");
        assertThatThrownBy(() -> new ClusterTarget("a").setMetrics("linkerd"))
                .hasMessageContaining("metrics is envoy or istio, not \"linkerd\"");
        assertThat(configuration.getTargets()).isEmpty();
    }

    @Test
    void everyFieldHasItsHelp() throws Exception {
        JenkinsRule.WebClient client = jenkins.createWebClient();
        for (var method : ClusterTarget.class.getMethods()) {
            if (method.getName().startsWith("set")) {
                String field = method.getName().substring(3, 4).toLowerCase(java.util.Locale.ROOT)
                        + method.getName().substring(4);
                assertHelp(client, ClusterTarget.class, field);
            }
        }
        assertHelp(client, ClusterTarget.class, "name");
        assertHelp(client, ChaosGateConfiguration.class, "targets");
        assertHelp(client, TargetsProperty.class, "targets");
        assertHelp(client, TargetsProperty.class, "restricted");
    }

    private static void assertHelp(JenkinsRule.WebClient client, Class<?> type, String field) throws Exception {
        assertThat(client.goTo("descriptor/" + type.getName() + "/help/" + field, "text/html")
                        .getWebResponse()
                        .getContentAsString())
                .as(type.getSimpleName() + "." + field)
                .contains("<div>");
    }

    @Test
    void theFormSaysWhatIsWrong() {
        ClusterTargetDescriptor form = descriptor();
        assertThat(List.of(
                        form.doCheckName("stag ing"),
                        form.doCheckKubernetesUrl("10.0.0.1:6443"),
                        form.doCheckKubernetesCa("none"),
                        form.doCheckPrometheusUrl(""),
                        form.doCheckPrometheusUrl("prometheus:9090"),
                        form.doCheckPrometheusCa("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"),
                        form.doCheckPrometheusHeaders("X-Scope-OrgID team"),
                        form.doCheckPrometheusHeaders("Authorization: Bearer s3cret"),
                        form.doCheckMatchers("cluster"),
                        form.doCheckMatchers("cluster=~stag.*"),
                        form.doCheckNamespaces("bookinfo, Book"),
                        form.doCheckWebhookHosts("http://checks.example"),
                        form.doCheckMaxLeaseSeconds("9"),
                        form.doCheckMaxLeaseSeconds("3601"),
                        form.doCheckMaxLeaseSeconds("1m"),
                        form.doCheckObjectLabels("team"),
                        form.doCheckObjectLabels("chaos-gate.jenkins.io/gate=x"),
                        form.doCheckObjectAnnotations("kubernetes.io/x=y"),
                        form.doCheckMaxWebhooks("101"),
                        form.doCheckMaxDurationSeconds("0"),
                        form.doCheckMinIntervalSeconds("1s")))
                .allMatch(said -> said.kind == FormValidation.Kind.ERROR, "is an error");
        assertThat(form.doCheckPrometheusUrl("http://joe:s3cret@prometheus").getMessage())
                .contains("must not hold a user name or password")
                .doesNotContain("s3cret");
        assertThat(form.doCheckNamespaces("Book").getMessage()).contains("a Kubernetes namespace: at most 63");
        assertThat(List.of(
                        form.doCheckNamespaces(""),
                        form.doCheckSkipTlsVerify(true),
                        form.doCheckUnguardedAllowed(true),
                        form.doCheckCanaryRollbackAllowed(true)))
                .allMatch(said -> said.kind == FormValidation.Kind.WARNING, "is a warning");
        assertThat(List.of(
                        form.doCheckName("staging"),
                        form.doCheckKubernetesUrl(""),
                        form.doCheckKubernetesUrl("https://10.0.0.1:6443"),
                        form.doCheckPrometheusUrl("http://prometheus:9090"),
                        form.doCheckPrometheusHeaders("X-Scope-OrgID: team\nX-Api-Key: credentials(key)"),
                        form.doCheckMatchers("cluster=staging\nenv=test"),
                        form.doCheckNamespaces("bookinfo, pr-*, *"),
                        form.doCheckWebhookHosts("checks.example:80 10.0.0.0/8"),
                        form.doCheckMaxLeaseSeconds("10"),
                        form.doCheckObjectLabels("team=payments, app.kubernetes.io/part-of=shop"),
                        form.doCheckObjectAnnotations("example.com/contact=chaos team"),
                        form.doCheckMaxWebhooks("0"),
                        form.doCheckMaxDurationSeconds("86400"),
                        form.doCheckMinIntervalSeconds("0"),
                        form.doCheckSkipTlsVerify(false),
                        form.doCheckUnguardedAllowed(false),
                        form.doCheckCanaryRollbackAllowed(false)))
                .allMatch(said -> said.kind == FormValidation.Kind.OK, "is fine");
    }

    @Test
    void onlyAdministratorsLearnAnything() throws Exception {
        Login.token("account", "s3cret");
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ, Item.READ, Item.CONFIGURE, Item.BUILD)
                .everywhere()
                .to("author"));
        ClusterTargetDescriptor form = descriptor();
        as("admin", () -> {
            assertThat(values(form.doFillKubernetesCredentialsIdItems(null, "account")))
                    .containsExactly("", "account");
            assertThat(values(form.doFillPrometheusCredentialsIdItems(null, "gone")))
                    .contains("", "account", "gone");
            assertThat(values(form.doFillMetricsItems())).containsExactly("istio", "envoy");
        });
        as("author", () -> {
            assertThat(values(form.doFillKubernetesCredentialsIdItems(null, "mine")))
                    .containsExactly("mine");
            assertThat(values(form.doFillPrometheusCredentialsIdItems(null, "mine")))
                    .containsExactly("mine");
            assertThat(form.doFillMetricsItems()).isEmpty();
            assertThat(form.doCheckName("??").kind).isEqualTo(FormValidation.Kind.OK);
            assertThatThrownBy(() -> form.doTestKubernetes("http://127.0.0.1:1", "", "account", "", false, ""))
                    .isInstanceOf(AccessDeniedException3.class);
            assertThatThrownBy(() -> form.doTestPrometheus("http://127.0.0.1:1", "", "account", "", false))
                    .isInstanceOf(AccessDeniedException3.class);
        });
        for (var method : ClusterTargetDescriptor.class.getDeclaredMethods()) {
            if (method.getName().startsWith("do")) {
                assertThat(method.isAnnotationPresent(org.kohsuke.stapler.verb.POST.class))
                        .as(method.getName())
                        .isTrue();
            }
        }
    }

    private static void as(String person, Runnable work) {
        try (ACLContext context = ACL.as2(User.getById(person, true).impersonate2())) {
            assertThat(context).isNotNull();
            work.run();
        }
    }

    private static List<String> values(ListBoxModel items) {
        return items.stream().map(item -> item.value).toList();
    }

    private ClusterTargetDescriptor descriptor() {
        return (ClusterTargetDescriptor) jenkins.jenkins.getDescriptorOrDie(ClusterTarget.class);
    }

    @Test
    void noFieldLooksLikeASecret() {
        assertThat(Arrays.stream(ClusterTarget.class.getDeclaredFields())
                        .filter(field -> field.getType() == String.class)
                        .map(field -> field.getName().toLowerCase(java.util.Locale.ROOT))
                        .filter(name -> !name.endsWith("credentialsid")))
                .noneMatch(name -> name.matches(".*(pass|pwd|credential|access|key|token).*"));
    }
}
