package io.github.kaitsu.browser;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.kaitsu.browser.internal.Chrome;
import java.nio.file.Path;
import java.util.Optional;

/** The real browser that these tests need. */
final class Chromium {
    private Chromium() {}

    /** Skips the test, by name and with the reason, where there is none. */
    static Path installed() {
        assumeTrue(Boolean.getBoolean("kaitsu.browser-tests"), "a real browser is driven only with -Pbrowser");
        Optional<Path> found = Chrome.find(System.getenv());
        assumeTrue(found.isPresent(), "no Chrome or Chromium is installed here");
        return found.orElseThrow();
    }
}
