package io.github.kaitsu.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpeningMailTest {
    private static final String SIGN_IN = "https://clp.trendmicro.com/Dashboard?T=kjfSy";
    private static final String GUID = "8abc15e1-d6e9-4250-8d9d-3c985a6588f7";
    private static final String PASSWORD =
            "https://forgetpwd.trendmicro.com/ForgetPassword/ResetPassword?T=kjfSy&v=" + GUID;
    private static final String MAIL = """
            2021/01/27 (水) 20:09
            PLX_account_support_MailBox@trendmicro.co.jp
            新規アカウント発行のお知らせ

            Licensing Management Platform ログイン用のユーザアカウントを発行致しました。次の URL からログインできます。
            %s

            アカウントの詳細:
            会社名: 株式会社 例示
            アカウント名: CAS0042

            次の URL からパスワードを設定してください。なお、この URL は 7 日間のみ有効です。
            %s

            トレンドマイクロ株式会社
            http://esupport.trendmicro.co.jp/corporate/default.aspx?gnv=sb_support&Homeclick=gnv_sb_support
            """;
    private static final Instant SENT = Instant.parse("2021-01-27T11:09:00Z");

    private static String mail(String signIn, String password) {
        return MAIL.formatted(signIn, password);
    }

    @Test
    void common2_whenTheMailHoldsAPasswordUrl_itsExpiryIsSentPlusSevenDays() {
        OpeningMail mail = OpeningMail.parse(mail(SIGN_IN, PASSWORD));

        assertThat(mail.account()).isEqualTo("CAS0042");
        assertThat(mail.company()).contains("株式会社 例示");
        assertThat(mail.signInUrl()).isEqualTo(URI.create(SIGN_IN));
        assertThat(mail.passwordUrl()).isEqualTo(URI.create(PASSWORD));
        assertThat(mail.sent()).contains(SENT);
        assertThat(mail.expires()).contains(Instant.parse("2021-02-03T11:09:00Z"));
    }

    @Test
    void common2_whenSevenDaysHavePassed_thePasswordUrlHasExpired() {
        OpeningMail mail = OpeningMail.parse(mail(SIGN_IN, PASSWORD));

        assertThat(mail.expired(Instant.parse("2021-02-03T11:08:59Z"))).contains(false);
        assertThat(mail.expired(Instant.parse("2021-02-03T11:09:00Z"))).contains(true);
    }

    @ParameterizedTest
    @ValueSource(strings = {"opening-mail-dropbox.txt", "opening-mail-microsoft365.txt"})
    void common2_whenTheTextIsTheManualsOwn_theMailIsFoundInItsNoise(String manual) {
        OpeningMail mail = OpeningMail.parse(Manuals.text(manual));

        assertThat(mail.account()).isEqualTo("[REDACTED]").as("not CAS0001 of the page below the mail");
        assertThat(mail.company()).contains("[REDACTED]");
        assertThat(mail.signInUrl()).isEqualTo(URI.create(SIGN_IN));
        assertThat(mail.passwordUrl()).isEqualTo(URI.create(PASSWORD));
        assertThat(mail.sent()).contains(SENT);
    }

    @Test
    void common2_whenTheMailIsForwardedLater_theDateIsTheMailsOwn() {
        String forwarded = "送信日時: 2021/02/10 (水) 09:00\r\n件名: FW: 新規アカウント発行のお知らせ\r\n\r\n"
                + mail(SIGN_IN, PASSWORD).replaceAll("(?m)^", "> > ").replace("\n", "\r\n");

        assertThat(OpeningMail.parse(forwarded).sent()).contains(SENT);
        assertThat(OpeningMail.parse(forwarded).account()).isEqualTo("CAS0042");
        assertThat(OpeningMail.parse(forwarded).company()).contains("株式会社 例示");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "２０２１／０１／２７　（水）　２０：０９",
                "2021/01/27(水)20:09",
                "2021/1/27\t20:09",
                "送信日時：2021年1月27日水曜日 20:09",
                "日付: 2021-01-27 20:09:00",
                "2021/01/27 (水曜日) 20 : 09"
            })
    void common2_whenTheDateIsWrittenOtherwise_itIsReadAsJapaneseTime(String date) {
        String mail = mail(SIGN_IN, PASSWORD).replace("2021/01/27 (水) 20:09", date);

        assertThat(OpeningMail.parse(mail).sent()).contains(SENT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2021/01/27",
                "2021/13/27 (水) 20:09",
                "2021/01/27 (水) 25:09",
                "2021/01/27 (火) 20:09", // misread: that day was a Wednesday
                "2021/01/27 20:09:00(UTC+00:00)", // the console's clock
                "2021/01/27 20:09:00 - 初期設定の組織" // a line of the console
            })
    void common2_whenTheSentDateIsMissingOrMisread_theExpiryIsUnknown(String date) {
        OpeningMail mail = OpeningMail.parse(mail(SIGN_IN, PASSWORD).replace("2021/01/27 (水) 20:09", date));

        assertThat(mail.sent()).isEmpty();
        assertThat(mail.expires()).isEmpty();
        assertThat(mail.expired(Instant.now())).isEmpty();
    }

    /** The same moment, as mail programs write it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sent: Wednesday, January 27, 2021 8:09 PM",
                "Sent: 2021/01/27 8:09 PM",
                "Date: 2021-01-27 11:09:00 +0000",
                "Date: Wed, 27 Jan 2021 20:09:00 +0900",
                "Date: Wed, 27 Jan 2021 11:09:00 GMT",
                "Date: 27 January 2021 at 20:09:00 JST",
                "Date: Wed, 27 Jan 2021 20:09:00 +0900 (JST)",
                "On Wed, Jan 27, 2021 at 8:09 PM PLX <a@example.jp> wrote:",
                "日付：2021年1月27日水曜日 06:09:00 -0500",
                "日付: 2021年1月27日(水) 20:09",
                "送信日時: 2021年1月27日 午後8:09",
                "送信日時: 2021年1月27日 午後 08:09",
                "送信日時: 2021年1月27日 20時09分",
                "2021年1月27日(水) 20:09 PLX <a@example.jp>:"
            })
    void common2_whateverMailProgramWroteTheDate_itIsThatMoment(String date) {
        String forwarded = "送信日時: 2021/02/10 (水) 09:00\n\n" + mail(SIGN_IN, PASSWORD);

        assertThat(OpeningMail.parse(forwarded.replace("2021/01/27 (水) 20:09", date))
                        .sent())
                .contains(SENT);
    }

    /** Not understood is unknown: the forwarder's date further up is not the mail's. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sent: 1/27/2021 8:09 PM", // whose first is the month?
                "Date: Tue, 27 Jan 2021 20:09:00 +0900", // a Wednesday
                "Date: Wed, 27 Jan 2021 20:09:00 PST",
                "送信日時: 2021年1月27日 午後20:09",
                "送信日時: きのう",
                "Sent: Wednesday, January 27, 2021",
                "Date: Wed, 27 Jan 2021 25:09:00 +0900"
            })
    void common2_whenTheNearestDateIsNotUnderstood_noOtherStandsForIt(String date) {
        String forwarded = "送信日時: 2021/02/10 (水) 09:00\n\n" + mail(SIGN_IN, PASSWORD);

        assertThat(OpeningMail.parse(forwarded.replace("2021/01/27 (水) 20:09", date))
                        .sent())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://jpn01.safelinks.protection.outlook.com/?url=%s&data=05%%7C01&sdata=AbC%%3D&reserved=0",
                "https://example-ctp.trendmicro.com:443/wis/clicktime/v1/query?url=%s&umid=1&auth=2",
                "https://linkprotect.example.com/url?a=1&u=%s"
            })
    void common2_whenTheMailSystemRewroteTheLinks_whatIsInsideIsCheckedAndTold(String wrapper) {
        String signIn = wrapper.formatted(URLEncoder.encode(SIGN_IN, StandardCharsets.UTF_8));
        String password = wrapper.formatted(URLEncoder.encode(PASSWORD, StandardCharsets.UTF_8));
        OpeningMail mail = OpeningMail.parse(mail(signIn, password));

        assertThat(mail.passwordUrl()).isEqualTo(URI.create(PASSWORD));
        assertThat(mail.signInUrl()).isEqualTo(URI.create(SIGN_IN));
        assertThat(mail.repaired()).containsExactly("wrapped-links");
        assertThat(OpeningMail.parse(mail(SIGN_IN, PASSWORD + "\n" + password)).passwordUrl())
                .isEqualTo(URI.create(PASSWORD));
        String forged =
                URLEncoder.encode(PASSWORD.replace("trendmicro.com", "trendmicro.example"), StandardCharsets.UTF_8);
        assertRefused(mail(signIn, wrapper.formatted(forged)), "password-url");
    }

    @Test
    void common2_whenUrldefenseRewroteTheLinks_whatIsInsideIsChecked() {
        String third = "https://urldefense.com/v3/__%s__;!!AbC!dEf$";
        String second = "https://urldefense.proofpoint.com/v2/url?u="
                + PASSWORD.replace("-", "-2D")
                        .replace(":", "-3A")
                        .replace("?", "-3F")
                        .replace("=", "-3D")
                        .replace("&", "-26")
                        .replace('/', '_')
                + "&d=DwMF&c=x";

        assertThat(OpeningMail.parse(mail(third.formatted(SIGN_IN), third.formatted(PASSWORD)))
                        .passwordUrl())
                .isEqualTo(URI.create(PASSWORD));
        assertThat(OpeningMail.parse(mail(SIGN_IN, second)).passwordUrl()).isEqualTo(URI.create(PASSWORD));
    }

    @Test
    void common2_whenTheTextIsHalfDecoded_thatIsUndoneAndTold() {
        OpeningMail mail = OpeningMail.parse(mail(SIGN_IN.replace("=", "=3D"), PASSWORD.replace("=", "=3D")));

        assertThat(mail.signInUrl()).isEqualTo(URI.create(SIGN_IN));
        assertThat(mail.passwordUrl()).isEqualTo(URI.create(PASSWORD));
        assertThat(mail.repaired()).containsExactly("transfer-encoding");
        assertThat(OpeningMail.parse(mail(SIGN_IN, PASSWORD)).repaired()).isEmpty();
        assertThat(OpeningMail.parse(mail(SIGN_IN, PASSWORD.replace("&", "&amp;")))
                        .repaired())
                .containsExactly("escapes");
    }

    /** What has not the form of the vendor's secrets was cut or changed, and would only be found out at the vendor's page. */
    @ParameterizedTest
    @ValueSource(strings = {"?T=kjfSy&v=1", "?T=kjfSy&v=8abc15e1", "?T=k%3Dj&v=" + GUID, "?T==kjfSy&v=" + GUID})
    void common2_whenASecretHasNotItsForm_theUrlIsRefused(String query) {
        assertRefused(mail(SIGN_IN, PASSWORD.substring(0, PASSWORD.indexOf('?')) + query), "password-url");
    }

    @ParameterizedTest
    @ValueSource(strings = {"CAS0042<br>", "CAS\uFFFD0042", "CAS0042 https://example.com", "CAS 0042"})
    void common2_whenTheAccountIsNone_itIsNotTakenForOne(String account) {
        assertRefused(mail(SIGN_IN, PASSWORD).replace("CAS0042", account), "no-account");
    }

    @Test
    void common2_whenALineBreakIsLost_theCompanyDoesNotShowTheSecretBehindIt() {
        String mail = mail(SIGN_IN, PASSWORD).replace("株式会社 例示", "株式会社 例示 " + PASSWORD);

        assertThat(OpeningMail.parse(mail).company()).isEmpty();
        assertThat(OpeningMail.parse(mail).toString()).doesNotContain(GUID);
        assertThat(OpeningMail.parse(mail(SIGN_IN, PASSWORD).replace("株式会社 例示", "\uFFFD\uFFFD"))
                        .company())
                .isEmpty();
    }

    @Test
    void common2_whenADateFollowsTheMail_itIsNotTheMails() {
        String mail = mail(SIGN_IN, PASSWORD).replace("2021/01/27 (水) 20:09", "") + "\n2024/04/09 07:51";

        assertThat(OpeningMail.parse(mail).sent()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "アカウント名： ＣＡＳ００４２",
                "アカウント名　:\tCAS0042  ",
                "- **アカウント名:** CAS0042",
                "③ アカウント名: CAS0042",
                "アカウント名:\n\n CAS0042"
            })
    void common2_whenWidthsAndSpacesVary_theAccountIsTheSame(String line) {
        String mail = mail(SIGN_IN, PASSWORD).replace("アカウント名: CAS0042", line);

        assertThat(OpeningMail.parse(mail).account()).isEqualTo("CAS0042");
    }

    @Test
    void common2_whenTheCompanyIsMissing_theMailIsReadAllTheSame() {
        String mail = mail(SIGN_IN, PASSWORD).replace("会社名: 株式会社 例示", "");

        assertThat(OpeningMail.parse(mail).company()).isEmpty();
    }

    @Test
    void common2_whenTheCompanyIsWrittenWide_itStaysAsWritten() {
        String mail = mail(SIGN_IN, PASSWORD).replace("株式会社 例示", "ＮＴＴ東日本株式会社");

        assertThat(OpeningMail.parse(mail).company()).contains("ＮＴＴ東日本株式会社");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<%s>", "① <%s>", "[%s](%s)", "次のURL：%s から", "「%s」", "**%s**", "%s。", "%s."})
    void common2_whenTheUrlsAreWrapped_theyAreUnwrapped(String wrapping) {
        String mail = mail(wrapping.replace("%s", SIGN_IN), wrapping.replace("%s", PASSWORD));

        assertThat(OpeningMail.parse(mail).passwordUrl()).isEqualTo(URI.create(PASSWORD));
        assertThat(OpeningMail.parse(mail).signInUrl()).isEqualTo(URI.create(SIGN_IN));
    }

    @Test
    void common2_whenMarkupEscapedTheUrl_itIsUnescaped() {
        assertThat(OpeningMail.parse(
                                mail(SIGN_IN, PASSWORD.replace("&", "&amp;").replace("-", "\\-")))
                        .passwordUrl())
                .isEqualTo(URI.create(PASSWORD));
    }

    @Test
    void common2_whenAMailProgramBrokeTheUrl_itIsJoined() {
        String broken = mail(SIGN_IN, PASSWORD.replace("4250-", "4250-\n> "));

        assertThat(OpeningMail.parse(broken).passwordUrl()).isEqualTo(URI.create(PASSWORD));
    }

    @Test
    void common2_whenTheUrlIsCutOff_itIsRefused() {
        assertRefused(mail(SIGN_IN, PASSWORD.substring(0, PASSWORD.length() - 5)), "password-url");
        assertRefused(mail(SIGN_IN, PASSWORD.replace("/ResetPassword", "/\nResetPassword")), "password-url");
    }

    @ParameterizedTest
    @CsvSource({
        "forgetpwd.trendmicro.com, forgetpwd.trendmicro.com.example.com",
        "forgetpwd.trendmicro.com, forgetpwd.trendmicro.co",
        "forgetpwd.trendmicro.com, forgetpwd-trendmicro.com",
        "forgetpwd.trendmicro.com, www.forgetpwd.trendmicro.com",
        "forgetpwd.trendmicro.com, forgetpwd.trendmicro.com.",
        "forgetpwd.trendmicro.com, forgetpwd.trendm\u0131cro.com", // a dotless i, which upper-cases to I
        "forgetpwd.trendmicro.com, forgetpwd.trendmi\u0441ro.com", // a Cyrillic s
        "forgetpwd.trendmicro.com, ｆorgetpwd.trendmicro.com", // a wide f
        "forgetpwd.trendmicro.com, forgetpwd.trendmicro.com一.example.com",
        "forgetpwd.trendmicro.com, forgetpwd.trendmicro.com:443",
        "forgetpwd.trendmicro.com, forgetpwd.trendmicro.com@example.com",
        "forgetpwd.trendmicro.com, user@forgetpwd.trendmicro.com",
        "forgetpwd.trendmicro.com, example.com/forgetpwd.trendmicro.com",
        "https://forgetpwd, http://forgetpwd",
        "/ForgetPassword/ResetPassword, /ForgetPassword/../ResetPassword",
        "/ForgetPassword/ResetPassword, /forgetpassword/resetpassword",
        "/ForgetPassword/ResetPassword, /reset",
        "?T=kjfSy&v=, ?v=",
        "?T=kjfSy&v=8, ?T=&v=8",
        "?T=kjfSy&v, ?T=kjfSy#v"
    })
    void common2_whenThePasswordUrlOnlyResemblesTheVendors_itIsRefused(String genuine, String lookAlike) {
        String url = PASSWORD.replace(genuine, lookAlike);

        assertRefused(mail(SIGN_IN, url), "password-url");
        assertRefused(mail(SIGN_IN, PASSWORD) + "\n" + url, "password-url");
    }

    @ParameterizedTest
    @CsvSource({
        "clp.trendmicro.com, clp.trendmicro.com.example.com",
        "clp.trendmicro.com, clp.trendmicro.com:8443",
        "clp.trendmicro.com, clp.trendmicro.com@example.com",
        "clp.trendmicro.com, cl\u0440.trendmicro.com", // a Cyrillic r
        "https://, http://",
        "/Dashboard, /Dashboard/",
        "/Dashboard, /dashboard"
    })
    void common2_whenTheSignInUrlOnlyResemblesTheVendors_itIsRefused(String genuine, String lookAlike) {
        assertRefused(mail(SIGN_IN.replace(genuine, lookAlike), PASSWORD), "sign-in-url");
    }

    @Test
    void common2_whenAPartIsMissing_theRefusalNamesIt() {
        assertRefused(mail(SIGN_IN, ""), "no-password-url");
        assertRefused(mail("", PASSWORD), "no-sign-in-url");
        assertRefused(mail(SIGN_IN, PASSWORD).replace("アカウント名: CAS0042", ""), "no-account");
        assertRefused("", "no-sign-in-url");
        assertRefused("x".repeat(1_000_001), "too-long");
    }

    @Test
    void common2_whenTwoMailsDiffer_neitherIsTaken() {
        assertRefused(
                mail(SIGN_IN, PASSWORD) + mail(SIGN_IN, PASSWORD.replace("8abc15e1", "9abc15e1")), "several-mails");
        assertThat(OpeningMail.parse(mail(SIGN_IN, PASSWORD) + mail(SIGN_IN, PASSWORD))
                        .passwordUrl())
                .isEqualTo(URI.create(PASSWORD));
    }

    @Test
    void common2_whenTheMailIsPrinted_itsSecretsAreMasked() {
        OpeningMail mail = OpeningMail.parse(mail(SIGN_IN, PASSWORD));

        assertThat(mail.maskedSignInUrl()).isEqualTo("https://clp.trendmicro.com/Dashboard?T=***");
        assertThat(mail.maskedPasswordUrl())
                .isEqualTo("https://forgetpwd.trendmicro.com/ForgetPassword/ResetPassword?T=***&v=***");
        assertThat(mail.toString())
                .contains("CAS0042", "?T=***&v=***", "Dashboard?T=***")
                .doesNotContain("kjfSy", GUID);
    }

    @Test
    void common2_whenARecordIsMadeByHand_itsUrlsAreCheckedToo() {
        URI lookAlike = URI.create(PASSWORD.replace("trendmicro.com", "trendmicro.example"));

        assertThatThrownBy(() -> new OpeningMail(
                        "CAS0042", Optional.empty(), URI.create(SIGN_IN), lookAlike, Optional.empty(), Set.of()))
                .isInstanceOf(KaitsuException.class);
    }

    @Property(tries = 300)
    void common2_whenTextIsArbitrary_nothingButARefusalComesOfIt(@ForAll("pastes") String text) {
        try {
            OpeningMail.parse(text);
        } catch (KaitsuException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.INVALID_OPENING_MAIL);
        }
    }

    @Property(tries = 300)
    void common2_whenTheUrlIsDamaged_noSecretIsTold(@ForAll("damage") String damaged) {
        try {
            OpeningMail mail = OpeningMail.parse(mail(SIGN_IN, damaged));
            assertThat(mail.passwordUrl().getHost()).isEqualTo("forgetpwd.trendmicro.com");
            assertThat(mail.toString()).doesNotContain("kjfSy", "d6e9-4250");
        } catch (KaitsuException e) {
            assertThat(printed(e)).doesNotContain("kjfSy", "d6e9-4250");
        }
    }

    @Provide
    Arbitrary<String> pastes() {
        Arbitrary<String> parts = Arbitraries.oneOf(
                Arbitraries.of(
                        SIGN_IN,
                        PASSWORD,
                        "アカウント名:",
                        "会社名：",
                        "2021/01/27 (水) 20:09",
                        "\r\n",
                        "> ",
                        "9999999999",
                        "https://",
                        "?T=",
                        "&v=",
                        "[",
                        "](",
                        "\\_",
                        "\u0085",
                        "年月日",
                        "99/99/99"),
                Arbitraries.strings().ofMaxLength(20));
        return parts.list().ofMaxSize(30).map(p -> String.join("", p));
    }

    @Provide
    Arbitrary<String> damage() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, PASSWORD.length()),
                        Arbitraries.integers().between(0, 4),
                        Arbitraries.strings().ofMaxLength(3))
                .as((at, cut, put) ->
                        PASSWORD.substring(0, at) + put + PASSWORD.substring(Math.min(PASSWORD.length(), at + cut)));
    }

    private static void assertRefused(String text, String variant) {
        Throwable refusal = catchThrowable(() -> OpeningMail.parse(text));

        assertThat(refusal).isInstanceOf(KaitsuException.class).hasNoCause();
        KaitsuException e = (KaitsuException) refusal;
        assertThat(e.code()).isEqualTo(ErrorCode.INVALID_OPENING_MAIL);
        assertThat(e.message(Locale.JAPANESE))
                .isEqualTo(KaitsuException.of(ErrorCode.INVALID_OPENING_MAIL, variant)
                        .message(Locale.JAPANESE));
        assertThat(printed(e)).doesNotContain("kjfSy", GUID.substring(9, 18));
    }

    private static String printed(KaitsuException e) {
        StringWriter trace = new StringWriter();
        e.printStackTrace(new PrintWriter(trace));
        return trace
                + e.message(Locale.ENGLISH)
                + e.message(Locale.JAPANESE)
                + e.nextStep(Locale.ENGLISH)
                + e.nextStep(Locale.JAPANESE);
    }
}
