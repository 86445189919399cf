package io.github.kaitsu.vendor.http;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** How the body of an answer is kept from filling the memory. */
public final class BoundedBody {
    private BoundedBody() {}

    /**
     * Reads bodies of at most so many bytes, as they are sent: unpacked they may be longer. A longer one is given up, and its call
     * fails with {@link TooLong} as the cause. Thread-safe.
     */
    public static HttpResponse.BodyHandler<byte[]> upTo(long most) {
        return head -> new Subscriber(most);
    }

    /** A body was longer than it may be. */
    public static final class TooLong extends IOException {
        private static final long serialVersionUID = 1L;

        private TooLong() {
            super("answer too long");
        }
    }

    private static final class Subscriber implements HttpResponse.BodySubscriber<byte[]> {
        private final HttpResponse.BodySubscriber<byte[]> inner = HttpResponse.BodySubscribers.ofByteArray();
        private Flow.@Nullable Subscription subscription;
        private long left;

        Subscriber(long most) {
            this.left = most;
        }

        @Override
        public CompletionStage<byte[]> getBody() {
            return inner.getBody();
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
            inner.onSubscribe(given);
        }

        @Override
        public void onNext(List<ByteBuffer> some) {
            for (ByteBuffer buffer : some) {
                left -= buffer.remaining();
            }
            if (left >= 0) {
                inner.onNext(some);
                return;
            }
            if (subscription != null) {
                subscription.cancel();
            }
            inner.onError(new TooLong());
        }

        @Override
        public void onError(Throwable e) {
            inner.onError(e);
        }

        @Override
        public void onComplete() {
            inner.onComplete();
        }
    }
}
