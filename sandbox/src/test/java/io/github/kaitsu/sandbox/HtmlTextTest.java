package io.github.kaitsu.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HtmlTextTest {
    @Test
    void whatIsHidden_isNotCopied() {
        String html =
                "<p>a</p><div role=\"menu\" hidden=\"hidden\">b<div>c<br/></div><input type=\"hidden\" value=\"x\"/>d</div>"
                        + "<form><input type=\"hidden\" name=\"hidden\"/>e</form>";
        assertThat(HtmlText.of(html)).isEqualTo("a\ne");
    }

    @Test
    void of_joinsCellsByTabsAndRowsByLines() {
        String html = "<html><head><title>x</title><style>a{}</style></head><body><p>A &amp;\n B</p><table>"
                + "<tr><td><input type=\"checkbox\"/></td><td>1</td><td>&#x3042;<br></td></tr></table><script>1<2</script>"
                + "<div>C</div>D<!-- no --></body></html>";
        assertThat(HtmlText.of(html)).isEqualTo("A & B\n1\tあ\nC\nD");
    }

    @Test
    void of_leavesPlainTextAlone() {
        assertThat(HtmlText.of("")).isEmpty();
        assertThat(HtmlText.of("a < b &unknown; c")).isEqualTo("a < b &unknown; c");
    }
}
