package io.jenkins.plugins.chaosgate.mesh.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What holds for each of the published policies, as a slip in one of them would leave a gap that no other policy closes. */
class PolicyFilesTest {

    private static final String EVERYBODYS = "chaos-gate-guards-are-not-orphaning";

    private static List<JsonNode> objects(String kind) throws IOException {
        List<JsonNode> all = new ArrayList<>();
        for (String file : List.of("guard-policies.yaml", "edit-policies.yaml")) {
            for (String text : Files.readString(Path.of("docs/rbac", file)).split("\n---\n")) {
                JsonNode object = Serialization.unmarshal(text, JsonNode.class);
                if (object.path("kind").asText().equals(kind)) {
                    all.add(object);
                }
            }
        }
        return all;
    }

    private static String name(JsonNode object) {
        return object.at("/metadata/name").asText();
    }

    @Test
    void eachIsBoundAndDenies() throws IOException {
        List<JsonNode> bindings = objects("ValidatingAdmissionPolicyBinding");
        assertThat(bindings).extracting(PolicyFilesTest::name).doesNotHaveDuplicates();
        assertThat(bindings)
                .extracting(binding -> binding.at("/spec/policyName").asText())
                .containsExactlyElementsOf(objects("ValidatingAdmissionPolicy").stream()
                        .map(PolicyFilesTest::name)
                        .toList());
        assertThat(bindings)
                .allSatisfy(binding -> assertThat(binding.path("spec").toString())
                        .isEqualTo("{\"policyName\":\"" + name(binding) + "\",\"validationActions\":[\"Deny\"]}"));
    }

    @Test
    void eachRefusesWhatItCannotEvaluate() throws IOException {
        assertThat(objects("ValidatingAdmissionPolicy")).hasSizeGreaterThan(8).allSatisfy(policy -> assertThat(
                        policy.at("/spec/failurePolicy").asText())
                .as(name(policy))
                .isEqualTo("Fail"));
    }

    @Test
    void eachIsForTheAccountOfTheRolesButOneThatIsForEverybody() throws IOException {
        for (JsonNode policy : objects("ValidatingAdmissionPolicy")) {
            assertThat(policy.at("/spec/matchConditions/0/expression").asText())
                    .as(name(policy))
                    .isEqualTo(
                            name(policy).equals(EVERYBODYS)
                                    ? ""
                                    : "request.userInfo.username == \"" + Account.NAME + "\"");
        }
    }

    @Test
    void eachValidationSaysWhatItWants() throws IOException {
        for (JsonNode policy : objects("ValidatingAdmissionPolicy")) {
            for (JsonNode validation : policy.at("/spec/validations")) {
                assertThat(validation.path("message").asText()
                                + validation.path("messageExpression").asText())
                        .as(name(policy))
                        .isNotBlank();
            }
        }
    }
}
