package io.github.kaitsu.invite.internal;

import static io.github.kaitsu.invite.internal.Html.el;
import static io.github.kaitsu.invite.internal.Html.is;
import static io.github.kaitsu.invite.internal.Html.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HtmlTest {
    @Test
    void whateverATextHolds_itStaysText() {
        String page = Html.document(
                el("p", is("title", "\"><script>alert(1)</script>"), text("<b>&'\"\u202Egnp.\u0000\u0007</b>\nnext")));

        assertThat(page)
                .contains("title=\"&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;\"")
                .contains("&lt;b&gt;&amp;&#39;&quot;gnp.&lt;/b&gt;\nnext")
                .doesNotContain("<script", "<b>", "\u202E", "\u0000", "\u0007");
    }

    @Test
    void aTextThatBeginsWithALineBreak_keepsItInAField() {
        assertThat(Html.document(el("textarea", text("\na")))).contains("<textarea>\n\na</textarea>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "javascript:alert(1)",
                " javascript:alert(1)",
                "JaVaScRiPt:alert(1)",
                "data:text/html,x",
                "//evil.example.com/",
                "/\\evil.example.com",
                "vbscript:x",
                "https:evil",
                "file:///etc/passwd"
            })
    void anAddressThatNoBrowserShouldGoTo_isRefused(String address) {
        assertThatThrownBy(() -> is("href", address)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://example.co.jp/a?b=c#d", "mailto:?subject=%E6%97%A5", "/invite/abc?lang=ja", "#notes"})
    void anyOtherAddress_isTaken(String address) {
        assertThat(is("href", address).value()).isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(strings = {"onclick", "style", "href onload=x", "A"})
    void anAttributeThatRunsSomething_isRefused(String name) {
        assertThatThrownBy(() -> is(name, "x")).isInstanceOf(IllegalArgumentException.class);
    }
}
