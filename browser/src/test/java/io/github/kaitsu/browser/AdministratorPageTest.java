package io.github.kaitsu.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.sun.net.httpserver.HttpServer;
import io.github.kaitsu.Activation;
import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ActivationRequest;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.browser.internal.Chrome;
import io.github.kaitsu.invite.AdministratorPage;
import io.github.kaitsu.invite.InvitationRequest;
import io.github.kaitsu.invite.Invitations;
import io.github.kaitsu.invite.Invitations.Minted;
import io.github.kaitsu.invite.MemoryInvitationStore;
import io.github.kaitsu.operator.Answer;
import io.github.kaitsu.operator.AnswerForm;
import io.github.kaitsu.operator.OperatorAction;
import io.github.kaitsu.operator.Role;
import io.github.kaitsu.sandbox.Sandbox;
import io.github.kaitsu.sandbox.SandboxConnections;
import io.github.kaitsu.sandbox.ScriptedPerson;
import io.github.kaitsu.store.MemoryActivationStore;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The administrators' pages in a real Chromium, as one run comes to them: every kind of page in both languages, on a desk and on a
 * phone, in the light and in the dark; and used without script, and by the keyboard alone.
 */
class AdministratorPageTest {
    /** Here whoever wants to see them finds the pages as pictures. */
    private static final Path SEEN = Path.of("target", "invite");

    private static final int TURNS = 300;

    /** One way to look at a page; together they are every value of everything. */
    private enum Look {
        JA_PHONE("ja", 390, ColorScheme.LIGHT),
        JA_DESK("ja", 1280, ColorScheme.DARK),
        EN_PHONE("en", 390, ColorScheme.DARK),
        EN_DESK("en", 1280, ColorScheme.LIGHT);

        private final String language;
        private final int width;
        private final ColorScheme scheme;

        Look(String language, int width, ColorScheme scheme) {
            this.language = language;
            this.width = width;
            this.scheme = scheme;
        }
    }

    private final Map<Look, Page> looks = new EnumMap<>(Look.class);
    private final List<String> complaints = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();
    private String axe = "";
    private URI base = URI.create("http://127.0.0.1");

    @Test
    void everyPage_isReadableByEverybody_andCanBeUsedWithoutScriptAndByKeyboard() throws Exception {
        Path installed = Chromium.installed();
        Files.createDirectories(SEEN);
        axe = axe();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        base = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/invite");
        try (Sandbox sandbox = Sandbox.builder().start();
                ActivationClient client = ActivationClient.builder()
                        .provisioners(SandboxConnections.of(sandbox).provisioners())
                        .store(new MemoryActivationStore())
                        .clock(sandbox.clock())
                        .build();
                Playwright driver = Chrome.driver()) {
            Invitations invitations = Invitations.in(new MemoryInvitationStore());
            server.createContext(
                    "/invite",
                    AdministratorPage.builder(client, invitations, base)
                            .answered(id -> advance(client, id))
                            .build());
            server.start();
            Browser chrome = driver.chromium()
                    .launch(new LaunchOptions().setExecutablePath(installed).setArgs(List.of("--no-sandbox")));
            for (Look look : Look.values()) {
                looks.put(look, context(chrome, look).newPage());
                looks.get(look).onConsoleMessage(m -> complaints.add(m.text()));
                looks.get(look).onPageError(complaints::add);
            }
            Activation run = client.begin(
                    ActivationId.of("pages"),
                    ActivationRequest.builder(CustomerId.of(sandbox.site(), sandbox.account()))
                            .company("株式会社サンプル商事")
                            .services(CloudService.BOX, CloudService.MICROSOFT_TEAMS)
                            .insistOnSharePointPermission(true)
                            .build());
            advance(client, run.id());
            Map<Role, Minted> links = new EnumMap<>(Role.class);
            for (Role role : List.of(Role.CONSOLE, Role.BOX, Role.MICROSOFT365)) {
                links.put(role, invitations.mint(InvitationRequest.of(run.id(), role, role.id() + "@example.co.jp")));
            }
            look("preparation", links.get(Role.CONSOLE), "");
            look("preparation-teams", links.get(Role.MICROSOFT365), "");
            byKeyboardAlone(looks.get(Look.JA_DESK), links.get(Role.CONSOLE), run);
            withoutScript(chrome, links);
            look("device", links.get(Role.BOX), "/device");

            bringToItsEnd(client, sandbox, run, links);

            look("ended", links.get(Role.CONSOLE), "");
            assertThat(complaints).as("what the browser complains of").isEmpty();
            look("refused", links.get(Role.CONSOLE), "x");
            assertThat(seen)
                    .as("kinds of pages")
                    .contains("waiting", "DO-DONE", "READ-CONSOLE_TEXT", "READ-CHOICE", "DO-DONE-values");
        } finally {
            server.stop(0);
        }
    }

    private static BrowserContext context(Browser chrome, Look look) {
        return chrome.newContext(new Browser.NewContextOptions()
                .setViewportSize(look.width, 900)
                .setIsMobile(look.width < 400)
                .setUserAgent(look.width < 400 ? "Mozilla/5.0 (Linux; Android 15) Chrome/140.0 Mobile Safari" : null)
                .setPermissions(List.of("clipboard-read", "clipboard-write"))
                .setColorScheme(look.scheme));
    }

    private static Optional<Instant> advance(ActivationClient client, ActivationId id) {
        try {
            return client.advance(id).until();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private String address(Minted link, String below) {
        return link.link(base) + below;
    }

    // ---- looking

    private void look(String name, Minted link, String below) throws IOException {
        if (!seen.add(name)) {
            return;
        }
        for (Look look : Look.values()) {
            Page page = looks.get(look);
            page.navigate(address(link, below) + "?lang=" + look.language);
            page.screenshot(new Page.ScreenshotOptions()
                    .setFullPage(true)
                    .setPath(SEEN.resolve(name + "-" + look.name().toLowerCase(Locale.ROOT) + ".png")));
            for (int width : look.width < 400 ? new int[] {360, 390} : new int[] {look.width}) {
                page.setViewportSize(width, 900);
                assertThat(((Number) page.evaluate("document.documentElement.scrollWidth")).intValue())
                        .as("%s at %s: nothing to scroll sideways", name, width)
                        .isLessThanOrEqualTo(width);
                assertThat((List<?>) page.evaluate("""
                                () => [...document.querySelectorAll('header *, main *')]
                                    .filter(e => e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 1
                                        && getComputedStyle(e).display !== 'inline'
                                        && !['INPUT', 'TEXTAREA', 'SELECT'].includes(e.tagName))
                                    .map(e => e.outerHTML.slice(0, 120))"""))
                        .as("%s at %s: nothing sticks out of its place", name, width)
                        .isEmpty();
            }
            assertThat((List<?>) page.evaluate(axe + """
                            ; (async () => (await axe.run(document, {resultTypes: ['violations']})).violations
                                .map(v => v.id + ': ' + v.nodes.map(n => n.html.slice(0, 120)).join(' | ')))()"""))
                    .as("%s, %s: axe", name, look)
                    .isEmpty();
        }
    }

    private static String axe() throws IOException {
        try (InputStream in = AxeBuilder.class.getResourceAsStream("/axe.min.js")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    // ---- using

    private void byKeyboardAlone(Page page, Minted link, Activation run) {
        page.navigate(address(link, ""));
        press(page, "準備できました");
        String title = run.openActions().get(0).title(Locale.JAPANESE);
        assertThat(page.locator("h1").textContent()).isEqualTo(title);
        press(page, "できた");
        assertThat(page.locator("[role=status]").textContent()).isEqualTo("回答を受け付けました。");
        assertThat(page.locator("h1").textContent()).isNotEqualTo(title);
    }

    /** From the top of the page by Tab until it has the focus, which must be seen, then Enter. */
    private static void press(Page page, String button) {
        for (int i = 0; i < 40; i++) {
            page.keyboard().press("Tab");
            boolean isThere = (Boolean) page.evaluate(
                    "b => document.activeElement.tagName === 'BUTTON' && document.activeElement.textContent === b",
                    button);
            if (isThere) {
                assertThat(page.evaluate("getComputedStyle(document.activeElement).outlineStyle"))
                        .isEqualTo("solid");
                page.keyboard().press("Enter");
                page.waitForLoadState();
                return;
            }
        }
        throw new AssertionError("no way to " + button);
    }

    private void withoutScript(Browser chrome, Map<Role, Minted> links) {
        try (BrowserContext context = chrome.newContext(new Browser.NewContextOptions().setJavaScriptEnabled(false))) {
            Page page = context.newPage();
            for (Minted link : links.values()) {
                page.navigate(address(link, ""));
                Locator ready = button(page, "準備できました");
                if (ready.count() > 0) {
                    ready.click();
                }
            }
            page.navigate(address(links.get(Role.CONSOLE), ""));
            String title = page.locator("h1").textContent();
            button(page, "できた").click();
            assertThat(page.locator("h1").textContent()).isNotEqualTo(title);
            assertThat(button(page, "コピー").count())
                    .as("what needs a script is not shown")
                    .isZero();
        }
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private void bringToItsEnd(ActivationClient client, Sandbox sandbox, Activation run, Map<Role, Minted> links)
            throws IOException {
        ScriptedPerson person = new ScriptedPerson(sandbox, "sato@example.co.jp");
        for (int turn = 0; turn < TURNS && !run.view().ended(); turn++) {
            Optional<Instant> next = advance(client, run.id());
            List<OperatorAction> open = run.openActions();
            if (open.isEmpty()) {
                look("waiting", links.get(Role.BOX), "");
                next.ifPresent(sandbox.clock()::advanceTo);
                continue;
            }
            OperatorAction action = open.get(0);
            Minted link = links.get(Role.of(action.step()));
            boolean isReading = action.form().kind() == AnswerForm.Kind.CONSOLE_TEXT;
            String kind = action.kind() + "-" + action.form().kind()
                    + (action.template().values().isEmpty() ? "" : "-values");
            look(kind, link, "");
            Answer answer = person.perform(action);
            if (isReading && seen.add("checked")) {
                checkedAsItIsPasted(looks.get(Look.JA_DESK), link, ((Answer.Saw) answer).text());
            }
            if (kind.endsWith("-values") && seen.add("copied")) {
                copied(looks.get(Look.EN_DESK), link, action);
            }
            client.answer(run.id(), action.id(), answer);
        }
        assertThat(run.view().isSuccess()).isTrue();
    }

    private void checkedAsItIsPasted(Page page, Minted link, String text) {
        page.navigate(address(link, "?lang=ja"));
        Locator mark = page.locator("#state-PENDING");
        assertThat(mark.textContent()).isEqualTo("まだありません");
        page.locator("textarea[name^=paste]").first().fill(text);
        page.locator("#state-PENDING[data-state=COMPLETE]").waitFor();
        assertThat(mark.textContent()).isEqualTo("✓ 読み取れました");
        page.screenshot(new Page.ScreenshotOptions().setFullPage(true).setPath(SEEN.resolve("checked.png")));
    }

    private void copied(Page page, Minted link, OperatorAction action) {
        page.navigate(address(link, "?lang=en"));
        Locator copy = page.locator("button[data-copy]").first();
        copy.click();
        page.locator("button[data-copy]:text-is('Copied')").waitFor();
        assertThat(page.evaluate("navigator.clipboard.readText()"))
                .isEqualTo(action.template().values().values().iterator().next());
    }
}
