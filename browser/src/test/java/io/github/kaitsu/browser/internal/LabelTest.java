package io.github.kaitsu.browser.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A label is compared whole, in any width, case and spacing. */
class LabelTest {
    private static final Pattern DROPBOX = Label.whole(List.of("Dropbox"));
    private static final Pattern REFRESH = Label.whole(List.of("ステータスの更新"));
    private static final Pattern NOTIFICATIONS = Label.wholeOrCounted(List.of("通知"));

    @ParameterizedTest
    @ValueSource(strings = {"Dropbox", "DROPBOX", " Drop box ", "Ｄｒｏｐｂｏｘ", "Drop\u3000box", "\u00a0Dropbox\n"})
    void thisIsDropbox(String shown) {
        assertThat(DROPBOX.matcher(shown).find()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Box", "Dropbox for Business", "My Dropbox", "Dropboxチャット", ""})
    void thisIsNot(String shown) {
        assertThat(DROPBOX.matcher(shown).find()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ステータスの更新", "ｽﾃｰﾀｽの更新", "ステータス の 更新"})
    void katakanaOfAnyWidth(String shown) {
        assertThat(REFRESH.matcher(shown).find()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"通知", "通知 (3)", "通知（１２）"})
    void aTabMayCount(String shown) {
        assertThat(NOTIFICATIONS.matcher(shown).find()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"通知 (保留)", "通知とタスク", "通知 (3) を消去"})
    void butNothingElse(String shown) {
        assertThat(NOTIFICATIONS.matcher(shown).find()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Sync (all).*", "(.*)", "a|b", "[x]", "\\d"})
    void whatIsPunctuationInAPattern_isOnlyText(String label) {
        Pattern whole = Label.whole(List.of(label));
        assertThat(whole.matcher(label).find()).isTrue();
        assertThat(whole.matcher(label + "x").find()).isFalse();
        assertThat(whole.matcher("anything").find()).isFalse();
    }
}
