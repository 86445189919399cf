package io.github.kaitsu.microsoft365.internal;

import com.microsoft.kiota.RequestInformation;
import com.microsoft.kiota.authentication.AuthenticationProvider;
import io.github.kaitsu.vendor.VendorAnswer;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.http.HttpHeaders;
import java.util.Map;
import java.util.Optional;
import okhttp3.Interceptor;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.BufferedSource;
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
        private final String operation;
        private final String token;
        private @Nullable VendorAnswer answer;
        boolean tooLong;

        private Attempt(String operation, String token) {
            this.operation = operation;
            this.token = token;
        }

        /** The answer, if one came whole. */
        Optional<VendorAnswer> answer() {
            return Optional.ofNullable(answer);
        }
    }

    @SuppressWarnings("ThreadLocalUsage") // dies with its connection
    private final ThreadLocal<@Nullable Attempt> attempts = new ThreadLocal<>();

    /** What this thread sends and is answered from now on. */
    Attempt begin(String operation, String token) {
        Attempt attempt = new Attempt(operation, token);
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
        Attempt attempt = current();
        try (Response response = chain.proceed(chain.request())) {
            BufferedSource body = response.body().source(); // unpacked; no more than the longest fills the memory
            attempt.tooLong = body.request(LONGEST_ANSWER + 1L);
            byte[] whole = attempt.tooLong ? new byte[0] : body.readByteArray();
            attempt.answer = new VendorAnswer(
                    attempt.operation,
                    response.code(),
                    HttpHeaders.of(response.headers().toMultimap(), (name, value) -> true),
                    whole,
                    attempt.token,
                    response.request().isHttps());
            if (attempt.tooLong || response.isRedirect()) {
                throw new IOException("too long, or a redirect"); // followed nowhere: the token stays here
            }
            return response.newBuilder()
                    .removeHeader(response.code() == HttpURLConnection.HTTP_UNAUTHORIZED ? "WWW-Authenticate" : "none")
                    .body(ResponseBody.create(whole, response.body().contentType()))
                    .build();
        }
    }
}
