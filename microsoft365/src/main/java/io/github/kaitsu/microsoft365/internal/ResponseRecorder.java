package io.github.kaitsu.microsoft365.internal;

import com.microsoft.kiota.RequestInformation;
import com.microsoft.kiota.authentication.AuthenticationProvider;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.util.Map;
import okhttp3.Interceptor;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;

/**
 * Gives the attempt that this thread makes its token, and notes what it was answered, since the SDK forgets it where the body of an
 * error is no JSON. So one client of the SDK serves all attempts and threads.
 *
 * <p>Takes the challenge out of a 401, which the SDK would answer with a call of its own, and lets no answer through that is longer
 * than any of Graph's. Thread-safe.
 */
final class ResponseRecorder implements Interceptor, AuthenticationProvider {
    private static final int LONGEST_ANSWER = 32 * 1024 * 1024;

    /** What one attempt sends and was answered; of one thread. */
    static final class Attempt {
        private final String token;
        private @Nullable Response answer;
        boolean tooLong;

        private Attempt(String token) {
            this.token = token;
        }

        /** 0 if no answer came. */
        int status() {
            return answer == null ? 0 : answer.code();
        }

        @Nullable
        String header(String name) {
            return answer == null ? null : answer.header(name);
        }
    }

    @SuppressWarnings("ThreadLocalUsage") // dies with its connection
    private final ThreadLocal<@Nullable Attempt> attempts = new ThreadLocal<>();

    /** What this thread sends and is answered from now on. */
    Attempt begin(String token) {
        Attempt attempt = new Attempt(token);
        attempts.set(attempt);
        return attempt;
    }

    /** This thread sends nothing any more. */
    void end() {
        attempts.remove();
    }

    private Attempt current() {
        Attempt current = attempts.get();
        if (current == null) {
            throw new IllegalStateException("no attempt of this thread");
        }
        return current;
    }

    @Override
    public void authenticateRequest(RequestInformation request, @Nullable Map<String, Object> context) {
        request.headers.tryAdd("Authorization", "Bearer " + current().token);
    }

    @Override
    public Response intercept(Chain chain) throws IOException {
        Response response = chain.proceed(chain.request());
        Attempt attempt = current();
        attempt.answer = response;
        if (response.isRedirect()) {
            response.close();
            throw new IOException("redirect"); // followed nowhere: the token stays here
        }
        Response bounded = bounded(response, attempt);
        return attempt.status() == HttpURLConnection.HTTP_UNAUTHORIZED
                ? bounded.newBuilder().removeHeader("WWW-Authenticate").build()
                : bounded;
    }

    /** With the body, unpacked, already read; what is too long is broken off instead of filling the memory. */
    private static Response bounded(Response response, Attempt attempt) throws IOException {
        try (response) {
            ResponseBody body = response.peekBody(LONGEST_ANSWER + 1L);
            attempt.tooLong = body.contentLength() > LONGEST_ANSWER;
            if (attempt.tooLong) {
                throw new IOException("the answer is too long");
            }
            return response.newBuilder().body(body).build();
        }
    }
}
