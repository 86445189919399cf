package io.github.kaitsu.vendor.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PastedAnswerTest {
    private static final String STATE = "0123456789abcdef.AbCdEfGhIjKlMnOpQrStUvWxYz-0123456789_abcdefgh";
    private static final String TENANT = "0f8fad5b-d9cb-469f-a165-70867728950e";
    private static final List<String> READ = List.of("state", "code", "error", "tenant", "admin_consent", "iss");

    /** Each vendor's answers, in the vendor's order. */
    private enum Kind {
        BOX("http://127.0.0.1:4000/callback?code=aB3dE5fG7hI9&state=" + STATE),
        DROPBOX("http://localhost:4000/callback?code=Xy-_1234567890abcdef&state=" + STATE),
        GOOGLE("https://app.example.co.jp/cb?state=" + STATE + "&iss=https%3A%2F%2Faccounts.google.com"
                + "&code=4%2F0AVMBsJ-_x1&scope=openid+https%3A%2F%2Fwww.googleapis.com%2Fauth%2Fapps.licensing"
                + "&authuser=0&hd=example.co.jp&prompt=consent"),
        MICROSOFT("https://app.example.co.jp:8443/cb?code=1.AXoA-_b.AgABBAIAAA&state=" + STATE + "&session_state="
                + TENANT),
        REFUSED("http://127.0.0.1:4000/?error=access_denied&error_description=AADSTS65004%3a+User+declined.&state="
                + STATE),
        ADMIN_CONSENT("https://app.example.co.jp/back?admin_consent=True&tenant=" + TENANT
                + "&scope=https%3A%2F%2Fgraph.microsoft.com%2FUser.Read&state=" + STATE),
        ADMIN_CONSENT_TENANT_LAST(
                "https://app.example.co.jp/back?admin_consent=True&state=" + STATE + "&tenant=" + TENANT),
        ADMIN_REFUSED("https://app.example.co.jp/back?admin_consent=True&error=permission_denied&state=" + STATE);

        private final String address;

        Kind(String address) {
            this.address = address;
        }
    }

    private static boolean isWhole(Callback c) {
        boolean isClaim = c.parameter("tenant").filter(TENANT::equals).isPresent()
                && c.parameter("admin_consent").isPresent();
        return c.hasState(STATE) && (c.code().isPresent() || c.error().isPresent() || isClaim);
    }

    private static Map<String, String> read(String text) {
        return values(PastedAnswer.read(text, PastedAnswerTest::isWhole));
    }

    private static Map<String, String> values(Callback c) {
        Map<String, String> found = new TreeMap<>();
        READ.forEach(name -> c.parameter(name).ifPresent(value -> found.put(name, value)));
        return found;
    }

    private static Map<String, String> meant(Kind kind) {
        return values(Callback.parse(URI.create(kind.address)));
    }

    // ---- how it is brought

    private static final List<String> WRAPS =
            List.of("\n", "\r\n", "\r\n   ", "\n> ", "\n> > ", "\n＞　", "\u2028", "\u00AD\n");

    private static final List<String> BEFORE = List.of(
            "",
            "  ",
            "<",
            "\"",
            "「",
            "(",
            "URL: ",
            "URLは",
            "こちらです。\n\n",
            "Here it is:\n> ",
            "I first opened https://www.example.com/start?x=1 and then got\n",
            "[",
            "\uFEFF",
            "**");

    private static final List<String> BEHIND = List.of(
            "",
            "\n",
            ">",
            "\"",
            "」",
            "）",
            "。",
            ".",
            "、よろしくお願いします。",
            " です",
            "。\n-- \nSato",
            "\n\nRegards,\nSato",
            "\nよろしくお願いいたします。\n佐藤",
            " please check",
            "\n___\nSato",
            "](https://www.example.com/)",
            "**",
            " <https://www.example.com/>");

    @ParameterizedTest
    @EnumSource(Kind.class)
    void brokenAnywhere_betweenAnything_itIsTheSame(Kind kind) {
        Map<String, String> meant = meant(kind);
        int n = 0;
        for (int at = 1; at < kind.address.length(); at++) {
            for (String wrap : WRAPS) {
                String broken = kind.address.substring(0, at) + wrap + kind.address.substring(at);
                String text = BEFORE.get(n % BEFORE.size()) + broken + BEHIND.get(n % BEHIND.size());
                assertThat(read(text)).as(text).isEqualTo(meant);
                n++;
            }
        }
    }

    static Stream<UnaryOperator<String>> forms() {
        return Stream.of(
                address -> address,
                address -> address.replace("&", "&amp;"),
                address -> address.replace("&", "&amp;amp;"),
                address -> address.replace("&", "&#38;"),
                address -> "&lt;" + address.replace("&", "&amp;") + "&gt;",
                PastedAnswerTest::fullWidth,
                address -> address.replaceAll("(.{20})", "$1\r\n  "),
                address -> address.replace("&", "\n> &"),
                address -> address.replace("=", "=3D").replaceAll("(.{60})", "$1=\n"),
                address -> address.replaceFirst("http", "HTTP"),
                address -> "> " + address.replaceAll("(.{40})", "$1\n> "),
                address -> address + "&session={\"a\"|`b`^\\}",
                address -> address + "#");
    }

    private static String fullWidth(String text) {
        StringBuilder wide = new StringBuilder();
        text.chars().forEach(c -> wide.append((char) (c > ' ' && c <= '~' ? c + 0xFEE0 : c)));
        return wide.toString();
    }

    @ParameterizedTest
    @MethodSource("forms")
    void inAnyForm_betweenAnything_itIsTheSame(UnaryOperator<String> form) {
        for (Kind kind : Kind.values()) {
            for (String before : BEFORE) {
                for (String behind : BEHIND) {
                    String text = before + form.apply(kind.address) + behind;
                    assertThat(read(text)).as(text).isEqualTo(meant(kind));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void withoutWhatStandsBeforeTheQuery_betweenAnything_itIsTheSame(Kind kind) {
        String query = kind.address.substring(kind.address.indexOf('?') + 1);
        for (String bare :
                List.of(query, "?" + query, "localhost:4000/callback?" + query, query.replace("&", "&amp;"))) {
            for (String before : BEFORE) {
                for (String behind : BEHIND) {
                    String text = before + bare + behind;
                    if (!text.contains("https://")) { // an address beside it would be taken for its own
                        assertThat(read(text)).as(text).isEqualTo(meant(kind));
                    }
                }
            }
        }
    }

    /** A code is spent by its first use, right or wrong. */
    @Test
    void whereTheCodeIsLast_itIsWholeOrNothingIsRead() {
        String code = "aB3dE5fG7hI9_x-Q";
        String address = "http://127.0.0.1:4000/?state=" + STATE + "&code=" + code;
        for (int at = 1; at < address.length(); at++) {
            assertThat(read(address.substring(0, at) + "\n" + address.substring(at)))
                    .containsEntry("code", code);
            for (String behind :
                    List.of("。", ".", " です", "\n\nThank you", "\nRegards,\nSato", "\nThank you all", "\n--\nx")) {
                String text = address.substring(0, at) + "\r\n> " + address.substring(at) + behind;
                try {
                    assertThat(read(text)).as(text).containsEntry("code", code);
                } catch (KaitsuException e) {
                    assertThat(e.message(Locale.ENGLISH)).contains("where the address ends");
                }
            }
        }
        assertThat(read(address + " please check")).containsEntry("code", code);
    }

    @Test
    void amongOthers_theAnswerIsFound() {
        String asked = "https://account.box.com/api/oauth2/authorize?client_id=x&state=" + STATE + "&scope=y";
        String text = "1. " + asked + "\n2. " + Kind.BOX.address + "\n3. https://www.example.com/?code=1";
        assertThat(read(text)).isEqualTo(meant(Kind.BOX));
    }

    /** What is not ours is handed on as it is: the flow says what is wrong with it. */
    @Test
    void whereNoAnswerIsWhole_whatThereIsIsRead() {
        assertThat(read("http://127.0.0.1/?code=1&state=ot\nher")).containsEntry("state", "other");
        assertThat(read("https://account.box.com/authorize?client_id=x&state=" + STATE))
                .containsEntry("state", STATE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "code-1",
                "code=secret",
                "ftp://127.0.0.1/?code=1",
                "https://",
                "http://?code=secret-4711",
                "https://app.example.co.jp/cb"
            })
    void withoutAnAddressOrAnAnswer_isRefused(String text) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOfSatisfying(
                        KaitsuException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_CALLBACK))
                .hasNoCause();
    }

    @ParameterizedTest
    @ValueSource(strings = {"&code=2", "&state=x", "&%73tate=x", "&y=%zz", "&y=%", "#code=3"})
    void whatCanBeReadInTwoWays_isRefused(String more) {
        assertThatThrownBy(() -> read(Kind.BOX.address + more)).isInstanceOf(KaitsuException.class);
    }

    /** Bounded work, whatever is pasted. */
    @Test
    void endlessTexts_areReadAtOnce() {
        for (String text : List.of(
                "https://x/?code=1&state=2 ".repeat(2_500),
                "a ".repeat(32_000),
                "http://".repeat(9_000),
                "\n> ".repeat(20_000))) {
            Assertions.assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
                try {
                    read(text);
                } catch (KaitsuException e) {
                    assertThat(e.code()).isEqualTo(ErrorCode.INVALID_CALLBACK);
                }
            });
        }
        assertThatThrownBy(() -> read("x".repeat(70_000))).isInstanceOf(KaitsuException.class);
    }
}
