package io.github.kaitsu.consent.internal;

import io.github.kaitsu.consent.TokenGrant;
import io.github.kaitsu.vendor.VendorCallException;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/** Asks a {@link TokenEndpoint}; may die at it. */
final class HttpVendor extends UnaskedVendor {
    private final String origin;
    private final String death;

    HttpVendor(int port, String death) {
        this.origin = "http://127.0.0.1:" + port;
        this.death = death;
    }

    static TokenGrant grant(String number) {
        return new TokenGrant(
                "access-secret-" + number, Optional.empty(), Optional.of("refresh-secret-" + number), Set.of("read"));
    }

    @Override
    public TokenGrant refresh(TokenGrant grant) {
        if (death.equals("before-answer")) {
            Runtime.getRuntime().halt(1);
        }
        String number = post("/token", grant.refreshToken().orElseThrow())
                .orElseThrow(() -> VendorCallException.of("POST /token", 400)
                        .code("invalid_grant")
                        .build());
        if (death.equals("after-answer")) {
            Runtime.getRuntime().halt(1);
        }
        return grant(number);
    }

    boolean accepts(String token) {
        return post("/api", token).isPresent();
    }

    private Optional<String> post(String path, String body) {
        try {
            HttpURLConnection call =
                    (HttpURLConnection) URI.create(origin + path).toURL().openConnection();
            call.setDoOutput(true);
            call.getOutputStream().write(body.getBytes(StandardCharsets.US_ASCII));
            if (call.getResponseCode() != HttpURLConnection.HTTP_OK) {
                return Optional.empty();
            }
            return Optional.of(new String(call.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw VendorCallException.of("POST " + path, 0).build();
        }
    }

    @Override
    public void revoke(TokenGrant grant) {
        throw new UnsupportedOperationException();
    }
}
