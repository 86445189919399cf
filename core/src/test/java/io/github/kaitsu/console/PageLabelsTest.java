package io.github.kaitsu.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.Edition;
import org.junit.jupiter.api.Test;

class PageLabelsTest {
    @Test
    void labels_areThoseOfBothLanguages() {
        assertThat(PageLabels.of(Edition.CONSOLE_2024_04, "console.add")).containsExactly("追加", "Add");
    }

    @Test
    void labels_followTheEdition() {
        assertThat(PageLabels.of(Edition.CONSOLE_2024_04, "google.signIn")).containsExactly("Sign in with Google");
        assertThat(PageLabels.of(Edition.CONSOLE_2024_07, "google.signIn"))
                .containsExactly("権限の付与", "Grant Permission");
    }

    @Test
    void aRemarkForPeople_isNoPartOfALabel() {
        assertThat(PageLabels.of(Edition.CONSOLE_2024_04, "console.updateStatus"))
                .containsExactly("ステータスの更新", "Update status");
        assertThat(PageLabels.of(Edition.CONSOLE_2024_04, "box.enforceNotifications"))
                .containsExactly("Enforce event notifications settings on all users", "すべてのユーザーにイベント通知の設定を強制する");
    }

    @Test
    void keys_ignoreWidthCaseAndSpaces_andNothingElse() {
        assertThat(PageLabels.key("Ａｄｄ")).isEqualTo(PageLabels.key(" add "));
        assertThat(PageLabels.key("管理")).isNotEqualTo(PageLabels.key("運用管理"));
    }
}
