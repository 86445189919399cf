package io.github.kaitsu.internal;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** A body that is given up when it grows too long. */
public final class BoundedBody implements HttpResponse.BodySubscriber<byte[]> {
    private final HttpResponse.BodySubscriber<byte[]> inner;
    private Flow.@Nullable Subscription subscription;
    private final long most;
    private long bytes;

    /** At most so many bytes. */
    public BoundedBody(HttpResponse.BodySubscriber<byte[]> inner, long most) {
        this.most = most;
        this.inner = inner;
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return inner.getBody();
    }

    @Override
    public void onSubscribe(Flow.Subscription s) {
        subscription = s;
        inner.onSubscribe(s);
    }

    @Override
    public void onNext(List<ByteBuffer> some) {
        for (ByteBuffer buffer : some) {
            bytes += buffer.remaining();
        }
        if (bytes > most) {
            if (subscription != null) {
                subscription.cancel();
            }
            inner.onError(new IOException("answer too long"));
        } else {
            inner.onNext(some);
        }
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
