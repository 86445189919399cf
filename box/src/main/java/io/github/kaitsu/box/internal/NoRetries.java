package io.github.kaitsu.box.internal;

import com.box.sdkgen.networking.fetchoptions.FetchOptions;
import com.box.sdkgen.networking.fetchresponse.FetchResponse;
import com.box.sdkgen.networking.retries.RetryStrategy;
import java.io.IOException;
import java.util.regex.Pattern;
import okhttp3.Interceptor;
import okhttp3.Response;

/**
 * Switches the SDK's own retries off: it refreshes on each 401 and reads {@code Retry-After} as a number only. This is also
 * the one seam before a redirect is followed; none is, since no answer of the API is one.
 */
final class NoRetries implements RetryStrategy {
    private static final Pattern ZERO = Pattern.compile("\\s*0+\\s*");
    private static final int FIRST_REDIRECT = 300;
    private static final int FIRST_ERROR = 400;

    /** A redirect, which is not followed. */
    static final class Redirected extends RuntimeException {
        private static final long serialVersionUID = 1L;

        final int status;

        Redirected(int status) {
            super("redirect", null, false, false);
            this.status = status;
        }
    }

    /** OkHttp by itself repeats a 503 with a {@code Retry-After} of nothing; it does not see that here. */
    static Response withoutZeroDelay(Interceptor.Chain chain) throws IOException {
        Response answer = chain.proceed(chain.request());
        String delay = answer.header("Retry-After");
        return delay != null && ZERO.matcher(delay).matches()
                ? answer.newBuilder().removeHeader("Retry-After").build()
                : answer;
    }

    @Override
    public boolean shouldRetry(FetchOptions options, FetchResponse response, int attempt) {
        int status = response.getStatus();
        if (status >= FIRST_REDIRECT && status < FIRST_ERROR) {
            throw new Redirected(status);
        }
        return false;
    }

    @Override
    public double retryAfter(FetchOptions options, FetchResponse response, int attempt) {
        return 0;
    }
}
