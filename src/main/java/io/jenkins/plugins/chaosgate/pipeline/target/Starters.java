package io.jenkins.plugins.chaosgate.pipeline.target;

import hudson.model.Cause;
import hudson.model.Cause.UpstreamCause;
import hudson.model.Cause.UpstreamCause.DeeplyNestedUpstreamCause;
import hudson.model.Cause.UserIdCause;
import hudson.model.Job;
import hudson.model.Run;
import hudson.model.User;
import hudson.security.ACL;
import io.jenkins.plugins.chaosgate.telemetry.prometheus.Quote;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.flow.FlowExecutionOwner;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;

/**
 * In whose name a build injects faults: in that of the account it runs as; where that is Jenkins itself, in the name of
 * everybody who had a part in starting it, through other builds or by replaying it. Behind a timer, a change in the
 * sources or a remote trigger's token stands nobody; then the folder's and the target's leave is all there is.
 */
final class Starters {

    private static final String ADVICE =
            ". Ask an administrator for ChaosGate/Inject on the job, or have somebody start the build who has it";

    private final Job<?, ?> job;
    private final Authentication account;
    private final Collection<? extends Cause> causes;

    private Starters(Job<?, ?> job, Authentication account, Collection<? extends Cause> causes) {
        this.job = job;
        this.account = account;
        this.causes = causes;
    }

    static Starters of(Run<?, ?> run) throws TargetRefusedException {
        return new Starters(run.getParent(), accountOf(run), run.getCauses());
    }

    private static Authentication accountOf(Run<?, ?> run) throws TargetRefusedException {
        if (!(run instanceof FlowExecutionOwner.Executable pipeline)) {
            return ACL.SYSTEM2;
        }
        FlowExecutionOwner owner = pipeline.asFlowExecutionOwner();
        try {
            if (owner != null) {
                return owner.get().getAuthentication2();
            }
        } catch (IOException failure) {
            throw new TargetRefusedException("cannot tell as whom this build runs ("
                    + Quote.line(String.valueOf(failure.getMessage()), 160) + "), so it may not inject faults");
        }
        throw new TargetRefusedException("cannot tell as whom this build runs, so it may not inject faults");
    }

    /**
     * Passes only where all of them may inject faults in the job.
     *
     * @throws TargetRefusedException naming the first who may not
     */
    void requirePermission() throws TargetRefusedException {
        if (!ACL.SYSTEM2.equals(account)) {
            require(account, "this build runs as " + Quote.of(account.getName()) + ", who");
            return;
        }
        Set<String> people = new LinkedHashSet<>();
        collect(causes, people);
        for (String person : people) {
            require(authentication(person), Quote.of(person) + ", who had a part in starting this build,");
        }
    }

    private void require(Authentication somebody, String words) throws TargetRefusedException {
        if (!job.hasPermission2(somebody, ChaosGatePermissions.INJECT)) {
            throw new TargetRefusedException(
                    words + " may not inject faults in " + Quote.of(job.getFullName()) + ADVICE);
        }
    }

    private static void collect(Collection<? extends Cause> causes, Set<String> people) throws TargetRefusedException {
        for (Cause cause : causes) {
            if (cause instanceof DeeplyNestedUpstreamCause) {
                throw new TargetRefusedException(
                        "cannot tell who started this build: the chain of builds behind it is longer"
                                + " than Jenkins records. Start it by hand, or through fewer builds");
            }
            if (cause instanceof UpstreamCause upstream) {
                collect(upstream.getUpstreamCauses(), people);
            } else if (cause instanceof UserIdCause person) {
                people.add(Objects.requireNonNullElse(person.getUserId(), "anonymous"));
            }
        }
    }

    /** Never more than an anonymous visitor's, for somebody whom the security realm does not know (any more). */
    private static Authentication authentication(String id) {
        try {
            return Optional.ofNullable(User.getById(id, true))
                    .map(User::impersonate2)
                    .orElse(Jenkins.ANONYMOUS2);
        } catch (AuthenticationException unknown) {
            return Jenkins.ANONYMOUS2;
        }
    }
}
