package io.jenkins.plugins.chaosgate.mesh.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Kubeconfigs as people have them: emptied by kubectl, half, and several beside each other. */
class KubeconfigFileTest {

    private static final String CLUSTER = "clusters: [{name: c, cluster: {server: \"https://api\"}}]\n";
    private static final String CONTEXT = "contexts: [{name: x, context: {cluster: c, user: u}}]\n";
    private static final String USER = "users: [{name: u, user: {token: s3cret}}]\n";

    @TempDir
    private Path dir;

    private Path file(String name, String text) throws IOException {
        Path file = dir.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private static Kubeconfig read(String text) {
        return Kubeconfig.read(text, Optional.of("x"), Kubeconfig.Rules.TEXT_ONLY);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            contexts: null                                                 | no context "x"; it has: none
            contexts:                                                      | no context "x"; it has: none
            contexts: [null]                                               | no context "x"; it has: none
            contexts: [{name: x}]                                          | no context "x"; it has: none
            'contexts: [{name: x, context: {cluster: c, user: u}}]'        | names the cluster "c", which the kubeconfig does not have
            """)
    void whatKubectlLeavesEmptyIsNothing(String text, String expected) {
        for (String rest :
                List.of("", "clusters: null\nusers: null\n", "clusters: [null, {name: c}]\nusers: [null]\n")) {
            assertThatThrownBy(() -> read(text + "\n" + rest))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(expected);
        }
    }

    @ParameterizedTest
    @CsvSource({"users: null", "'users: []'", "''", "'users: [{name: other, user: {token: t}}]'", "'users: [null]'"})
    void aUserWhoIsNotThereIsMissedAndNotTakenForAnybody(String users) {
        assertThatThrownBy(() -> read(CONTEXT + CLUSTER + users))
                .hasMessageContaining(
                        "context \"x\" of the kubeconfig names the user \"u\", which the kubeconfig does not")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void aContextThatNamesNoUserHasNone() {
        assertThat(read(CLUSTER + "contexts: [{name: x, context: {cluster: c}}]")
                        .user()
                        .getToken())
                .isNull();
        assertThat(read(CLUSTER + CONTEXT + "users: [{name: u}]").user().getToken())
                .isNull();
    }

    @Test
    void severalFilesAreReadAsOne() throws IOException {
        List<Path> files =
                List.of(file("a", CLUSTER + CONTEXT + "current-context: x"), file("b", USER), file("c", "\n"));
        Kubeconfig read = Kubeconfig.read(files, Optional.empty(), true);
        assertThat(read.user().getToken()).isEqualTo("s3cret");
        assertThat(read.server()).isEqualTo("https://api");
        assertThat(read.toString()).doesNotContain("s3cret");
    }

    @Test
    void ofWhatSeveralFilesNameAlikeTheFirstCounts() throws IOException {
        Path first = file("a", CLUSTER + CONTEXT + USER + "current-context: x");
        Path second = file(
                "b", CLUSTER.replace("api", "other") + USER.replace("s3cret", "later") + "current-context: elsewhere");
        Kubeconfig read = Kubeconfig.read(List.of(first, second), Optional.empty(), true);
        assertThat(read.server()).isEqualTo("https://api");
        assertThat(read.user().getToken()).isEqualTo("s3cret");
        Kubeconfig turned = Kubeconfig.read(List.of(second, first), Optional.of("x"), true);
        assertThat(turned.server()).isEqualTo("https://other");
        assertThat(turned.user().getToken()).isEqualTo("later");
    }

    @Test
    void pathsStartFromTheFolderOfTheirOwnFile() throws IOException {
        Path first = file(
                "one/config",
                CONTEXT + "clusters: [{name: c, cluster: {server: 'https://api', certificate-authority: ca}}]");
        Path second = file("two/config", "users: [{name: u, user: {tokenFile: token, client-key: /k}}]");
        Kubeconfig read = Kubeconfig.read(List.of(first, second), Optional.of("x"), true);
        assertThat(read.cluster().getCertificateAuthority())
                .isEqualTo(dir.resolve("one/ca").toString());
        assertThat(read.user().getTokenFile())
                .isEqualTo(dir.resolve("two/token").toString());
        assertThat(read.user().getClientKey()).isEqualTo("/k");
    }

    @Test
    void oneUnreadableFileOfSeveralIsNotPassedOver() throws IOException {
        Path first = file("a", CLUSTER + CONTEXT + USER);
        Path second = file("b", "token: [s3cret");
        assertThatThrownBy(() -> Kubeconfig.read(List.of(first, second), Optional.of("x"), true))
                .hasMessageContaining("not readable YAML")
                .hasMessageNotContaining("s3cret");
        assertThatThrownBy(() -> Kubeconfig.read(List.of(first, dir), Optional.of("x"), true))
                .isInstanceOf(IOException.class);
    }
}
