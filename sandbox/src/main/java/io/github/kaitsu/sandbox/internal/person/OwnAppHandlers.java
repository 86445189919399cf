package io.github.kaitsu.sandbox.internal.person;

import io.github.kaitsu.sandbox.HtmlText;
import io.github.kaitsu.sandbox.internal.View;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What is granted to the embedding team's own application, in the same browser as everything else. */
final class OwnAppHandlers {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final List<String> ALLOW = List.of("Boxへのアクセス許可", "許可", "承諾");

    private final Browser browser;

    OwnAppHandlers(Browser browser) {
        this.browser = browser;
    }

    /** Opens the address, signs in if asked, allows. */
    Optional<URI> consent(URI authorization) {
        View page = browser.open(authorization);
        for (String label : ALLOW) {
            if (!browser.isAway(page) && page.hasButton(label)) {
                page = browser.visitor.press(page, label);
            }
        }
        return browser.isAway(page) ? Optional.of(page.address()) : Optional.empty();
    }

    /** The browser follows the redirection, as it would by itself. */
    static String comeBack(URI redirect) {
        HttpRequest request = HttpRequest.newBuilder(redirect)
                .timeout(TIMEOUT)
                .header("Accept-Language", "ja")
                .build();
        try {
            HttpResponse<String> answer = HttpClient.newHttpClient()
                    .send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            return HtmlText.of(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted on the way back", e);
        }
    }
}
