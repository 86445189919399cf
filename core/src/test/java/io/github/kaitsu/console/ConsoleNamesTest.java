package io.github.kaitsu.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.console.ConsoleReading.ListKind;
import io.github.kaitsu.console.ConsoleReading.Part;
import io.github.kaitsu.console.ConsoleReading.PartState;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Names of organisations, one text for two customers, and our own words pasted back. */
class ConsoleNamesTest {
    private static final String BOX = "Boxは保護されています。 2024/04/11 06:09:56 - 初期設定の組織\n";
    private static final String GMAIL = "Gmailは保護されています。 2024/04/11 06:09:57 - 初期設定の組織\n";

    // ---- organisations

    static Stream<List<String>> sameNames() {
        return Stream.of(
                List.of("東京〜大阪営業部", "東京～大阪営業部"),
                List.of("ＡＢＣ−東京", "ＡＢＣ－東京"),
                List.of("ABC-東京", "ＡＢＣ－東京"),
                List.of("本社—統括", "本社―統括"),
                List.of("葛城商事", "葛\uDB40\uDD00城商事"),
                List.of("葛城商事", "葛\uFE00城商事"),
                List.of("A‖B", "A∥B"),
                List.of("￠", "¢"),
                List.of("￡", "£"),
                List.of("￢", "¬"),
                List.of("初期設定の組織", "初期設定の組織 \uE5C5"),
                List.of("初期設定の組織", "\uE86C初期設定の組織\uFE0F"),
                List.of("営業部", "営\u3164業\u115F部\u1160"),
                List.of("営業部", "\u2800営業\u034F部\u180E\uFFA0"),
                List.of("営業部", "営\u200B業\u00AD部\uFEFF"),
                List.of("ＡＢＣ　商事", " ABC  商事\t"),
                List.of("ｶﾞｽ", "ガス"));
    }

    @ParameterizedTest
    @MethodSource("sameNames")
    void common12_whenTwoNamesOnlyLookAlike_theyAreOneOrganisation(List<String> names) {
        assertThat(ConsoleEntry.sameOrganisation(names.get(0), names.get(1))).isTrue();
        assertThat(ConsoleEntry.sameOrganisation(names.get(1), names.get(0))).isTrue();
    }

    static Stream<List<String>> differentNames() {
        return Stream.of(
                List.of("ABC商事", "abc商事"),
                List.of("ABC商事", "ABC 商事"),
                List.of("東京ー大阪", "東京-大阪"),
                List.of("葛城商事", "葛飾商事"),
                List.of("高橋", "髙橋"),
                List.of("営\uE000業", "営\uE001業"),
                List.of("営\uE000業", "営業"),
                List.of("Default Organization", "初期設定の組織"),
                List.of("か", "が"));
    }

    @ParameterizedTest
    @MethodSource("differentNames")
    void common12_whenTwoNamesDiffer_theyAreTwoOrganisations(List<String> names) {
        assertThat(ConsoleEntry.sameOrganisation(names.get(0), names.get(1))).isFalse();
    }

    // ---- one text for two customers

    @Test
    void common12_whenOneTextIsPastedAgain_itsFingerprintIsTheSame() {
        String text = "通知 (2)\n重大度: 成功しました\n" + BOX + GMAIL;
        String again = "> 重大度: 成功しました\n" + GMAIL + "Ｂｏｘは保護されています。\n2024/04/11　06:09:56 - 初期設定の組織\n" + GMAIL;

        String fingerprint = ConsoleReading.parse(text).fingerprint();

        assertThat(fingerprint)
                .matches("[0-9a-f]{64}")
                .isEqualTo(ConsoleReading.parse(again).fingerprint());
        assertThat(ConsoleReading.parse(text.replace("06:09:57", "06:09:58")).fingerprint())
                .isNotEqualTo(fingerprint);
        assertThat(ConsoleReading.parse(text.replace("初期設定の組織", "営業部")).fingerprint())
                .isNotEqualTo(fingerprint);
        assertThat(ConsoleReading.parse(text + "運用管理 > サービスアカウント\na@b.jp\tBox\n")
                        .fingerprint())
                .isNotEqualTo(fingerprint);
    }

    @Test
    void common12_whenNoLineHasATime_thereIsNoFingerprint() {
        assertThat(ConsoleReading.parse("運用管理 > サービスアカウント\n[redacted]\tBox\n").fingerprint())
                .isEmpty();
        assertThat(ConsoleReading.parse("重大度: 保留\nBoxは保護されています。\n").fingerprint())
                .isEmpty();
    }

    @Test
    void common12_whenNoLineHasATime_theAccountsAreTheFingerprint() {
        String accounts =
                "運用管理 > サービスアカウント\na@b.jp\tBox\nアプリID: 3f2504e0-4f89-41d3-9a0c-0305e82c3301\tMicrosoft Teams\n";
        String fingerprint = ConsoleReading.parse(accounts).fingerprint();

        assertThat(fingerprint).matches("[0-9a-f]{64}");
        assertThat(ConsoleReading.parse(
                                accounts + "タスクリスト\n重大度: 保留\nSuccessfully created a service account and synced data.\n")
                        .fingerprint())
                .isEqualTo(fingerprint);
        assertThat(ConsoleReading.parse(accounts.replace("a@b", "a@c")).fingerprint())
                .isNotEqualTo(fingerprint);
        assertThat(ConsoleReading.parse(accounts.replace("3301", "3302")).fingerprint())
                .isNotEqualTo(fingerprint);
    }

    @Test
    void common12_whenALineIsPastedInAnotherText_itsFingerprintIsTheSame() {
        ConsoleEntry line =
                ConsoleReading.parse("重大度: 成功しました\n" + BOX).success().get(0);
        ConsoleEntry again = ConsoleReading.parse("通知 (2)\n重大度: 成功しました\n" + GMAIL + "\n\n> " + BOX.replace(" ", "　"))
                .success()
                .get(1);

        assertThat(line.fingerprint()).matches("[0-9a-f]{64}").isEqualTo(again.fingerprint());
        assertThat(ConsoleReading.parse("重大度: 成功しました\nBoxは保護されています。\n")
                        .success()
                        .get(0)
                        .fingerprint())
                .isEmpty();
    }

    // ---- entries

    @Test
    void common12_whenALineIsWhole_onlyThenItIsCalledSo() {
        List<ConsoleEntry> entries = ConsoleReading.parse(BOX
                        + "Boxは保護されています。\n"
                        + "Gmailは保護されています。 2024/04/11 06:09:56\n"
                        + "何かが起きました。 2024/04/11 06:09:56 - 初期設定の組織\n"
                        + "Boxは保護されていません。 2024/04/11 06:09:56 - 初期設定の組織\n")
                .entries();

        assertThat(entries).extracting(ConsoleEntry::isWhole).containsExactly(true, false, false, false, true);
    }

    @Test
    void common12_whenALineStandsUnderAHeading_itsListIsItsMessagesOrElseTheHeadings() {
        List<ConsoleEntry> entries = ConsoleReading.parse("タスクリスト\n重大度: 失敗\n" + BOX
                        + "何かが起きました。 2024/04/11 06:09:56 - 初期設定の組織\n通知\n重大度: Failed\n"
                        + "Boxのユーザおよびグループを更新しました。 2024/04/11 06:09:56 - 初期設定の組織\n"
                        + "何かが起きました。 2024/04/11 06:09:58 - 初期設定の組織\n")
                .entries();

        assertThat(entries)
                .extracting(ConsoleEntry::list)
                .containsExactly(ListKind.NOTIFICATIONS, ListKind.TASKS, ListKind.TASKS, ListKind.NOTIFICATIONS);
        assertThat(entries).allMatch(ConsoleEntry::isFailure);
    }

    // ---- our own words

    static Stream<Locale> languages() {
        return Stream.of(Locale.JAPANESE, Locale.ENGLISH);
    }

    @ParameterizedTest
    @MethodSource("languages")
    void common19_whenOurInstructionsArePastedBack_theyProveNothing(Locale language) {
        List<String> texts = instructions(language);

        assertThat(texts).hasSizeGreaterThan(100);
        for (String text : texts) {
            assertProvesNothing(text);
        }
        assertProvesNothing(String.join("\n", texts));
    }

    private static void assertProvesNothing(String text) {
        ConsoleReading reading = ConsoleReading.parse(text);

        assertThat(reading.entries()).as(text).isEmpty();
        assertThat(reading.parts().values()).as(text).doesNotContain(PartState.COMPLETE);
        assertThat(reading.listings()).as(text).isEmpty();
    }

    /** As a person sees them: the labels filled in. */
    private static List<String> instructions(Locale language) {
        ResourceBundle texts = ResourceBundle.getBundle("io.github.kaitsu.text.actions_" + language.getLanguage());
        ResourceBundle labels = ResourceBundle.getBundle("io.github.kaitsu.text.labels_" + language.getLanguage());
        List<String> shown = new ArrayList<>();
        Enumeration<String> keys = texts.getKeys();
        while (keys.hasMoreElements()) {
            String text = texts.getString(keys.nextElement());
            for (String label : labels.keySet()) {
                text = text.replace("{" + label + "}", labels.getString(label));
            }
            shown.add(text.replace("{0}", "Box").replace("{1}", "Box").replace("{2}", "初期設定の組織"));
        }
        shown.sort(null);
        return shown;
    }

    // ---- the furniture question

    @Test
    void common19_whenALineIsCalledFurniture_itIsNeitherUnreadNorPending() {
        String line = "新しい機能をご利用いただけるようになりました。";
        String text = "タスクリスト\n重大度: 保留\n" + line + "\n";
        ConsoleReading before = ConsoleReading.parse(text);
        ConsoleReading after =
                ConsoleReading.parse(text, Set.of(ConsoleReading.furnitureKey("  新しい機能を ご利用いただけるようになりました。")));

        assertThat(before.unread()).containsExactly(line);
        assertThat(before.pending()).hasSize(1);
        assertThat(after.unread()).isEmpty();
        assertThat(after.pending()).isEmpty();
        assertThat(after.state(Part.PENDING)).isEqualTo(PartState.COMPLETE);
    }

    @Test
    void common19_whenARowIsCalledFurniture_itStaysARow() {
        String row = "admin@example.co.jp\tBox";
        String text = "運用管理 > サービスアカウント\nアカウント名\tサービスの種類\n" + row;

        assertThat(ConsoleReading.parse(text, Set.of(ConsoleReading.furnitureKey(row)))
                        .listed(CloudService.BOX))
                .isEqualTo(ConsoleReading.Listing.LISTED);
    }
}
