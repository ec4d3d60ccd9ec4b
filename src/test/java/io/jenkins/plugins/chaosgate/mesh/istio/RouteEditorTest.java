package io.jenkins.plugins.chaosgate.mesh.istio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.chaosgate.mesh.cluster.Json;
import io.jenkins.plugins.chaosgate.mesh.istio.RouteRecipe.Reach;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Routes of ours in front of the user's, and out again. */
class RouteEditorTest {

    private static final ObjectNode FAULT =
            Json.parse("{\"abort\": {\"httpStatus\": 500, \"percentage\": {\"value\": 100.0}}}");
    private static final RouteRecipe RECIPE = recipe(Map.of(), List.of(), Optional.empty());

    private static RouteRecipe recipe(Map<String, String> headers, List<Integer> ports, Optional<Reach> reach) {
        return new RouteRecipe(Bookinfo.CANARY, "bookinfo", headers, ports, reach, FAULT);
    }

    private static ObjectNode spec(String routes) {
        return Json.parse("{\"hosts\": [\"ratings\"], \"http\": " + routes + "}");
    }

    private static JsonNode clones(String routes, RouteRecipe recipe) {
        ArrayNode array = Json.object().putArray("clones");
        array.addAll(RouteEditor.clones(spec(routes), "bookinfo", "7f3a", List.of(recipe)));
        return array;
    }

    private static JsonNode array(String json) {
        return Json.parse("{\"a\": " + json + "}").path("a");
    }

    @Test
    void aRouteWithoutConditionIsCopiedForTheCallersAlone() {
        assertThat(clones(
                        """
                        [{"name": "usual", "retries": {"attempts": 3}, "timeout": "1s", "odd": {"kept": [1, 2.50]},
                          "route": [{"destination": {"host": "ratings", "subset": "v1"}, "weight": 90},
                                    {"destination": {"host": "ratings", "subset": "v2"}, "weight": 10}]}]
                        """,
                        RECIPE))
                .isEqualTo(
                        array(
                                """
                        [{"name": "chaos-gate-7f3a-1",
                          "match": [{"sourceLabels": {"app": "reviews", "version": "v2"}, "sourceNamespace": "bookinfo"}],
                          "retries": {"attempts": 3}, "timeout": "1s", "odd": {"kept": [1, 2.50]},
                          "route": [{"destination": {"host": "ratings", "subset": "v1"}, "weight": 90},
                                    {"destination": {"host": "ratings", "subset": "v2"}, "weight": 10}],
                          "fault": {"abort": {"httpStatus": 500, "percentage": {"value": 100.0}}}}]
                        """));
    }

    @Test
    void eachConditionIsKeptAndNarrowed() {
        JsonNode matches = clones(
                        """
                        [{"match": [{"uri": {"prefix": "/a"}}, {"sourceLabels": {"app": "reviews"}, "port": 80},
                                    {"gateways": ["mesh", "front"], "headers": {"x": {"exact": "1"}}}],
                          "route": []}]
                        """,
                        RECIPE)
                .get(0)
                .path("match");
        assertThat(matches)
                .isEqualTo(
                        array(
                                """
                        [{"uri": {"prefix": "/a"}, "sourceLabels": {"app": "reviews", "version": "v2"},
                          "sourceNamespace": "bookinfo"},
                         {"sourceLabels": {"app": "reviews", "version": "v2"}, "port": 80, "sourceNamespace": "bookinfo"},
                         {"headers": {"x": {"exact": "1"}}, "sourceLabels": {"app": "reviews", "version": "v2"},
                          "sourceNamespace": "bookinfo"}]
                        """));
    }

    @Test
    void conditionsThatTheCallersNeverMeetAreLeftOut() {
        JsonNode clones = clones(
                """
                [{"match": [{"sourceLabels": {"version": "v1"}}, {"sourceNamespace": "other"}, {"gateways": ["front"]}]},
                 {"match": [{"sourceLabels": {"version": "v1"}}, {"uri": {"exact": "/x"}}]}]
                """,
                RECIPE);
        assertThat(clones).hasSize(1);
        assertThat(clones.get(0).path("match")).hasSize(1);
        assertThat(clones.get(0).path("match").get(0).path("uri").path("exact").asText())
                .isEqualTo("/x");
    }

    @Test
    void theCopyOfARouteWithAFaultHasOnlyOurs() {
        JsonNode clone = clones(
                        "[{\"fault\": {\"delay\": {\"fixedDelay\": \"1s\"}, \"abort\": {\"httpStatus\": 418}}, \"route\": []}]",
                        RECIPE)
                .get(0);
        assertThat(clone.path("fault")).isEqualTo(FAULT);
    }

    @Test
    void headersAndPortsOfTheFaultNarrowEachCondition() {
        RouteRecipe recipe = recipe(Map.of("x-tester", "canary"), List.of(80, 81), Optional.empty());
        assertThat(clones(
                                """
                                [{"match": [{"port": 80, "headers": {"X-Tester": {"prefix": "can"}, "y": {}}}, {"port": 9}]}]
                                """,
                                recipe)
                        .get(0)
                        .path("match"))
                .isEqualTo(
                        array(
                                """
                        [{"port": 80, "headers": {"y": {}, "x-tester": {"exact": "canary"}},
                          "sourceLabels": {"app": "reviews", "version": "v2"}, "sourceNamespace": "bookinfo"}]
                        """));
        assertThat(clones("[{}]", recipe).get(0).path("match").findValuesAsText("port"))
                .containsExactly("80", "81");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"headers\": {\"x-tester\": {\"exact\": \"other\"}}}",
                "{\"headers\": {\"X-TESTER\": {\"prefix\": \"x\"}}}",
                "{\"withoutHeaders\": {\"x-tester\": {}}}",
                "{\"withoutHeaders\": {\"x-tester\": {\"exact\": \"canary\"}}}"
            })
    void aConditionThatTheHeadersRuleOutIsLeftOut(String match) {
        RouteRecipe recipe = recipe(Map.of("x-tester", "canary"), List.of(), Optional.empty());
        assertThat(clones("[{\"match\": [" + match + "]}, {}]", recipe)).hasSize(1);
        assertThatThrownBy(() -> clones("[{\"match\": [" + match + "]}]", recipe))
                .hasMessageContaining("no route is taken");
    }

    @Test
    void aRegularExpressionForAHeaderOfTheFaultIsRefused() {
        assertThatThrownBy(() -> clones(
                        "[{\"match\": [{\"headers\": {\"x-tester\": {\"regex\": \".*\"}}}]}]",
                        recipe(Map.of("x-tester", "canary"), List.of(), Optional.empty())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("regular expression for the header x-tester");
    }

    @Test
    void routesElsewhereKeepTheirPlaceWithoutTheFault() {
        Optional<Reach> ratings = Optional.of(new Reach("ratings.bookinfo.svc.cluster.local", Optional.empty(), false));
        JsonNode clones = clones(
                """
                [{"match": [{"uri": {"prefix": "/admin"}}], "route": [{"destination": {"host": "admin"}}],
                  "fault": {"delay": {"fixedDelay": "1s"}}},
                 {"match": [{"uri": {"prefix": "/old"}}], "redirect": {"uri": "/"}},
                 {"route": [{"destination": {"host": "ratings"}}, {"destination": {"host": "other"}}]},
                 {"route": [{"destination": {"host": "details"}}]}]
                """,
                recipe(Map.of(), List.of(), ratings));
        assertThat(clones).hasSize(3);
        assertThat(clones.get(0).path("fault").path("delay").path("fixedDelay").asText())
                .isEqualTo("1s");
        assertThat(clones.get(1).has("fault")).isFalse();
        assertThat(clones.get(2).path("fault")).isEqualTo(FAULT);
        assertThat(clones.findValuesAsText("name"))
                .containsExactly("chaos-gate-7f3a-1", "chaos-gate-7f3a-2", "chaos-gate-7f3a-3");
    }

    @Test
    void aRouteThatOnlyPartlyEndsAtTheCanaryIsNotHurt() {
        Optional<Reach> canary = Optional.of(new Reach("ratings.bookinfo.svc.cluster.local", Optional.of("v2"), true));
        String shared = "{\"route\": [{\"destination\": {\"host\": \"ratings\", \"subset\": \"v2\"}, \"weight\": 10},"
                + " {\"destination\": {\"host\": \"ratings\", \"subset\": \"v1\"}, \"weight\": %d}]}";
        RouteRecipe recipe = recipe(Map.of(), List.of(), canary);
        assertThatThrownBy(() -> clones("[" + shared.formatted(90) + "]", recipe))
                .hasMessageContaining("no route is taken");
        assertThat(clones("[" + shared.formatted(0) + "]", recipe)).hasSize(1);
    }

    @Test
    void aDelegateCannotBeCopied() {
        assertThatThrownBy(() -> clones("[{\"delegate\": {\"name\": \"child\"}}]", RECIPE))
                .hasMessageContaining("delegates to VirtualService child");
    }

    @Test
    void routesOfOtherGatesAreNotCopied() {
        assertThat(clones("[{\"name\": \"chaos-gate-0ther-1\"}, {\"name\": \"mine\"}]", RECIPE))
                .hasSize(1);
    }

    @Test
    void aRecipeNeedsCallers() {
        assertThatThrownBy(() -> new RouteRecipe(Map.of(), "bookinfo", Map.of(), List.of(), Optional.empty(), FAULT))
                .hasMessageContaining("labels of its callers");
    }

    @Test
    void aRecipeSurvivesJson() {
        RouteRecipe full = recipe(Map.of("x", "y"), List.of(80), Optional.of(new Reach("h", Optional.of("s"), true)));
        assertThat(RouteRecipe.of(full.toJson())).isEqualTo(full);
        assertThat(RouteRecipe.of(RECIPE.toJson())).isEqualTo(RECIPE);
    }

    @Test
    void undoTakesExactlyOurNames() {
        ObjectNode spec = spec(
                """
                [{"name": "chaos-gate-7f3a-1"}, {"name": "chaos-gate-7f3a-x"}, {"name": "chaos-gate-7f3ab-1"},
                 {"name": "chaos-gate-7f3a-12"}, {}, {"name": "my-chaos-gate-7f3a-1"}]
                """);
        assertThat(RouteEditor.undo(spec, "7f3a").path("http"))
                .isEqualTo(
                        array(
                                """
                        [{"name": "chaos-gate-7f3a-x"}, {"name": "chaos-gate-7f3ab-1"}, {},
                         {"name": "my-chaos-gate-7f3a-1"}]
                        """));
        ObjectNode tcp = Json.parse("{\"hosts\": [\"x\"], \"tcp\": []}");
        assertThat(RouteEditor.undo(tcp, "7f3a")).isEqualTo(tcp);
    }

    /** For any VirtualService, and whatever others do to it meanwhile. */
    @Test
    void undoAfterEditIsAsIfWeHadNeverBeenThere() {
        Random random = new Random(20260101);
        int edited = 0;
        for (int round = 0; round < 2000; round++) {
            RandomVirtualService any = new RandomVirtualService(random);
            ObjectNode spec = any.spec();
            RouteRecipe recipe = any.recipe(FAULT);
            String before = spec.toString();
            ObjectNode with;
            try {
                with = RouteEditor.edit(spec, "bookinfo", "7f3a", List.of(recipe));
                edited++;
            } catch (IllegalArgumentException doesNotFit) {
                continue;
            }
            assertThat(spec.toString()).as("the argument").isEqualTo(before);
            assertThat(with).isNotEqualTo(spec);
            assertThat(RouteEditor.undo(with, "7f3a").toString()).isEqualTo(before);
            UnaryOperator<ObjectNode> foreign = any.foreignEdit();
            assertThat(RouteEditor.undo(foreign.apply(with), "7f3a")).isEqualTo(foreign.apply(spec));
            with.path("http").forEach(route -> {
                if (Marks.gateOfRoute(route).isPresent()) {
                    assertThat(route.path("match")).isNotEmpty().allSatisfy(match -> {
                        assertThat(match.path("sourceLabels").path("version").asText())
                                .isEqualTo("v2");
                        assertThat(match.path("sourceNamespace").asText()).isEqualTo("bookinfo");
                        assertThat(match.has("gateways")).isFalse();
                    });
                }
            });
        }
        assertThat(edited).isGreaterThan(500);
    }
}
