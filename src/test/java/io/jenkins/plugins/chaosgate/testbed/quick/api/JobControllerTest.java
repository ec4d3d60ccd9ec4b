package io.jenkins.plugins.chaosgate.testbed.quick.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The quick bed's stand-in for the controllers behind a guard. */
class JobControllerTest {

    private static final Instant BIRTH = Instant.parse("2026-01-01T00:00:00.900Z");
    private static final String JOBS = "/apis/batch/v1/namespaces/bookinfo/jobs";
    private static final String FILTERS = "/apis/networking.istio.io/v1alpha3/namespaces/bookinfo/envoyfilters";

    private final ApiStore store = new ApiStore();
    private final JobController controller = new JobController(store);

    @BeforeEach
    void aJobAndWhatItOwns() {
        store.create(JOBS, job("guard", "{ttlSecondsAfterFinished: 30, parallelism: 0, completions: 0}"));
        String uid =
                store.find(JOBS + "/guard").orElseThrow().at("/metadata/uid").asText();
        store.create(FILTERS, filter("owned", "ownerReferences: [{kind: Job, uid: \"" + uid + "\"}]"));
        store.create(FILTERS, filter("free", "labels: {a: b}"));
    }

    private static ObjectNode job(String name, String spec) {
        ObjectNode job = Serialization.unmarshal(
                "---\napiVersion: batch/v1\nkind: Job\nmetadata: {name: " + name + ", namespace: bookinfo}\nspec: "
                        + spec,
                ObjectNode.class);
        JobController.complete(ApiKind.find("Job"), job, BIRTH);
        return job;
    }

    private static ObjectNode filter(String name, String metadata) {
        return Serialization.unmarshal(
                "---\napiVersion: networking.istio.io/v1alpha3\nkind: EnvoyFilter\nmetadata: {name: " + name
                        + ", namespace: bookinfo, " + metadata + "}\nspec: {}",
                ObjectNode.class);
    }

    private Optional<ObjectNode> filter(String name) {
        return store.find(FILTERS + "/" + name);
    }

    @Test
    void aJobThatWantsNoPodIsCompleteFromBirth() {
        assertThat(store.find(JOBS + "/guard")
                        .orElseThrow()
                        .at("/status/completionTime")
                        .asText())
                .isEqualTo("2026-01-01T00:00:00Z");
        assertThat(job("busy", "{parallelism: 1, completions: 0}").has("status"))
                .isFalse();
        assertThat(job("usual", "{}").has("status")).isFalse();
    }

    @Test
    void aJobGoesWithWhatItOwnsWhenItsTimeIsOver() {
        controller.tidy(Instant.parse("2026-01-01T00:00:29.999Z"));
        assertThat(store.find(JOBS + "/guard")).isPresent();
        assertThat(filter("owned")).isPresent();

        controller.tidy(Instant.parse("2026-01-01T00:00:30Z"));
        assertThat(store.find(JOBS + "/guard")).isEmpty();
        assertThat(filter("owned")).isEmpty();
        assertThat(filter("free")).isPresent();
    }

    @Test
    void whatAJobOwnedGoesHoweverTheJobWent() {
        store.delete(JOBS + "/guard");
        controller.tidy(BIRTH);
        assertThat(filter("owned")).isEmpty();
        assertThat(filter("free")).isPresent();
    }

    @Test
    void aJobWithoutATimeToLiveStays() {
        store.create(JOBS, job("kept", "{parallelism: 0, completions: 0}"));
        controller.tidy(Instant.parse("2027-01-01T00:00:00Z"));
        assertThat(store.find(JOBS + "/kept")).isPresent();
    }
}
