package io.github.kaitsu.browser.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.kaitsu.browser.Chromium;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tab that shows its list in the page that is there already: it is read when all of it has come, and not much later. */
class InPageChangeTest {
    /** In the time that is given to what nothing tells of, there are many more. */
    private static final int FEW_LOOKS = 22;

    @TempDir
    static Path folder;

    private static volatile String html = "";
    private static HttpServer server;
    private static Playwright driver;
    private static BrowserContext context;

    private final AtomicInteger looks = new AtomicInteger();
    private Page page;
    private Window window;

    @BeforeAll
    static void start() throws IOException {
        Path chrome = Chromium.installed();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", InPageChangeTest::answer);
        server.start();
        driver = Chrome.driver();
        context = Chrome.start(driver, chrome, folder.resolve("profile"), true, Locale.ENGLISH);
    }

    @AfterAll
    static void stop() {
        if (driver != null) {
            driver.close();
            server.stop(0);
        }
    }

    @BeforeEach
    void open() {
        page = context.newPage();
        window = new Window(page, Duration.ofSeconds(10), looks::incrementAndGet);
    }

    @Test
    void linesThatAreThereAtOnce_areNotWaitedForLong() {
        show("list.textContent = 'new';");

        assertThat(change()).isTrue();
        assertThat(window.text()).contains("new");
        assertThat(looks.get()).isLessThan(FEW_LOOKS);
    }

    @Test
    void linesThatAreLoadedAfterTheFirst_areWaitedFor() {
        show("list.textContent = 'new'; fetch('/late').then(r => r.text()).then(t => list.append(t));");

        assertThat(change()).isTrue();
        assertThat(window.text()).contains("new").contains("late");
    }

    @Test
    void whileThePageSaysThatItIsBusy_itsLinesAreWaitedFor() {
        show("list.textContent = 'new'; list.ariaBusy = 'true';"
                + " setTimeout(() => { list.append('late'); list.ariaBusy = 'false'; }, 1000);");

        assertThat(change()).isTrue();
        assertThat(window.text()).contains("new").contains("late");
    }

    /** As long as the tab alone has changed, its list may still be to come. */
    @Test
    void anEmptyList_isGivenItsTime() {
        show("list.textContent = ''; setTimeout(() => list.textContent = 'late', 1500);");

        assertThat(change()).isTrue();
        assertThat(window.text()).contains("late");
    }

    @Test
    void aListThatStaysEmpty_isShownAllTheSame() {
        show("list.textContent = '';");

        assertThat(change()).isTrue();
    }

    private boolean change() {
        Locator tab = window.with(AriaRole.TAB, Pattern.compile("Tasks"));
        return window.change(
                tab::click,
                () -> "true".equals(tab.getAttribute("aria-selected")),
                () -> window.text().contains("new"));
    }

    /** A page with a tab whose list is shown in this way. */
    private void show(String list) {
        html = "<a role=tab aria-selected=false href='#' onclick=\"this.ariaSelected = 'true';" + list
                + " return false\">Tasks</a><p id=list>old</p>";
        page.navigate("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    private static void answer(HttpExchange exchange) {
        boolean isLate = exchange.getRequestURI().getPath().equals("/late");
        Executor when = isLate ? CompletableFuture.delayedExecutor(1200, TimeUnit.MILLISECONDS) : Runnable::run;
        when.execute(() -> {
            byte[] body = (isLate ? "late" : html).getBytes(StandardCharsets.UTF_8);
            try (exchange) {
                exchange.getResponseHeaders().add("Content-Type", "text/html");
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
