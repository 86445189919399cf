package io.github.kaitsu.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import io.github.kaitsu.browser.internal.Chrome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Pictures are worth something only where Japanese characters are shown as such: without a font all are the same box. */
class JapaneseTest {
    @Test
    void everyCharacter_hasAShapeOfItsOwn() {
        Path chrome = Chromium.installed();
        List<byte[]> shapes = new ArrayList<>();
        try (Playwright driver = Chrome.driver()) {
            Page page = driver.chromium()
                    .launch(new LaunchOptions()
                            .setExecutablePath(chrome)
                            .setArgs(List.of("--no-sandbox", "--disable-background-networking")))
                    .newPage();
            for (String character : List.of("髙", "邉", "齋", "権", "ﾃ", "テ")) {
                page.setContent("<p style='display:inline-block;width:40px;height:40px;font-size:32px'>" + character);
                shapes.add(page.locator("p").screenshot());
            }
        }
        assertThat(shapes).doesNotHaveDuplicates();
    }
}
