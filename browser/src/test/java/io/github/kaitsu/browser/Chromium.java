package io.github.kaitsu.browser;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.kaitsu.browser.internal.Chrome;
import java.nio.file.Path;
import java.util.List;

/** The real browser that these tests need. */
public final class Chromium {
    private Chromium() {}

    /** Skips the test, by name and with the reason, unless a real browser is asked for; then it must be there. */
    public static Path installed() {
        assumeTrue(Boolean.getBoolean("kaitsu.browser-tests"), "a real browser is driven only with -Pbrowser");
        return Chrome.find(System.getenv())
                .orElseThrow(() -> new AssertionError("-Pbrowser needs an installed Chrome or Chromium"));
    }

    /** All that this process has started. */
    static void kill() {
        List<ProcessHandle> browsers = ProcessHandle.current()
                .descendants()
                .filter(p -> p.info().command().orElse("").contains("chrom"))
                .toList();
        browsers.forEach(ProcessHandle::destroyForcibly);
        browsers.forEach(p -> p.onExit().join());
    }
}
