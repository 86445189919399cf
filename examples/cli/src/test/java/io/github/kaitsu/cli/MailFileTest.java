package io.github.kaitsu.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.console.OpeningMail;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MailFileTest {
    private static final String PASSWORD = "https://forgetpwd.trendmicro.com/ForgetPassword/ResetPassword"
            + "?T=kjfSy&v=8abc15e1-d6e9-4250-8d9d-3c985a6588f7";
    private static final String BODY = """
            新規アカウント発行のお知らせ

            次の URL からログインできます。
            https://clp.trendmicro.com/Dashboard?T=kjfSy

            アカウントの詳細:
            会社名: ㈱例示①
            アカウント名: CAS0042

            次の URL からパスワードを設定してください。
            """ + PASSWORD + "\n";
    private static final String HEADER = """
            Received: from mail.example.jp
             by mx.example.jp; Wed, 10 Feb 2021 09:00:00 +0900
            From: PLX_account_support_MailBox@trendmicro.co.jp
            Date: Wed, 27 Jan 2021 20:09:00 +0900
            MIME-Version: 1.0
            """;

    /** Charsets × encodings × whether the mail has parts. */
    static Stream<Arguments> files() {
        return Stream.of("UTF-8", "ISO-2022-JP", "Shift_JIS")
                .flatMap(charset -> Stream.of("quoted-printable", "base64", "8bit")
                        .flatMap(encoding ->
                                Stream.of(false, true).map(parts -> Arguments.of(charset, encoding, parts))));
    }

    @ParameterizedTest
    @MethodSource("files")
    void common2_whateverTheMailProgramsFileIsEncodedWith_theMailIsRead(
            String charset, String encoding, boolean parts) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        ascii(file, HEADER);
        if (parts) {
            ascii(file, "Content-Type: multipart/alternative; boundary=xyz\n\n--xyz\n");
        }
        ascii(
                file,
                "Content-Type: text/plain; charset=" + charset + "\nContent-Transfer-Encoding: " + encoding + "\n\n");
        file.writeBytes(encoded(BODY.getBytes(windows(charset)), encoding));
        if (parts) {
            ascii(file, "\n--xyz\nContent-Type: text/html; charset=us-ascii\n\n<p>no text</p>\n--xyz--\n");
        }

        assertRead(file.toByteArray());
    }

    @Test
    void common2_whenTheMailHasOnlyHtml_whatIsSeenIsRead() {
        assertRead((HEADER + "Content-Type: text/html; charset=utf-8\n\n" + html()).getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void common2_whenTheMailIsInsideAForwardedOne_itsOwnDateCounts() {
        String outer = HEADER.replace("27 Jan", "10 Feb").replace("Wed, 10 Feb 2021 20:09", "Wed, 10 Feb 2021 09:00");
        String text = outer + "Content-Type: text/plain; charset=utf-8\n\n-----Original Message-----\n"
                + "Sent: Wednesday, January 27, 2021 8:09 PM\n\n" + BODY;

        assertRead(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void common2_whenTheMailIsSavedAsHtml_whatIsSeenIsRead() {
        String page = "<!-- saved -->\n<html><head><style>p{}</style></head><body><p>2021/01/27 (水) 20:09</p>" + html()
                + "</body></html>";

        assertRead(page.getBytes(StandardCharsets.UTF_8));
    }

    /** A copied mail is none of a mail program's files. */
    @ParameterizedTest
    @ValueSource(strings = {"", "From: a@example.jp\nSubject: お知らせ\n", "日付: x\n"})
    void common2_whenTheTextIsCopied_itStaysAsItIs(String above) {
        String text = above + "2021/01/27 (水) 20:09\n" + BODY;

        assertThat(MailFile.text(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(text);
    }

    @Test
    void common2_whenTheFileIsOutlooksOwn_thatIsSaid() {
        byte[] file = {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0, (byte) 0xA1, (byte) 0xB1, 0x1A, (byte) 0xE1};

        assertThatThrownBy(() -> MailFile.text(file))
                .isInstanceOfSatisfying(
                        Refusal.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_OPENING_MAIL));
    }

    private static void assertRead(byte[] file) {
        OpeningMail mail = OpeningMail.parse(MailFile.text(file));

        assertThat(mail.account()).isEqualTo("CAS0042");
        assertThat(mail.company()).contains("㈱例示①");
        assertThat(mail.passwordUrl()).hasToString(PASSWORD);
        assertThat(mail.sent()).contains(Instant.parse("2021-01-27T11:09:00Z"));
    }

    private static String html() {
        return BODY.replace("&", "&amp;").replace("\n", "<br>\n");
    }

    /** What Windows writes under the charset's name. */
    private static Charset windows(String charset) {
        return switch (charset) {
            case "ISO-2022-JP" -> Charset.forName("x-windows-50221");
            case "Shift_JIS" -> Charset.forName("windows-31j");
            default -> StandardCharsets.UTF_8;
        };
    }

    private static byte[] encoded(byte[] body, String encoding) {
        if (encoding.equals("base64")) {
            return Base64.getMimeEncoder().encode(body);
        }
        if (encoding.equals("8bit")) {
            return body;
        }
        StringBuilder out = new StringBuilder();
        int column = 0;
        for (byte b : body) {
            String written = b == '\n'
                    ? "\n"
                    : b > ' ' && b < 127 && b != '='
                            ? String.valueOf((char) b)
                            : String.format(Locale.ROOT, "=%02X", b & 0xff);
            if (column + written.length() > 75 && b != '\n') {
                out.append("=\n"); // a soft break
                column = 0;
            }
            out.append(written);
            column = b == '\n' ? 0 : column + written.length();
        }
        return out.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static void ascii(ByteArrayOutputStream file, String text) {
        file.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }
}
