package io.jenkins.plugins.chaosgate.mesh.cluster;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Stops reading an answer of the Kubernetes API that is too large, while it comes in: whoever answers in the API's place
 * could otherwise fill the memory of all of Jenkins.
 */
final class AnswerLimit implements Interceptor {

    /** Beyond what a page of {@link Cluster#list} can be: 500 objects of at most 1.5 MiB each never come near it in practice. */
    static final long LARGEST = 64L << 20;

    private final long largest;

    /** @param largest bytes of an answer's body, as it is once uncompressed */
    AnswerLimit(long largest) {
        this.largest = largest;
    }

    @Override
    public AsyncBody.Consumer<List<ByteBuffer>> consumer(
            AsyncBody.Consumer<List<ByteBuffer>> reader, HttpRequest request) {
        return new Counting(reader, largest);
    }

    /** An answer was larger than allowed. */
    static final class AnswerTooLargeException extends IOException {
        private static final long serialVersionUID = 1L;

        private AnswerTooLargeException(long largest) {
            super("the answer is larger than " + (largest >> 20) + " MiB, and was not read to its end");
        }
    }

    private static final class Counting implements AsyncBody.Consumer<List<ByteBuffer>> {
        private final AsyncBody.Consumer<List<ByteBuffer>> reader;
        private final long largest;
        private long read;

        private Counting(AsyncBody.Consumer<List<ByteBuffer>> reader, long largest) {
            this.reader = reader;
            this.largest = largest;
        }

        @Override
        public void consume(List<ByteBuffer> part, AsyncBody body) throws Exception {
            read += part.stream().mapToLong(ByteBuffer::remaining).sum();
            if (read > largest) {
                throw new AnswerTooLargeException(largest);
            }
            reader.consume(part, body);
        }

        @Override
        public <U> U unwrap(Class<U> type) {
            return reader.unwrap(type);
        }
    }
}
