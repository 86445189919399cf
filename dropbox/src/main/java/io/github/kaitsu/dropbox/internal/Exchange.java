package io.github.kaitsu.dropbox.internal;

import com.dropbox.core.http.HttpRequestor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/**
 * One call of the SDK, which keeps the answer as it came: the SDK's exceptions lose the status of a 429 without a number of
 * seconds, and the body of most. Not thread-safe.
 */
final class Exchange extends HttpRequestor {
    private final DropboxHttp http;
    private @Nullable HttpResponse<byte[]> answer;
    private boolean interrupted;

    Exchange(DropboxHttp http) {
        this.http = http;
    }

    /** The answer, if one came. */
    @Nullable
    HttpResponse<byte[]> answer() {
        return answer;
    }

    boolean interrupted() {
        return interrupted;
    }

    @Override
    public Uploader startPost(String url, Iterable<Header> headers) {
        return new Uploader() {
            private final ByteArrayOutputStream body = new ByteArrayOutputStream();

            @Override
            public OutputStream getBody() {
                return body;
            }

            @Override
            public void close() {}

            @Override
            public void abort() {}

            @Override
            public Response finish() throws IOException {
                return send(url, headers, body.toByteArray());
            }
        };
    }

    private Response send(String url, Iterable<Header> headers, byte[] body) throws IOException {
        try {
            HttpResponse<byte[]> got = http.post(url, headers, body);
            answer = got;
            return new Response(
                    got.statusCode(),
                    new ByteArrayInputStream(got.body()),
                    got.headers().map());
        } catch (InterruptedException e) {
            interrupted = true;
            throw new InterruptedIOException("interrupted");
        }
    }

    @Override
    public Response doGet(String url, Iterable<Header> headers) {
        throw new UnsupportedOperationException("every read of Dropbox is a POST");
    }

    @Override
    public Uploader startPut(String url, Iterable<Header> headers) {
        throw new UnsupportedOperationException("nothing is put");
    }
}
