package io.github.kaitsu.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.console.ConsoleReading.Part;
import io.github.kaitsu.console.ReadingCases.Case;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What may leave the house of a console's page: its words, not its names (COMMON-19). */
class ConsoleCaptureTest {
    private static final String PAGE = """
            Trend Micro Cloud App Security | 運用管理 2026/11/25 19:10:00 (UTC+09:00)
            CAS0001
            運用管理 > サービスアカウント
            アカウント名 / 登録トークン\tサービスの種類\tステータス
            taro.sato@hanamaru.co.jp\tBox\t移行可能
            アプリID: 3f2504e0-4f89-41d3-9a0c-0305e82c3301\tMicrosoft Teams\t
            https://hanamaru.sharepoint.com/sites/a?x=1
            花丸商事の佐藤太郎が担当です
            通知 (2)
            重大度: 成功しました
            Boxは保護されています。 2026/11/25 19:03:12 - 花丸商事 東京支社
            「花丸」ポリシーを適用しました。 2026/11/25 19:03:13 - 花丸商事 東京支社
            """;

    @Test
    void common19_whenAPageIsCaptured_namesAreGoneAndTheConsolesWordsStay() {
        String masked = ConsoleCapture.of(PAGE).text();

        assertThat(masked.toLowerCase(Locale.ROOT))
                .doesNotContain("taro", "sato", "hanamaru", "花丸", "佐藤", "太郎", "東京", "cas0001", "3f2504e0", "商事");
        assertThat(masked)
                .contains("Trend Micro Cloud App Security | 運用管理 2026/11/25 19:10:00 (UTC+09:00)")
                .contains("運用管理 > サービスアカウント\nアカウント名 / 登録トークン\tサービスの種類\tステータス\n")
                .contains("\tBox\t移行可能\n")
                .contains("アプリID: ")
                .contains("通知 (2)\n重大度: 成功しました\nBoxは保護されています。 2026/11/25 19:03:12 - ")
                .contains("ポリシーを適用しました。 2026/11/25 19:03:13 - ");
        assertThat(masked.lines()).hasSameSizeAs(PAGE.lines().toList());
    }

    @Test
    void common19_whenAPageIsCaptured_oneNameHasOnePlaceholderOfItsShape() {
        String masked = ConsoleCapture.of(PAGE).text();
        List<String> lines = masked.lines().toList();
        String first = lines.get(10).split(" - ")[1];

        assertThat(lines.get(11)).endsWith(" - " + first);
        assertThat(first).hasSameSizeAs("花丸商事 東京支社").matches("\\p{IsHan}{4} \\p{IsHan}{4}");
        assertThat(lines.get(4)).matches("user\\d+@example\\.co\\.jp\tBox\t移行可能");
        assertThat(lines.get(6)).matches("https://example\\.com/\\d+");
        assertThat(ConsoleCapture.of(PAGE)).isEqualTo(ConsoleCapture.of(PAGE));
    }

    static Stream<Case> cases() {
        return ConsolePartsTest.cases();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void common19_whenAnyPageIsCaptured_itReadsAsBefore(Case c) {
        ConsoleCapture capture = ConsoleCapture.of(c.text());
        ConsoleReading before = ConsoleReading.parse(c.text());
        ConsoleReading after = ConsoleReading.parse(capture.text());

        assertThat(after.parts()).as(capture.text()).isEqualTo(before.parts());
        assertThat(capture.isFaithful()).isTrue();
        assertThat(after.listings()).as(capture.text()).isEqualTo(before.listings());
        assertThat(after.pending()).as(capture.text()).hasSameSizeAs(before.pending());
        assertThat(after.success()).as(capture.text()).hasSameSizeAs(before.success());
        assertThat(after.entries())
                .extracting(ConsoleEntry::time)
                .isEqualTo(before.entries().stream().map(ConsoleEntry::time).toList());
        assertThat(after.counts()).isEqualTo(before.counts());
    }

    @ParameterizedTest
    @MethodSource("manuals")
    void common19_whenTheManualsAreCaptured_theyReadAsBefore(String manual) {
        String text = Manuals.text(manual);

        assertThat(ConsoleReading.parse(ConsoleCapture.of(text).text()).parts())
                .isEqualTo(ConsoleReading.parse(text).parts());
    }

    static Stream<String> manuals() {
        return Stream.of(
                "lists-dropbox.txt",
                "lists-microsoft365.txt",
                "first-sign-in-microsoft365.txt",
                "service-accounts-microsoft365.txt");
    }

    @Property(tries = 200)
    void common19_whenAPageWithAnyNamesIsCaptured_itReadsAsBeforeWithoutThem(
            @ForAll("names") String organisation, @ForAll("names") String account, @ForAll boolean isPending) {
        String text = "運用管理 > サービスアカウント\nアカウント名\tサービスの種類\n" + account + "\tBox\n"
                + account.replace(" ", "") + "@example.co.jp\tGmail\nタスクリスト\n重大度: "
                + (isPending ? "保留" : "成功しました") + "\nBoxのユーザおよびグループを更新しています。 2026/11/25 10:03:12 - " + organisation
                + "\n" + account + "\n";
        ConsoleCapture capture = ConsoleCapture.of(text);
        ConsoleReading before = ConsoleReading.parse(text);
        ConsoleReading after = ConsoleReading.parse(capture.text());

        assertThat(after.parts()).as(text + capture.text()).isEqualTo(before.parts());
        assertThat(after.pending()).hasSameSizeAs(before.pending());
        assertThat(capture.text()).doesNotContain(organisation, account);
    }

    @Property(tries = 200)
    void common19_whenAnythingIsCaptured_itIsMaskedWithoutFault(@ForAll String text) {
        assertThat(ConsoleCapture.of(text).text().lines().count())
                .isEqualTo(text.lines().count());
    }

    @Test
    void common12_whenTheTextIsTooLong_itIsRefused() {
        assertThatThrownBy(() -> ConsoleCapture.of("x".repeat(1_000_001)))
                .isInstanceOfSatisfying(
                        KaitsuException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_CONSOLE_TEXT));
    }

    @Test
    void common19_whenAPageIsCaptured_itsPartsAreStillAllThere() {
        assertThat(ConsoleReading.parse(ConsoleCapture.of(PAGE).text()).parts())
                .isEqualTo(ConsoleReading.parse(PAGE).parts())
                .containsEntry(Part.ACCOUNTS, ConsoleReading.PartState.COMPLETE)
                .containsEntry(Part.CLOCK, ConsoleReading.PartState.COMPLETE);
    }

    @Provide
    Arbitrary<String> names() {
        Arbitrary<String> word =
                Arbitraries.of("花丸商事", "ＡＢＣ", "Hanamaru", "さくら工業", "株式会社アトリエ", "大阪第2支店", "BUNKO-1", "Ｋ２");
        return word.list().ofMinSize(1).ofMaxSize(3).map(words -> String.join(" ", words));
    }
}
