package io.jenkins.plugins.chaosgate.mesh.live;

import static io.jenkins.plugins.chaosgate.mesh.live.StolenToken.assertRefused;
import static io.jenkins.plugins.chaosgate.mesh.live.Written.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.jenkins.plugins.chaosgate.testbed.BedExtension;
import io.jenkins.plugins.chaosgate.testbed.full.FullBed;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A thief with the account's token edits what is the user's in no other way than gates do. */
@Tag("mesh")
@ExtendWith(BedExtension.class)
class EditBypassLiveTest {

    private static final String ROUTES =
            """
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: ratings, namespace: bookinfo}
            spec:
              hosts: [ratings]
              http:
              - match: [{uri: {prefix: /old}}]
                route: [{destination: {host: ratings, subset: v1}}]
              - timeout: 10s
                route:
                - {destination: {host: ratings, subset: v1}, weight: 90}
                - {destination: {host: ratings, subset: v2}, weight: 10}
            """;

    /** As a gate puts it in, in JSON: a copy of the second route for the callers alone. */
    private static final String COPY =
            "{'name': 'chaos-gate-7f3a-1', 'match': [{'sourceLabels': {'app': 'reviews'}, 'sourceNamespace': 'bookinfo'}],"
                    + " 'timeout': '10s', 'fault': {'abort': {'httpStatus': 500, 'percentage': {'value': 100}}},"
                    + " 'route': [{'destination': {'host': 'ratings', 'subset': 'v1'}, 'weight': 90},"
                    + " {'destination': {'host': 'ratings', 'subset': 'v2'}, 'weight': 10}]}";

    private static final String ONLY_ROUTES = "may only put routes of gates into a VirtualService and take them out";
    private static final String A_COPY = "must be a copy of one of yours, with all of its conditions";
    private static final String SELECTED = "a route of a gate must be for workloads that it selects";
    private static final String FAULT = "the fault of a route must be an abort with a status of 200 to 599";
    private static final String METADATA = "labels, annotations, finalizers and owners of what is yours must stay";

    private static StolenToken token;
    private static HasMetadata routes;

    @BeforeAll
    static void steal(FullBed bed) throws Exception {
        routes = bed.client().resource(ROUTES).create();
        token = StolenToken.under(bed);
    }

    @AfterAll
    static void end(FullBed bed) {
        token.close();
        bed.client().resource(routes).delete();
    }

    /** Refused or not, a test changes nothing. */
    private static String refusal(ResourceDefinitionContext kind, String name, String patch) {
        PatchContext how = new PatchContext.Builder()
                .withPatchType(PatchType.JSON)
                .withFieldManager("chaos-gate")
                .withDryRun(List.of("All"))
                .build();
        return token.refusalToPatch(kind, name, how, patch.replace('\'', '"'));
    }

    private static String add(String path, String value) {
        return "[{'op': 'add', 'path': '" + path + "', 'value': " + value + "}]";
    }

    static Stream<Arguments> edits() {
        return Stream.of(
                arguments("a host more", add("/spec/hosts/-", "'shop'"), ONLY_ROUTES),
                arguments("another host", add("/spec/hosts", "['shop']"), ONLY_ROUTES),
                arguments("for a gateway, too", add("/spec/gateways", "['mesh', 'public']"), ONLY_ROUTES),
                arguments("seen elsewhere", add("/spec/exportTo", "['*']"), ONLY_ROUTES),
                arguments(
                        "a route of its own",
                        add("/spec/http/0", "{'route': [{'destination': {'host': 'evil'}}]}"),
                        ONLY_ROUTES),
                arguments("a route less", "[{'op': 'remove', 'path': '/spec/http/0'}]", ONLY_ROUTES),
                arguments("no route", add("/spec/http", "[]"), ONLY_ROUTES),
                arguments(
                        "routes in another order",
                        "[{'op': 'move', 'from': '/spec/http/0', 'path': '/spec/http/1'}]",
                        ONLY_ROUTES),
                arguments("another destination", add("/spec/http/0/route/0/destination/host", "'evil'"), ONLY_ROUTES),
                arguments("another subset", add("/spec/http/0/route/0/destination/subset", "'v2'"), ONLY_ROUTES),
                arguments("a mirror", add("/spec/http/1/mirror", "{'host': 'evil'}"), ONLY_ROUTES),
                arguments("a timeout", add("/spec/http/1/timeout", "'1s'"), ONLY_ROUTES),
                arguments("a fault on yours", add("/spec/http/1/fault", "{'abort': {'httpStatus': 500}}"), ONLY_ROUTES),
                arguments("a destination less", "[{'op': 'remove', 'path': '/spec/http/1/route/1'}]", ONLY_ROUTES),
                arguments(
                        "routes of TCP",
                        add("/spec/tcp", "[{'route': [{'destination': {'host': 'evil'}}]}]"),
                        ONLY_ROUTES),
                arguments(
                        "a label", add("/metadata/labels", "{'app.kubernetes.io/managed-by': 'chaos-gate'}"), METADATA),
                arguments("an annotation", add("/metadata/annotations", "{'x': 'y'}"), METADATA),
                arguments("a finalizer", add("/metadata/finalizers", "['x.example/y']"), METADATA),
                copy("elsewhere", "'host': 'ratings', 'subset': 'v1'", "'host': 'evil'", A_COPY),
                copy("redirected", "'timeout': '10s'", "'redirect': {'uri': '/'}", A_COPY),
                copy("mirrored", "'timeout': '10s'", "'timeout': '10s', 'mirror': {'host': 'evil'}", A_COPY),
                copy("without your timeout", "'timeout': '10s', ", "", A_COPY),
                copy(
                        "with other headers",
                        "'weight': 90}",
                        "'weight': 90, 'headers': {'request': {'set': {'a': 'b'}}}}",
                        A_COPY),
                copy("for other paths", "'sourceNamespace'", "'uri': {'prefix': '/'}, 'sourceNamespace'", A_COPY),
                copy(
                        "for many values of a header",
                        "'sourceNamespace'",
                        "'headers': {'x': {'regex': '.*'}}, 'sourceNamespace'",
                        A_COPY),
                copy("for all callers", "'sourceLabels': {'app': 'reviews'}, ", "", SELECTED),
                copy("for no chosen callers", "{'app': 'reviews'}", "{}", SELECTED),
                copy("for all namespaces", ", 'sourceNamespace': 'bookinfo'", "", SELECTED),
                copy(
                        "for all calls",
                        "[{'sourceLabels': {'app': 'reviews'}, 'sourceNamespace': 'bookinfo'}]",
                        "[]",
                        SELECTED),
                copy("for a gateway", "'sourceNamespace'", "'gateways': ['mesh'], 'sourceNamespace'", SELECTED),
                copy("with status 600", "'httpStatus': 500", "'httpStatus': 600", FAULT),
                copy("with no share", ", 'percentage': {'value': 100}", "", FAULT),
                copy("with a share of 200 %", "'value': 100", "'value': 200", FAULT),
                copy(
                        "with a delay of two hours",
                        "'abort': {'httpStatus': 500",
                        "'delay': {'fixedDelay': '2h'",
                        FAULT));
    }

    private static Arguments copy(String how, String piece, String instead, String words) {
        return arguments("a copy " + how, add("/spec/http/0", with(COPY, piece, instead)), words);
    }

    @ParameterizedTest(name = "of a VirtualService is refused: {0}")
    @MethodSource("edits")
    void anEditIsRefused(String what, String patch, String words) {
        assertRefused(refusal(Mesh.VIRTUAL_SERVICE, "ratings", patch), words);
    }

    /** Of the first route, which is for some paths alone. */
    @Test
    void aCopyForMorePathsThanItsOriginalIsRefused() {
        String copy = "{'name': 'chaos-gate-7f3a-1', 'match': [{'uri': {'prefix': '/old'}, 'sourceLabels':"
                + " {'app': 'reviews'}, 'sourceNamespace': 'bookinfo'}],"
                + " 'route': [{'destination': {'host': 'ratings', 'subset': 'v1'}}]}";
        assertThat(refusal(Mesh.VIRTUAL_SERVICE, "ratings", add("/spec/http/0", copy)))
                .isEmpty();
        String wide = add("/spec/http/0", with(copy, "'uri': {'prefix': '/old'}, ", ""));
        assertRefused(refusal(Mesh.VIRTUAL_SERVICE, "ratings", wide), A_COPY);
        String other = add("/spec/http/0", with(copy, "'/old'", "'/'"));
        assertRefused(refusal(Mesh.VIRTUAL_SERVICE, "ratings", other), A_COPY);
    }

    /** All attempts begin with these: what is refused above is refused for its one difference. */
    @Test
    void whatAllThoseBeginWithIsTaken() {
        assertThat(refusal(Mesh.VIRTUAL_SERVICE, "ratings", add("/spec/http/0", COPY)))
                .isEmpty();
        String shift = "[{'op': 'add', 'path': '/spec/http/1/route/0/weight', 'value': 100},"
                + " {'op': 'add', 'path': '/spec/http/1/route/1/weight', 'value': 0}]";
        assertThat(refusal(Mesh.VIRTUAL_SERVICE, "ratings", shift)).isEmpty();
    }
}
