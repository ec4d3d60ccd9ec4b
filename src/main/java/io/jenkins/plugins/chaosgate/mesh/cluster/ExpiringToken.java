package io.jenkins.plugins.chaosgate.mesh.cluster;

import io.fabric8.kubernetes.client.OAuthTokenProvider;
import java.time.Duration;
import java.util.function.Supplier;

/** A token that is asked for anew once it has been used for so long. */
final class ExpiringToken implements OAuthTokenProvider {

    private final long lifeNanos;
    private final Supplier<String> renewal;
    private String token;
    private long bornNanos = System.nanoTime();

    ExpiringToken(Duration life, String first, Supplier<String> renewal) {
        this.lifeNanos = life.toNanos();
        this.token = first;
        this.renewal = renewal;
    }

    @Override
    public synchronized String getToken() {
        if (System.nanoTime() - bornNanos >= lifeNanos) {
            token = renewal.get();
            bornNanos = System.nanoTime();
        }
        return token;
    }
}
