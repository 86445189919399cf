package io.github.kaitsu.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import io.github.kaitsu.ActionId;
import io.github.kaitsu.Activation;
import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ActivationRequest;
import io.github.kaitsu.ActivationStatus;
import io.github.kaitsu.ActivationView;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.browser.internal.Chrome;
import io.github.kaitsu.operator.RecordedChange;
import io.github.kaitsu.report.ActivationReport;
import io.github.kaitsu.report.Handover;
import io.github.kaitsu.sandbox.Sandbox;
import io.github.kaitsu.sandbox.SandboxConnections;
import io.github.kaitsu.sandbox.Scenario;
import io.github.kaitsu.sandbox.ScriptedPerson;
import io.github.kaitsu.store.MemoryActivationStore;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The handover report in a real Chromium, in both languages: on a desk, on a phone, in the dark and on paper. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HandoverReportTest {
    private static final Pattern PDF_PAGE = Pattern.compile("/Type\\s*/Page\\b(?!s)");

    private static final boolean IS_NIGHT = Boolean.getBoolean("kaitsu.nightly");

    /** Here whoever wants to see them finds the pages as pictures and PDF. */
    private static final Path SEEN = Path.of("target", "handover");

    private enum Run {
        /** All eight services are linked, the usual things are left. */
        COMPLETE,
        /** Some are done, somebody is asked. */
        UNDER_WAY,
        /** Box cannot be linked. */
        FAILED,
        REMOVED
    }

    private final Map<Run, ActivationReport> reports = new EnumMap<>(Run.class);
    private Playwright driver;
    private Browser chrome;
    private Path folder;

    @BeforeAll
    void run(@TempDir Path files) throws Exception {
        Path installed = Chromium.installed();
        folder = files;
        try (Sandbox sandbox = Sandbox.builder().start()) {
            ScriptedPerson person = new ScriptedPerson(sandbox, "sato@example.co.jp");
            try (ActivationClient client = client(sandbox, person)) {
                Activation run = client.begin(ActivationId.of("handover-1"), request(sandbox));
                goOn(
                        client,
                        sandbox,
                        person,
                        run,
                        v -> v.services().stream()
                                                .filter(s -> s.status() == ActivationStatus.PROTECTED)
                                                .count()
                                        == 3
                                && !v.openActions().isEmpty());
                reports.put(Run.UNDER_WAY, ActivationReport.of(run.view()));
                goOn(client, sandbox, person, run, ActivationView::ended);
                reports.put(Run.COMPLETE, ActivationReport.of(run.view()).with(changes(run.view())));
                Activation removal = client.beginRemoval(
                        ActivationId.of("handover-2"), run.view().customer(), Set.of(CloudService.BOX));
                goOn(client, sandbox, person, removal, ActivationView::ended);
                reports.put(Run.REMOVED, ActivationReport.of(removal.view()));
            }
        }
        try (Sandbox sandbox =
                Sandbox.builder().scenario(Scenario.of(Scenario.Kind.CO_ADMIN)).start()) {
            ScriptedPerson person = new ScriptedPerson(sandbox, "sato@example.co.jp");
            try (ActivationClient client = client(sandbox, person)) {
                Activation run = client.begin(ActivationId.of("handover-3"), request(sandbox));
                goOn(client, sandbox, person, run, ActivationView::ended);
                reports.put(Run.FAILED, ActivationReport.of(run.view()));
            }
        }
        driver = Chrome.driver();
        chrome = driver.chromium()
                .launch(new LaunchOptions().setExecutablePath(installed).setArgs(List.of("--no-sandbox")));
        Files.createDirectories(SEEN);
    }

    @AfterAll
    void close() {
        if (driver != null) {
            driver.close();
        }
    }

    private static ActivationClient client(Sandbox sandbox, ScriptedPerson person) {
        return ActivationClient.builder()
                .provisioners(SandboxConnections.of(sandbox).provisioners())
                .store(new MemoryActivationStore())
                .operator(person)
                .clock(sandbox.clock())
                .build();
    }

    private static ActivationRequest request(Sandbox sandbox) {
        return ActivationRequest.builder(CustomerId.of(sandbox.site(), sandbox.account()))
                .company("株式会社サンプル商事")
                .reference("K-1001")
                .build(); // all eight services
    }

    private static void goOn(
            ActivationClient client,
            Sandbox sandbox,
            ScriptedPerson person,
            Activation run,
            Predicate<ActivationView> until)
            throws InterruptedException {
        for (int i = 0; i < 5_000; i++) {
            Optional<Instant> next = client.advance(run.id()).until();
            if (until.test(run.view())) {
                return;
            }
            if (!person.performOne(client)) {
                next.ifPresent(sandbox.clock()::advanceTo);
            }
        }
        throw new AssertionError("never comes to it: " + run.view());
    }

    private List<RecordedChange> changes(ActivationView view) throws IOException {
        return List.of(
                change(view, "権限の付与", picture("1.png", Color.LIGHT_GRAY), picture("2.png", Color.GRAY)),
                change(view, "「Boxへのアクセス許可」", picture("3.png", Color.ORANGE), folder.resolve("gone.png")));
    }

    private static RecordedChange change(ActivationView view, String what, Path before, Path after) {
        return new RecordedChange(
                view.changedAt(),
                view.id(),
                new ActionId("box.grant.1"),
                RecordedChange.By.BROWSER,
                what,
                "https://admin.tmcas.trendmicro.co.jp/console",
                Optional.of(before),
                Optional.of(after));
    }

    private Path picture(String name, Color color) throws IOException {
        BufferedImage picture = new BufferedImage(1280, 800, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = picture.createGraphics();
        pen.setColor(color);
        pen.fillRect(0, 0, 1280, 800);
        Path file = folder.resolve(name);
        ImageIO.write(picture, "png", file.toFile());
        return file;
    }

    static Stream<Arguments> screens() {
        return Stream.of(Run.values())
                .flatMap(run -> Stream.of(Locale.JAPANESE, Locale.ENGLISH)
                        .flatMap(locale -> Stream.of(1280, 390)
                                .flatMap(width -> Stream.of(ColorScheme.LIGHT, ColorScheme.DARK)
                                        .filter(scheme -> IS_NIGHT || isOfTheDay(run, locale, width, scheme))
                                        .map(scheme -> Arguments.of(run, locale, width, scheme)))));
    }

    @ParameterizedTest
    @MethodSource("screens")
    void onAScreen_whateverItsWidthAndLight_isReadableByEverybody(Run run, Locale locale, int width, ColorScheme scheme)
            throws IOException {
        try (BrowserContext context = chrome.newContext(new Browser.NewContextOptions()
                .setViewportSize(width, 900)
                .setColorScheme(scheme)
                .setLocale(locale.toLanguageTag()))) {
            Page page = context.newPage();
            page.onRequest(r ->
                    assertThat(r.url()).as("loads nothing").startsWith("file:").endsWith(".html"));
            page.navigate(file(run, locale).toUri().toString());

            page.screenshot(new Page.ScreenshotOptions()
                    .setFullPage(true)
                    .setPath(SEEN.resolve(run + "-" + locale + "-" + width + "-" + scheme + ".png")));
            assertThat(((Number) page.evaluate("document.documentElement.scrollWidth")).intValue())
                    .as("nothing to scroll sideways")
                    .isLessThanOrEqualTo(width);
            assertThat((List<?>) page.evaluate("""
                            () => [...document.querySelectorAll('main *')]
                                .filter(e => e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 1
                                    && getComputedStyle(e).display !== 'inline')
                                .map(e => e.outerHTML.slice(0, 120))"""))
                    .as("nothing sticks out of its place")
                    .isEmpty();
            page.evaluate(axe());
            assertThat((List<?>) page.evaluate("""
                            async () => (await axe.run(document, {resultTypes: ['violations']})).violations
                                .map(v => v.id + ': ' + v.nodes.map(n => n.html.slice(0, 120)).join(' | '))""")).as("axe").isEmpty();
        }
    }

    /** As a customer gets it, for the README. */
    @ParameterizedTest
    @ValueSource(strings = {"ja", "en"})
    void picture_ofTheFirstPage_isInTheDocuments(String language) throws IOException {
        try (BrowserContext context = chrome.newContext(new Browser.NewContextOptions().setViewportSize(880, 1000))) {
            Page page = context.newPage();
            page.navigate(
                    file(Run.COMPLETE, Locale.forLanguageTag(language)).toUri().toString());
            Object says = page.evaluate("""
                    () => [...document.querySelectorAll('main > *:not(#evidence)')].map(e => e.innerText).join('\\n')""");
            Pictures.assertStillTrue("report." + language, String.valueOf(says), page.screenshot());
        }
    }

    private static String axe() throws IOException {
        try (InputStream in = AxeBuilder.class.getResourceAsStream("/axe.min.js")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** By day half of them: every two of the four together are among those. */
    private static boolean isOfTheDay(Run run, Locale locale, int width, ColorScheme scheme) {
        boolean odd = run == Run.UNDER_WAY || run == Run.REMOVED;
        boolean japanese = locale.equals(Locale.JAPANESE);
        return odd ^ japanese ^ width > 1000 ^ scheme == ColorScheme.DARK;
    }

    static Stream<Arguments> papers() {
        return Stream.of(Run.values())
                .flatMap(run -> Stream.of(Locale.JAPANESE, Locale.ENGLISH).map(locale -> Arguments.of(run, locale)));
    }

    /** And without script: nothing of it needs any. */
    @ParameterizedTest
    @MethodSource("papers")
    void onPaper_theFirstPageIsWhatTheCustomerNeeds_andTheEvidenceFollows(Run run, Locale locale) throws IOException {
        try (BrowserContext context = chrome.newContext(new Browser.NewContextOptions().setJavaScriptEnabled(false))) {
            Page page = context.newPage();
            Path file = file(run, locale);
            page.navigate(file.toUri().toString());
            byte[] all =
                    page.pdf(new Page.PdfOptions().setPreferCSSPageSize(true).setPrintBackground(true));
            Files.write(SEEN.resolve(run + "-" + locale + ".pdf"), all);
            assertThat(pages(all)).isGreaterThan(1);
            assertThat(new String(all, StandardCharsets.ISO_8859_1))
                    .containsPattern("/MediaBox \\[0 0 59[45](\\.\\d+)? 84[12]");

            String html = Files.readString(file);
            Path front = Files.writeString(
                    folder.resolve("front.html"), html.replaceAll("(?s)<section id=\"evidence\">.*(?=</main>)", ""));
            page.navigate(front.toUri().toString());
            assertThat(pages(page.pdf(new Page.PdfOptions().setPreferCSSPageSize(true))))
                    .as("the first page is one")
                    .isOne();
        }
    }

    @ParameterizedTest
    @MethodSource("papers")
    void theFirstPage_ofARealRun_namesNoRuleAndNoApiAndIsInOneLanguage(Run run, Locale locale) throws IOException {
        String html = Files.readString(file(run, locale));
        String front = html.substring(html.indexOf("<main>"), html.indexOf("<section id=\"evidence\""))
                .replaceAll("<[^>]*>", "\n");
        assertThat(front)
                .doesNotContainPattern("(COMMON|BOX|DROPBOX|GOOGLE|M365|MIP)-\\d")
                .doesNotContainPattern("(GET|POST) /|https?:|UTC");
        // names of companies, products, folders and labels as they are printed where a person must find them
        String own = front.replaceAll("「[^」]*」|“[^”]*”|株式会社サンプル商事|初期設定の組織|K-1001|CAS0001", "")
                .replaceAll("trendmicro_cas_temp__dont_change_or_delete|Trend Micro Cloud App Security|Kaitsu", "");
        for (CloudService service : CloudService.values()) {
            own = own.replace(service.label(Locale.ENGLISH), "").replace(service.label(Locale.JAPANESE), "");
        }
        assertThat(own.replaceAll("Microsoft 365|Google Workspace|Google|Dropbox|Box", ""))
                .doesNotContainPattern(
                        locale.equals(Locale.ENGLISH) ? "[\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}]" : "[A-Za-z]{2,}");
    }

    @ParameterizedTest
    @MethodSource("papers")
    void verdict_ofARealRun_isTrue(Run run, Locale locale) {
        Handover handover = reports.get(run).handover(locale);
        boolean english = locale.equals(Locale.ENGLISH);
        String expected = switch (run) {
            case COMPLETE ->
                english
                        ? "8 of 8 services are linked and proved; 2 settings of yours remain before they protect."
                        : "8サービス中8サービスの連携が完了し、確認できています。保護が始まるまでに、お客様による設定が2件残っています。";
            case UNDER_WAY -> english ? "Under way. 3 of 8 services are linked and proved;" : "作業中です。8サービス中3サービスの";
            case FAILED -> english ? "7 of 8 services are linked and proved;" : "8サービス中7サービスの連携が";
            case REMOVED -> english ? "1 of 1 service is removed" : "1サービス中1サービスの解除が";
        };
        assertThat(handover.verdict().get(0)).startsWith(expected);
        assertThat(handover.announcements())
                .hasSize(run == Run.COMPLETE || run == Run.FAILED ? 2 : run == Run.UNDER_WAY ? 1 : 0);
    }

    private Path file(Run run, Locale locale) throws IOException {
        Path file = folder.resolve(run + "-" + locale + ".html");
        return Files.exists(file)
                ? file
                : Files.writeString(file, reports.get(run).html(locale));
    }

    private static long pages(byte[] pdf) {
        return PDF_PAGE.matcher(new String(pdf, StandardCharsets.ISO_8859_1))
                .results()
                .count();
    }
}
