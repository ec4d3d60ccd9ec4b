package io.jenkins.plugins.chaosgate.mesh.istio;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.chaosgate.fuzz.BytesRandom;
import io.jenkins.plugins.chaosgate.mesh.cluster.Json;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Undoing gives back what was edited, also with edits of others in between. */
class VirtualServiceFuzzTest {

    private static final ObjectNode FAULT =
            Json.parse("{\"abort\": {\"httpStatus\": 500, \"percentage\": {\"value\": 100.0}}}");
    private static final String GATE = "7f3a";

    /** For Jazzer, too: testbed/fuzz. */
    public static void fuzzerTestOneInput(byte[] input) {
        RandomVirtualService any = new RandomVirtualService(new BytesRandom(input));
        ObjectNode spec = any.spec();
        RouteRecipe recipe = any.recipe(FAULT);
        ObjectNode edited;
        try {
            edited = RouteEditor.edit(spec, "bookinfo", GATE, List.of(recipe));
        } catch (IllegalArgumentException doesNotFit) {
            return;
        }
        assertThat(RouteEditor.undo(edited, GATE)).isEqualTo(spec);
        UnaryOperator<ObjectNode> first = any.foreignEdit();
        UnaryOperator<ObjectNode> second = any.foreignEdit();
        assertThat(RouteEditor.undo(second.apply(first.apply(edited)), GATE))
                .isEqualTo(second.apply(first.apply(spec)));
    }

    @Test
    void undoesWhateverWasEdited() {
        Random random = new Random(1);
        for (int i = 0; i < 5_000; i++) {
            byte[] input = new byte[random.nextInt(200)];
            random.nextBytes(input);
            fuzzerTestOneInput(input);
        }
    }
}
