package io.github.kaitsu.microsoft365.internal;

import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Notes what one attempt was answered, since the SDK forgets it where the body of an error is no JSON, and takes the challenge
 * out of a 401, which the SDK would answer with a call of its own.
 */
final class Witness implements Interceptor {
    private static final int UNAUTHORIZED = 401;

    volatile int status;

    @Nullable
    volatile String requestId;

    @Nullable
    volatile String retryAfter;

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
        return status == UNAUTHORIZED
                ? response.newBuilder().removeHeader("WWW-Authenticate").build()
                : response;
    }
}
