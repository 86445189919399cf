package io.github.kaitsu.browser.internal;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchPersistentContextOptions;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.PlaywrightException;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds the installed Chrome or Chromium and starts it with a profile. Nothing is ever downloaded. */
public final class Chrome {
    private static final List<String> COMMANDS =
            List.of("google-chrome", "google-chrome-stable", "chromium", "chromium-browser", "chrome", "chrome.exe");
    private static final List<String> PLACES = List.of(
            "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
            "/Applications/Chromium.app/Contents/MacOS/Chromium",
            "C:/Program Files/Google/Chrome/Application/chrome.exe",
            "C:/Program Files (x86)/Google/Chrome/Application/chrome.exe");
    /** Playwright reads it. */
    private static final String NODE = "PLAYWRIGHT_NODEJS_PATH";
    /** In {@code driver-bundle}, which holds Node.js for all platforms and nothing else. */
    private static final String BUNDLED_NODE = "/driver/linux/node";

    private static final List<String> QUIET = List.of(
            "--no-first-run",
            "--no-default-browser-check",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-features=PasswordLeakDetection",
            "--disable-save-password-bubble");

    private Chrome() {}

    /** What {@code KAITSU_CHROME} names, else the first one on the path or at its usual place. */
    public static Optional<Path> find(Map<String, String> environment) {
        String given = environment.getOrDefault("KAITSU_CHROME", "");
        if (!given.isBlank()) {
            return Optional.of(Path.of(given)).filter(Files::isExecutable);
        }
        return Stream.concat(onPath(environment, COMMANDS), PLACES.stream().map(Path::of))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** The first one on the path. Whether it is new enough, the driver says. */
    static Optional<Path> node(Map<String, String> environment) {
        return onPath(environment, List.of("node", "node.exe"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static Stream<Path> onPath(Map<String, String> environment, List<String> commands) {
        return Pattern.compile(Pattern.quote(File.pathSeparator))
                .splitAsStream(environment.getOrDefault("PATH", ""))
                .filter(folder -> !folder.isBlank())
                .flatMap(folder -> commands.stream().map(command -> Path.of(folder, command)));
    }

    /** Starts the driver, a program of its own that runs on Node.js: the bundled one, else the machine's. */
    public static Playwright driver() {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.put("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
        if (Chrome.class.getResource(BUNDLED_NODE) == null && System.getProperty("playwright.cli.dir") == null) {
            node(environment).ifPresent(node -> environment.putIfAbsent(NODE, node.toString()));
        }
        try {
            return Playwright.create(new Playwright.CreateOptions().setEnv(environment));
        } catch (RuntimeException e) { // the driver is missing or cannot be unpacked: Playwright has no type for that
            throw KaitsuException.because(e, ErrorCode.BROWSER_UNAVAILABLE, "driver");
        }
    }

    static BrowserContext start(Playwright driver, Path chrome, Path profile, boolean headless, Locale language) {
        List<String> flags = new ArrayList<>(QUIET);
        if (isRoot()) {
            flags.add("--no-sandbox"); // Chrome's own sandbox refuses root
        }
        if (headless) {
            flags.add("--disable-gpu");
        }
        try {
            return driver.chromium()
                    .launchPersistentContext(
                            profile,
                            new LaunchPersistentContextOptions()
                                    .setExecutablePath(chrome)
                                    .setHeadless(headless)
                                    .setChromiumSandbox(!isRoot())
                                    .setLocale(language.getLanguage().equals("ja") ? "ja-JP" : "en-US")
                                    .setArgs(flags));
        } catch (PlaywrightException e) {
            throw KaitsuException.because(e, ErrorCode.BROWSER_UNAVAILABLE, "start", chrome);
        }
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }
}
