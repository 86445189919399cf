package io.github.kaitsu.consent.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.consent.ConsentClient;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NavigationTest {
    private static final List<String> METHODS = List.of("GET", "HEAD", "POST", "OPTIONS", "get");
    private static final List<String> PURPOSES = List.of("", "prefetch", "prefetch;prerender", "preview", "instant");
    private static final List<String> NAMES = List.of("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz");
    private static final List<String> PLACES =
            List.of("", "document", "image", "iframe", "empty", "script", "style", "document, image", "prefetch");
    private static final List<String> MODES = List.of("", "navigate", "no-cors", "cors", "same-origin");

    /** Every combination; what a browser does not say, it is believed. */
    @Test
    void isOne_whenNothingSaysOtherwise() {
        int ones = 0;
        for (String method : METHODS) {
            for (String name : NAMES) {
                for (String purpose : PURPOSES) {
                    for (String place : PLACES) {
                        for (String mode : MODES) {
                            Map<String, String> headers = new HashMap<>();
                            put(headers, name, purpose);
                            put(headers, "Sec-Fetch-Dest", place);
                            put(headers, "Sec-Fetch-Mode", mode);
                            boolean expected = method.equals("GET")
                                    && purpose.isEmpty()
                                    && List.of("", "document").contains(place)
                                    && List.of("", "navigate").contains(mode);
                            assertThat(ConsentClient.isNavigation(method, headers::get))
                                    .as(method + headers)
                                    .isEqualTo(expected);
                            ones += expected ? 1 : 0;
                        }
                    }
                }
            }
        }
        assertThat(ones).isEqualTo(4 * 4);
    }

    private static void put(Map<String, String> headers, String name, String value) {
        if (!value.isEmpty()) {
            headers.put(name, value);
        }
    }
}
