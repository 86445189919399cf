package io.github.kaitsu.box.internal;

import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.Response;
import okhttp3.ResponseBody;

/** The SDK reads every answer whole, whatever its length: one that grows too long is none. */
final class BoundedAnswer {
    /** A page has a thousand entries at most, of less than a kilobyte each. */
    static final long MOST_BYTES = 8 << 20;

    private BoundedAnswer() {}

    /** Counts what was unpacked. */
    static Response bounded(Interceptor.Chain chain) throws IOException {
        try (Response answer = chain.proceed(chain.request())) {
            ResponseBody body = answer.peekBody(MOST_BYTES + 1);
            if (body.contentLength() > MOST_BYTES) {
                throw new IOException("the answer is too long");
            }
            return answer.newBuilder().body(body).build();
        }
    }
}
