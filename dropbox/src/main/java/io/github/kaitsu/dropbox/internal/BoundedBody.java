package io.github.kaitsu.dropbox.internal;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** A body that is given up when it grows too long. */
final class BoundedBody implements HttpResponse.BodySubscriber<byte[]> {
    private final HttpResponse.BodySubscriber<byte[]> all = HttpResponse.BodySubscribers.ofByteArray();
    private Flow.@Nullable Subscription source;
    private long left;

    BoundedBody(long most) {
        this.left = most;
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return all.getBody();
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        source = subscription;
        all.onSubscribe(subscription);
    }

    @Override
    public void onNext(List<ByteBuffer> some) {
        left -= some.stream().mapToLong(ByteBuffer::remaining).sum();
        if (left >= 0) {
            all.onNext(some);
        } else if (source != null) {
            source.cancel();
            all.onError(new IOException("the answer is too long"));
        }
    }

    @Override
    public void onError(Throwable cause) {
        all.onError(cause);
    }

    @Override
    public void onComplete() {
        all.onComplete();
    }
}
