package io.github.kaitsu.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CleanTextTest {

    @Test
    void plain_whenATextHoldsControls_makesThemHarmless() {
        assertThat(CleanText.plain("a\r\nb\tc\u2028d\u0085e")).isEqualTo("a  b c d e");
        assertThat(CleanText.plain("\u001b[31mred\u0007\u009b")).isEqualTo("\uFFFD[31mred\uFFFD\uFFFD");
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                0x202A, 0x202E, 0x2066, 0x2069, 0x200E, 0x200F, 0x061C, 0x200B, 0xFEFF, 0xE0041, 0x3164, 0x115F, 0x1160,
                0xFFA0, 0x2800, 0x034F, 0x17B4, 0x180B, 0xFE00, 0xFE0F, 0xE0100, 0xE01EF
            })
    void plain_whenATextTurnsItsDirectionOrHides_dropsThat(int invisible) {
        assertThat(CleanText.plain("a" + Character.toString(invisible) + "b")).isEqualTo("ab");
    }

    @Test
    void plain_whenATextIsCutInTheMiddleOfACharacter_replacesTheHalf() {
        assertThat(CleanText.plain("\uD83D")).isEqualTo("\uFFFD");
        assertThat(CleanText.plain("𠮷野家")).isEqualTo("𠮷野家");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '§',
            quoteCharacter = '\0',
            value = {
                "a|b§a\\|b",
                "`rm`§\\`rm\\`",
                "<script>§\\<script\\>",
                "[x](javascript:1)§\\[x\\](javascript:1)",
                "**x**§\\*\\*x\\*\\*",
                "a\\|b§a\\\\\\|b",
                "&#124;§\\&#124;",
                "# x§\\# x",
                "- x§\\- x",
                "1. x§1\\. x",
                "10) x§10\\) x",
                "https://evil.example§https\\://evil.example",
                "www.evil.example§www\\.evil.example",
                "box.folders 2 of 2§box.folders 2 of 2",
            })
    void markdown_whenATextHoldsMarkup_escapesIt(String text, String escaped) {
        assertThat(CleanText.markdown(text)).isEqualTo(escaped);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '§',
            quoteCharacter = '\0',
            value = {"x§`x`", "a`b§``a`b``", "``§``` `` ```", "<a|b>§`<a|b>`"})
    void markdownCode_whenATextHoldsBackticks_fencesWithMore(String text, String code) {
        assertThat(CleanText.markdownCode(text)).isEqualTo(code);
    }

    @Test
    void html_whenATextHoldsMarkup_escapesItForTextAndAttributes() {
        assertThat(CleanText.html("<a href=\"x\" onclick='y'>&"))
                .isEqualTo("&lt;a href=&quot;x&quot; onclick=&#39;y&#39;&gt;&amp;");
    }
}
