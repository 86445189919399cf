package io.github.kaitsu.microsoft365.internal;

import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;

/**
 * Notes what one attempt was answered, since the SDK forgets it where the body of an error is no JSON, and takes the challenge
 * out of a 401, which the SDK would answer with a call of its own. Lets no answer through that is longer than any of Graph's.
 */
final class Witness implements Interceptor {
    private static final int UNAUTHORIZED = 401;
    private static final int LONGEST_ANSWER = 32 * 1024 * 1024;

    volatile int status;

    @Nullable
    volatile String requestId;

    @Nullable
    volatile String retryAfter;

    volatile boolean tooLong;

    @Override
    public Response intercept(Chain chain) throws IOException {
        Response response = chain.proceed(chain.request());
        status = response.code();
        requestId = response.header("request-id");
        retryAfter = response.header("Retry-After");
        if (response.isRedirect()) {
            response.close();
            throw new IOException("redirect"); // followed nowhere: the token stays here
        }
        Response bounded = bounded(response);
        return status == UNAUTHORIZED
                ? bounded.newBuilder().removeHeader("WWW-Authenticate").build()
                : bounded;
    }

    /** With the body, unpacked, already read; what is too long is broken off instead of filling the memory. */
    private Response bounded(Response response) throws IOException {
        try (response) {
            ResponseBody body = response.peekBody(LONGEST_ANSWER + 1L);
            tooLong = body.contentLength() > LONGEST_ANSWER;
            if (tooLong) {
                throw new IOException("the answer is too long");
            }
            return response.newBuilder().body(body).build();
        }
    }
}
