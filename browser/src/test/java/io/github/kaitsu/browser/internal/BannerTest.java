package io.github.kaitsu.browser.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import io.github.kaitsu.browser.Chromium;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The strip along the page: in nobody's way, and there for whoever cannot see it. */
class BannerTest {
    private static final String BELOW = "position:fixed;bottom:4px;right:4px";
    private static final String ABOVE = "position:fixed;top:4px;left:4px";

    @TempDir
    static Path folder;

    private static Playwright driver;
    private static BrowserContext context;
    private static Banner banner;
    private Page page;

    @BeforeAll
    static void start() {
        Path chrome = Chromium.installed();
        driver = Chrome.driver();
        context = Chrome.start(driver, chrome, folder.resolve("profile"), true, Locale.JAPANESE);
        banner = new Banner(context, Locale.JAPANESE);
    }

    @AfterAll
    static void stop() {
        if (driver != null) {
            driver.close();
        }
    }

    @BeforeEach
    void open() {
        page = context.newPage();
    }

    @AfterEach
    void close() {
        page.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<button id=it style='" + BELOW + "'>OK</button>",
                "<input type=submit id=it value=OK style='" + BELOW + "'>",
                "<a href=x id=it style='" + BELOW + "'>OK</a>",
                "<div role=button id=it style='" + BELOW + "'>OK</div>",
                "<button id=it style='" + ABOVE + "'>OK</button>",
                "<button id=it style='position:absolute;bottom:0'>OK</button>",
                "<p style='height:3000px'></p><button id=it>OK</button>",
                "<div style='height:100vh;overflow:auto'><p style='height:3000px'></p><button id=it>OK</button></div>"
            })
    void noControlOfThePage_isCovered(String body) {
        page.setContent("<!doctype html><body style='margin:0'>" + body);
        banner.person(page, "「OK」をクリックしてください。");

        page.evaluate("""
                () => {
                  scrollTo(0, 1e6);
                  document.querySelectorAll('div').forEach(d => d.scrollTo(0, 1e6));
                  return new Promise(r => requestAnimationFrame(() => requestAnimationFrame(r)));
                }
                """);

        assertThat(page.evaluate("""
                () => {
                  const strip = document.getElementById('kaitsu-banner').getBoundingClientRect();
                  const it = document.getElementById('it').getBoundingClientRect();
                  return strip.height > 20 && (it.bottom <= strip.top || it.top >= strip.bottom);
                }
                """)).isEqualTo(true);
    }

    @Test
    void aScreenReader_isToldWhatHappensAndWhatCanBePressed() {
        page.setContent("<p>x");
        banner.machine(page, "Box を付与する");
        banner.person(page, "「信頼する」をクリックしてください。");

        Map<String, String> named = accessible();
        assertThat(named)
                .containsEntry("Kaitsuの操作状況", "region")
                .containsEntry("この作業を引き継ぐ", "button")
                .containsEntry("中断する", "button")
                .containsEntry("あなたの番です: 「信頼する」をクリックしてください。", "StaticText");
        assertThat(named.keySet()).noneMatch(n -> n.contains("操作しています"));
    }

    @Test
    void withTheKeyboardAlone_thePersonStopsIt_alsoWhenItsWordsChangeMeanwhile() {
        page.setContent("<input id=field>");
        banner.machine(page, "Box を付与する");
        page.locator("#field").focus();

        page.keyboard().press("Tab");
        page.keyboard().press("Tab");
        banner.person(page, "パスワードを入力してください。");
        page.keyboard().press("Enter");

        page.waitForCondition(() -> {
            try {
                banner.heed();
                return false;
            } catch (Banner.Stopped e) {
                return true;
            }
        });
    }

    @Test
    void noLookup_findsItsButtons() {
        page.setContent("<p>x");
        banner.machine(page, "Box を付与する");

        assertThat(page.getByRole(AriaRole.BUTTON).count()).isZero();
    }

    /** What the person is asked to press is named as they read it. */
    @ParameterizedTest
    @CsvSource({
        "<button>信頼する</button>, 信頼する",
        "<input type=submit value=信頼する>, 信頼する",
        "<input type=button value=' 信頼する '>, 信頼する",
        "<input type=image alt=信頼する>, 信頼する",
        "<a href=x>信頼する</a>, 信頼する",
        "<button aria-label=信頼する><svg></svg></button>, 信頼する",
        "<button title=信頼する></button>, 信頼する",
        "<button><img alt=信頼する></button>, 信頼する"
    })
    void aControlIsNamed_asItIsRead(String control, String name) {
        page.setContent(control);

        assertThat(Window.labelOf(page.locator("body > *"))).isEqualTo(name);
    }

    private Map<String, String> accessible() {
        Map<String, String> named = new TreeMap<>();
        CDPSession session = context.newCDPSession(page);
        for (JsonElement node : session.send("Accessibility.getFullAXTree").getAsJsonArray("nodes")) {
            JsonObject n = node.getAsJsonObject();
            if (!n.get("ignored").getAsBoolean() && n.has("name")) {
                named.putIfAbsent(
                        n.getAsJsonObject("name").get("value").getAsString(),
                        n.getAsJsonObject("role").get("value").getAsString());
            }
        }
        session.detach();
        return named;
    }
}
