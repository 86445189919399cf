package io.github.kaitsu.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReturnPageTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                ReturnPage.SENTENCE,
                "④左の画面「Please close this window, then back to \r\nTrend Micro Cloud App Security continue provision.」と\n表示されたら",
                "> Please close this window, then back\n> to Trend\u00A0Micro Cloud App   Security continue provision.",
                "\tplease close this window,then back to Trend Micro Cloud App Security\u2028continue provision.  "
            })
    void common8_whenThePageHoldsTheSentence_theConsentHasReturned(String page) {
        assertThat(ReturnPage.matches(page)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Please close this window, then back to Trend Micro Cloud App Security",
                "Please close this window.",
                "Please do not close this window, then back to Trend Micro Cloud App Security continue.",
                "Access denied. Trend Micro Cloud App Security continue provision."
            })
    void common8_whenThePageHoldsOnlyAPart_nothingHasReturned(String page) {
        assertThat(ReturnPage.matches(page)).isFalse();
    }
}
