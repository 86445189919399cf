package io.github.kaitsu.box.internal;

import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.ForwardingSource;
import okio.Okio;
import okio.Source;

/** The SDK reads every answer whole, whatever its length: one that grows too long breaks off. */
final class BoundedAnswer extends ForwardingSource {
    /** A page has a thousand entries at most, of less than a kilobyte each. */
    static final long MOST_BYTES = 8 << 20;

    private long left = MOST_BYTES;

    private BoundedAnswer(Source answer) {
        super(answer);
    }

    /** Counts what was unpacked. */
    static Response bounded(Interceptor.Chain chain) throws IOException {
        Response answer = chain.proceed(chain.request());
        ResponseBody body = answer.body();
        return answer.newBuilder()
                .body(ResponseBody.create(
                        Okio.buffer(new BoundedAnswer(body.source())), body.contentType(), body.contentLength()))
                .build();
    }

    @Override
    public long read(Buffer sink, long most) throws IOException {
        long read = super.read(sink, most);
        left -= Math.max(0, read);
        if (left < 0) {
            throw new IOException("the answer is too long");
        }
        return read;
    }
}
