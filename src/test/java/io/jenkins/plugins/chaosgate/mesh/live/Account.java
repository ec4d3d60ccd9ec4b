package io.jenkins.plugins.chaosgate.mesh.live;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.jenkins.plugins.chaosgate.mesh.cluster.Kubeconfig;
import io.jenkins.plugins.chaosgate.mesh.istio.ExtraMetadata;
import io.jenkins.plugins.chaosgate.mesh.istio.IstioFaultInjector;
import io.jenkins.plugins.chaosgate.testbed.Bed;
import io.jenkins.plugins.chaosgate.testbed.full.FullBed;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The account of the published manifests, which may do what they say and no more, or a little less. */
final class Account {

    static final String NAME = "system:serviceaccount:bookinfo:chaos-gate";

    private Account() {}

    /** One thing that a manifest allows. */
    record Right(String group, String resource, String verb) {

        /** As messages name it. */
        String words() {
            String part = part().isEmpty() ? "" : "/" + part();
            return verb + " " + plural() + (group.isEmpty() ? "" : "." + group) + part + " in namespace "
                    + Mesh.NAMESPACE;
        }

        private String plural() {
            return resource.split("/")[0];
        }

        /** Such as {@code status}; empty for the objects themselves. */
        private String part() {
            return resource.contains("/") ? resource.split("/")[1] : "";
        }

        /** The rule that would give it. */
        String rule() {
            return "{apiGroups: [" + (group.isEmpty() ? "\"\"" : group) + "], resources: [" + resource + "], verbs: ["
                    + verb + "]}";
        }

        private PolicyRule asRule() {
            return new PolicyRuleBuilder()
                    .withApiGroups(group)
                    .withResources(resource)
                    .withVerbs(verb)
                    .build();
        }
    }

    /** What the bed's kubeconfig becomes for this account. */
    static String kubeconfig(Bed bed) throws IOException {
        ObjectNode kubeconfig = Serialization.unmarshal(Files.readString(bed.kubeconfig()), ObjectNode.class);
        ((ObjectNode) kubeconfig.at("/users/0/user")).put("as", NAME);
        return Serialization.asYaml(kubeconfig);
    }

    /** The objects of a published manifest. */
    static List<HasMetadata> manifest(FullBed bed, String file) throws IOException {
        try (InputStream yaml = Files.newInputStream(Path.of("docs/rbac", file))) {
            return bed.client().load(yaml).items();
        }
    }

    /** The names of the roles for rolling a canary back, of which each gate needs one. */
    static List<String> rollbackRoles(FullBed bed) throws IOException {
        return manifest(bed, "canary-rollback.yaml").stream()
                .filter(Role.class::isInstance)
                .map(role -> role.getMetadata().getName())
                .toList();
    }

    /** One of these roles, and the manifest's binding for it. */
    static List<HasMetadata> rollback(FullBed bed, String role) throws IOException {
        List<HasMetadata> wanted = new ArrayList<>();
        for (HasMetadata object : manifest(bed, "canary-rollback.yaml")) {
            if (object instanceof RoleBinding binding) {
                binding.getMetadata().setName(role);
                binding.getRoleRef().setName(role);
                wanted.add(binding);
            } else if (object.getMetadata().getName().equals(role)) {
                wanted.add(object);
            }
        }
        return wanted;
    }

    /** A connection with the account's rights. */
    static IstioFaultInjector connect(FullBed bed) throws IOException {
        Kubeconfig kubeconfig = Kubeconfig.read(
                kubeconfig(bed),
                Optional.empty(),
                Kubeconfig.Rules.local(bed.kubeconfig().getParent(), false));
        return IstioFaultInjector.connect(kubeconfig, Runnable::run, ExtraMetadata.NONE);
    }

    /** All that a manifest's role allows, one thing after another. */
    static List<Right> rights(Role role) {
        return role.getRules().stream()
                .flatMap(rule -> rule.getApiGroups().stream().flatMap(group -> rule.getResources().stream()
                        .flatMap(resource -> rule.getVerbs().stream().map(verb -> new Right(group, resource, verb)))))
                .distinct()
                .toList();
    }

    /** Changes the role in the cluster, and waits until that holds. */
    static void grantAllBut(FullBed bed, Role role, Right missing) throws Exception {
        grant(
                bed,
                role,
                rights(role).stream().filter(right -> !right.equals(missing)).toList());
        awaitEnd(bed, missing);
    }

    /** Waits until the account may no longer do it. */
    static void awaitEnd(FullBed bed, Right right) throws Exception {
        Mesh.await("the end of the right to " + right.words(), () -> !may(bed, right));
    }

    /** The role as its manifest has it. */
    static void grantAll(FullBed bed, Role role) throws Exception {
        grant(bed, role, rights(role));
        for (Right right : rights(role)) {
            Mesh.await("the right to " + right.words(), () -> may(bed, right));
        }
    }

    private static void grant(FullBed bed, Role role, List<Right> rights) {
        bed.client()
                .rbac()
                .roles()
                .inNamespace(Mesh.NAMESPACE)
                .withName(role.getMetadata().getName())
                .edit(found -> {
                    found.setRules(rights.stream().map(Right::asRule).toList());
                    return found;
                });
    }

    private static boolean may(FullBed bed, Right right) {
        SubjectAccessReview review = new SubjectAccessReviewBuilder()
                .withNewSpec()
                .withUser(NAME)
                .withNewResourceAttributes()
                .withGroup(right.group())
                .withResource(right.plural())
                .withSubresource(right.part())
                .withVerb(right.verb())
                .withNamespace(Mesh.NAMESPACE)
                .endResourceAttributes()
                .endSpec()
                .build();
        return bed.client()
                .authorization()
                .v1()
                .subjectAccessReview()
                .create(review)
                .getStatus()
                .getAllowed();
    }
}
