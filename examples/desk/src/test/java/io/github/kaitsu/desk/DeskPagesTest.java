package io.github.kaitsu.desk;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.github.kaitsu.CloudService;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * The desk in a real Chromium: every page in both languages, wide and on a phone, in the light and in the dark; and used without script,
 * and by the keyboard alone.
 */
class DeskPagesTest {
    /** Here whoever wants to see them finds the pages as pictures. */
    private static final Path SEEN = Path.of("target", "desk");

    /** One way to look at a page; together they are every value of everything. */
    private enum Look {
        JA_PHONE("ja", 390, ColorScheme.LIGHT),
        JA_WIDE("ja", 1280, ColorScheme.DARK),
        EN_PHONE("en", 390, ColorScheme.DARK),
        EN_WIDE("en", 1280, ColorScheme.LIGHT);

        private final String language;
        private final int width;
        private final ColorScheme scheme;

        Look(String language, int width, ColorScheme scheme) {
            this.language = language;
            this.width = width;
            this.scheme = scheme;
        }
    }

    @Test
    void everyPage_isReadableByEverybody_andCanBeUsedWithoutScriptAndByKeyboard() throws Exception {
        try (Chromium chromium = Chromium.launch();
                RunningDesk desk = RunningDesk.start()) {
            Files.createDirectories(SEEN);
            Customer open = Customer.begin(desk, "CAS0041", "株式会社サンプル商事", CloudService.BOX);
            Customer ended = Customer.begin(desk, "CAS0042", "有限会社見本", CloudService.DROPBOX);
            ended.bringToItsEnd();
            Customer keyboard = Customer.begin(desk, "CAS0043", "合同会社例示", CloudService.DROPBOX);
            String state = signedIn(chromium.browser(), desk);
            String page = "/customers/" + open.id();
            List<String> paths = List.of(
                    "/sign-in?out",
                    "/customers",
                    "/customers/new",
                    page,
                    page + "/invite",
                    page + "/actions/" + open.view().openActions().get(0).id().value(),
                    "/today",
                    "/customers/" + ended.id(),
                    "/customers/" + ended.id() + "/handover",
                    "/drift",
                    "/figures",
                    "/notices",
                    "/customers/nobody");
            for (Look look : Look.values()) {
                looked(chromium.browser(), look, desk, state, paths);
            }
            byKeyboardAlone(chromium.browser(), desk, state, keyboard);
            withoutScript(chromium.browser(), desk);
            changesByItself(chromium.browser(), desk, state, open);
        }
    }

    private static String signedIn(Browser browser, RunningDesk desk) {
        try (BrowserContext context = browser.newContext()) {
            Page page = context.newPage();
            page.navigate(desk.signIn().toString());
            assertThat(page.url()).isEqualTo(desk.url() + "/customers");
            return context.storageState();
        }
    }

    // ---- looking

    private static void looked(Browser browser, Look look, RunningDesk desk, String state, List<String> paths)
            throws IOException {
        String axe = axe();
        List<String> complaints = new ArrayList<>();
        try (BrowserContext context = browser.newContext(new Browser.NewContextOptions()
                .setStorageState(state)
                .setLocale(look.language)
                .setViewportSize(look.width, 900)
                .setColorScheme(look.scheme))) {
            Page page = context.newPage();
            page.onConsoleMessage(m -> complaints.add(m.text()));
            page.onPageError(complaints::add);
            for (String path : paths) {
                page.navigate(desk.url() + path);
                String name = path.replaceAll("fleet-|[^A-Za-z0-9]+", "-").replaceAll("^-|-[0-9a-f]{12}", "");
                page.screenshot(new Page.ScreenshotOptions()
                        .setFullPage(true)
                        .setPath(SEEN.resolve(name + "-" + look.name().toLowerCase(Locale.ROOT) + ".png")));
                assertThat(page.locator("h1").count()).as(path).isOne();
                assertThat(page.locator("html").getAttribute("lang")).as(path).isEqualTo(look.language);
                assertThat(((Number) page.evaluate("document.documentElement.scrollWidth")).intValue())
                        .as("%s, %s: nothing to scroll sideways", path, look)
                        .isLessThanOrEqualTo(look.width);
                assertThat((List<?>) page.evaluate(axe + """
                    ; (async () => (await axe.run(document, {resultTypes: ['violations']})).violations
                        .map(v => v.id + ': ' + v.nodes.map(n => n.html.slice(0, 120)).join(' | ')))()\
                    """))
                        .as("%s, %s: axe", path, look)
                        .isEmpty();
            }
        }
        assertThat(complaints)
                .as("what the browser complains of, but the page that is missing")
                .allMatch(c -> c.contains("404"));
    }

    private static String axe() throws IOException {
        try (InputStream in = AxeBuilder.class.getResourceAsStream("/axe.min.js")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    // ---- using

    private static void byKeyboardAlone(Browser browser, RunningDesk desk, String state, Customer customer) {
        try (BrowserContext context = browser.newContext(
                new Browser.NewContextOptions().setStorageState(state).setLocale("ja-JP"))) {
            Page page = context.newPage();
            page.navigate(desk.url() + "/customers/" + customer.id());
            String first = customer.view().openActions().get(0).title(Locale.JAPANESE);
            press(page, first);
            assertThat(page.locator("h1").textContent()).isEqualTo(first);
            press(page, "できた");
            assertThat(page.locator("[role=status]").textContent()).isEqualTo("回答を記録しました。");
            assertThat(customer.view().openActions().get(0).title(Locale.JAPANESE))
                    .isNotEqualTo(first);
        }
    }

    /** From the top of the page by Tab until it has the focus, which must be seen, then Enter. */
    private static void press(Page page, String text) {
        for (int i = 0; i < 60; i++) {
            page.keyboard().press("Tab");
            boolean isThere = (Boolean) page.evaluate(
                    "t => ['A', 'BUTTON'].includes(document.activeElement.tagName)"
                            + " && document.activeElement.textContent.trim() === t",
                    text);
            if (isThere) {
                assertThat(page.evaluate("getComputedStyle(document.activeElement).outlineStyle"))
                        .isEqualTo("solid");
                page.keyboard().press("Enter");
                page.waitForLoadState();
                return;
            }
        }
        throw new AssertionError("no way to " + text);
    }

    private static void withoutScript(Browser browser, RunningDesk desk) {
        try (BrowserContext context = browser.newContext(
                new Browser.NewContextOptions().setJavaScriptEnabled(false).setLocale("ja-JP"))) {
            Page page = context.newPage();
            page.navigate(desk.signIn().toString());
            link(page, "今日の作業").click();
            page.locator("#begin").click();
            String title = page.locator("h1").textContent();
            assertThat(button(page, "コピー").count())
                    .as("what needs a script is not shown")
                    .isZero();
            button(page, "できた").click();
            assertThat(page.url()).contains("/queue/");
            assertThat(page.locator("[role=status]").textContent()).isEqualTo("回答を記録しました。");
            assertThat(page.locator("h1").textContent()).isNotEmpty();
            assertThat(title).isNotEmpty();
            button(page, "サインアウト").click();
            assertThat(page.url()).contains("/sign-in");
        }
    }

    /** The page hears of it by itself. */
    private static void changesByItself(Browser browser, RunningDesk desk, String state, Customer customer)
            throws InterruptedException {
        try (BrowserContext context = browser.newContext(
                new Browser.NewContextOptions().setStorageState(state).setLocale("ja-JP"))) {
            Page page = context.newPage();
            page.navigate(desk.url() + "/customers/" + customer.id());
            desk.get(io.github.kaitsu.ActivationClient.class).cancel(customer.id(), "sato@example.co.jp");
            page.getByText("sato@example.co.jpが中止しました").waitFor();
        }
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static Locator link(Page page, String name) {
        return page.getByRole(
                AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true));
    }
}
