package io.github.kaitsu.desk;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The real browser that these tests need. */
final class Chromium implements AutoCloseable {
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome", "chrome");

    private final Playwright driver;
    private final Browser browser;

    private Chromium(Playwright driver, Browser browser) {
        this.driver = driver;
        this.browser = browser;
    }

    /** Skips the test, by name and with the reason, unless a real browser is asked for; then it must be there. */
    static Chromium launch() {
        assumeTrue(Boolean.getBoolean("kaitsu.browser-tests"), "a real browser is driven only with -Pbrowser");
        Map<String, String> environment =
                new HashMap<>(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1", "PATH", System.getenv("PATH")));
        if (System.getenv("PLAYWRIGHT_NODEJS_PATH") == null) {
            onPath(List.of("node")).ifPresent(node -> System.setProperty("playwright.nodejs.path", node.toString()));
        }
        Playwright driver = Playwright.create(new Playwright.CreateOptions().setEnv(environment));
        Path installed =
                onPath(NAMES).orElseThrow(() -> new AssertionError("-Pbrowser needs an installed Chrome or Chromium"));
        return new Chromium(
                driver,
                driver.chromium()
                        .launch(new LaunchOptions().setExecutablePath(installed).setArgs(List.of("--no-sandbox"))));
    }

    private static java.util.Optional<Path> onPath(List<String> names) {
        return names.stream()
                .flatMap(name -> Stream.of(System.getenv("PATH").split(java.io.File.pathSeparator))
                        .map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    Browser browser() {
        return browser;
    }

    @Override
    public void close() {
        driver.close();
    }
}
