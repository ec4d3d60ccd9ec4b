package io.jenkins.plugins.chaosgate.telemetry;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;

/** Is done with a response as soon as its headers are there; its body, however long, is not read. */
final class UnreadBody implements BodySubscriber<Void> {
    @Override
    public CompletionStage<Void> getBody() {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        subscription.cancel();
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        // What was on its way when the subscription was cancelled.
    }

    @Override
    public void onError(Throwable failure) {
        // The answer is complete without the body.
    }

    @Override
    public void onComplete() {
        // The answer was complete before.
    }
}
