package io.github.kaitsu.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.kaitsu.cli.Kaitsu.Result;
import io.github.kaitsu.sandbox.Sandbox;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands that read or write one thing: mail, console text, SharePoint permission, plan. */
class ReadersTest {
    private static final String GUID = "3F2504E0-4F89-41D3-9A0C-0305E82C3301";

    @TempDir
    Path folder;

    private static String mail() {
        try (Sandbox sandbox = Sandbox.builder().start()) {
            return sandbox.openingMail();
        }
    }

    @Test
    void openingMail_isReadAndMasked() throws IOException {
        Path file = Files.writeString(folder.resolve("mail.txt"), mail());
        Result result = Kaitsu.json("opening-mail", file, "--now", "2026-11-24T00:00:00Z");
        assertThat(result.exit()).as(result.out()).isZero();
        JsonNode json = result.json();
        assertThat(json.properties().stream().map(Map.Entry::getKey))
                .containsExactly(
                        "account", "company", "signInUrl", "passwordUrl", "sent", "passwordUrlExpires", "expired");
        assertThat(json.path("account").asText()).isEqualTo("CAS0001");
        assertThat(json.path("expired").asBoolean()).isFalse();
        assertThat(json.path("passwordUrl").asText()).contains("T=***&v=***");

        Result later = Kaitsu.json("opening-mail", file, "--now", "2026-12-24T09:00:00+09:00");
        assertThat(later.exit()).isZero();
        assertThat(later.json().path("expired").asBoolean()).isTrue();
        assertThat(Kaitsu.run("opening-mail", file, "--now", "2026-12-24T00:00:00Z")
                        .out())
                .contains("has expired");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "windows-31j", "ISO-2022-JP", "UTF-16"})
    void openingMail_isReadInEveryEncodingJapaneseMailComesIn(String charset) {
        Result result =
                Kaitsu.reading(mail().getBytes(Charset.forName(charset))).call("opening-mail", "-", "--json");
        assertThat(result.exit()).as(result.out()).isZero();
        assertThat(result.json().path("company").asText()).isEqualTo("見本株式会社");
    }

    @Test
    void openingMail_withoutPasswordUrlOrWithALookAlike_isRefused() {
        String without = mail().replace("https://forgetpwd.trendmicro.com", "");
        String lookAlike = mail().replace("forgetpwd.trendmicro.com", "forgetpwd.trendmicro.com.example.com");
        for (String text : new String[] {without, lookAlike, "Hello"}) {
            Result result = Kaitsu.reading(text).call("opening-mail", "-", "--json");
            assertThat(result.exit()).isEqualTo(Exits.REFUSED);
            assertThat(result.errorCode()).isEqualTo("INVALID_OPENING_MAIL");
            assertThat(result.out() + result.err()).doesNotContain("v=1", "T=1");
        }
    }

    @Test
    void consoleStatus_readsLists() {
        String text = """
                通知
                重大度: 成功しました
                Boxは保護されています。 2024/04/11 06:09:56 - 初期設定の組織
                何かが起きました。 2024/04/11 06:09:57 - 初期設定の組織
                """;
        Result result = Kaitsu.reading(text).call("console-status", "-", "--json");
        assertThat(result.exit()).isZero();
        JsonNode entry = result.json().at("/entries/0");
        assertThat(entry.path("service").asText()).isEqualTo("BOX");
        assertThat(entry.path("event").asText()).isEqualTo("PROTECTED");
        assertThat(entry.path("severity").asText()).isEqualTo("成功しました");
        assertThat(entry.path("organisation").asText()).isEqualTo("初期設定の組織");
        assertThat(entry.path("time").asText()).isEqualTo("2024-04-11T06:09:56Z");
        assertThat(entry.path("text").asText()).isEqualTo("Boxは保護されています。 2024/04/11 06:09:56 - 初期設定の組織");
        assertThat(result.json().at("/entries/1/service").isNull()).isTrue();
        assertThat(result.json().at("/entries/1/event").asText()).isEqualTo("OTHER");
        assertThat(Kaitsu.reading(text)
                        .call("console-status", "-", "--lang", "ja")
                        .out())
                .contains("2024-04-11 15:09 JST", "保護されている");
    }

    @Test
    void common19_consoleStatus_saysWhichPartsWereRead_andWhatWasNot() {
        String text = """
                運用管理 > サービスアカウント
                アカウント名\tサービスの種類
                admin@example.co.jp\tSalesforce
                タスクリスト (13)
                重大度: 保留
                通知 (1)
                重大度: 失敗
                Boxは保護されていません。 2024/04/11 06:09:56 - 初期設定の組織
                """;
        JsonNode json =
                Kaitsu.reading(text).call("console-status", "-", "--json").json();
        assertThat(json.at("/entries/0/event").asText()).isEqualTo("OTHER");
        assertThat(json.path("parts").properties().stream()
                        .map(p -> p.getKey() + " " + p.getValue().asText()))
                .containsExactly(
                        "accounts UNREADABLE",
                        "success MISSING",
                        "pending COMPLETE",
                        "wizard MISSING",
                        "organisations MISSING",
                        "clock MISSING");
        assertThat(json.at("/unread/0").asText()).isEqualTo("admin@example.co.jp\tSalesforce");
        assertThat(json.at("/counts/0/part").asText()).isEqualTo("pending");
        assertThat(json.at("/counts/0/printed").asInt()).isEqualTo(13);
        assertThat(json.at("/counts/0/read").asInt()).isZero();
        assertThat(Kaitsu.reading(text)
                        .call("console-status", "-", "--lang", "ja")
                        .out())
                .contains("サービスアカウント: 読み取れない部分があります", "読み取れなかった行: admin@example.co.jp", "保護されていない");
    }

    @Test
    void common19_consoleStatus_capturesThePagesWithoutTheNames() throws IOException {
        String text = "通知 (1)\n重大度: 成功しました\nBoxは保護されています。 2024/04/11 06:09:56 - 花丸商事\n担当: 佐藤\n";
        Path out = folder.resolve("captured.txt");
        Result result = Kaitsu.reading(text).call("console-status", "-", "--capture", out, "--lang", "en");
        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(result.out())
                .contains("Lists under 成功しました (Success): read whole", "Not understood: 担当", out.toString());
        assertThat(Files.readString(out))
                .contains("通知 (1)\n重大度: 成功しました\nBoxは保護されています。 2024/04/11 06:09:56 - ")
                .doesNotContain("花丸", "佐藤");
        if (out.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(out)))
                    .isEqualTo("rw-------");
        }
        assertThat(Kaitsu.reading(text)
                        .call("console-status", "-", "--capture", folder.resolve("2.txt"), "--json")
                        .json()
                        .at("/capture/faithful")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void common19_consoleStatus_overwritesNothing() throws IOException {
        Path out = Files.writeString(folder.resolve("there.txt"), "mine");
        Result result = Kaitsu.reading("通知").call("console-status", "-", "--capture", out, "--json");
        assertThat(result.exit()).isEqualTo(Exits.REFUSED);
        assertThat(result.errorCode()).isEqualTo("USAGE");
        assertThat(Files.readString(out)).isEqualTo("mine");
        assertThat(Kaitsu.reading("通知")
                        .call("console-status", "-", "--capture", folder.resolve("no/such"), "--json")
                        .exit())
                .isEqualTo(Exits.ERROR);
    }

    @Test
    void consoleStatus_ofSomethingElse_hasNoEntries() {
        Result result = Kaitsu.reading("Dear all").call("console-status", "-", "--json");
        assertThat(result.exit()).isZero();
        assertThat(result.json().path("entries")).isEmpty();
        assertThat(result.err()).contains("Nothing of the console");
    }

    @Test
    void sharePointPermission_hasItsFiveValues() {
        Object[] arguments = {
            "sharepoint-permission",
            "--site",
            "JP",
            "--app-id",
            GUID,
            "--admin-site",
            "https://example-admin.sharepoint.com"
        };
        JsonNode json = Kaitsu.json(arguments).json();
        assertThat(json.path("url").asText()).isEqualTo("https://example-admin.sharepoint.com/_layouts/15/AppInv.aspx");
        assertThat(json.path("appId").asText()).isEqualToIgnoringCase(GUID);
        assertThat(json.path("appDomain").asText()).isEqualTo("tmcas.trendmicro.com");
        assertThat(json.path("redirectUrl").asText()).isEqualTo("https://admin.tmcas.trendmicro.co.jp/provision.html");
        assertThat(Kaitsu.run(arguments).out()).contains("AppInv.aspx", "Redirect URL");

        Object[] xml =
                Stream.concat(Arrays.stream(arguments), Stream.of("--xml")).toArray();
        assertThat(Kaitsu.run(xml).out())
                .isEqualTo(json.path("permissionXml").asText() + "\n")
                .contains("http://sharepoint/content/tenant", "Manage");
    }

    /** M365-8: what is pasted must be the manual's, to the byte. */
    @Test
    void m365_8_sharePointPermission_forJapan_isTheManuals() {
        String xml = Kaitsu.run(permission("--site", "JP", "--app-id", GUID, "--xml"))
                .out();
        assertThat(xml).isEqualTo("""
                <AppPermissionRequests AllowAppOnlyPolicy="true">
                  <AppPermissionRequest Scope="http://sharepoint/content/tenant" Right="Manage" />
                </AppPermissionRequests>
                """);
        JsonNode json = Kaitsu.json(permission("--app-id", GUID)).json();
        assertThat(json.path("permissionXml").asText() + "\n").isEqualTo(xml);
        assertThat(json.path("appDomain").asText()).isEqualTo("tmcas.trendmicro.com");
        assertThat(json.path("redirectUrl").asText())
                .as("Japan is the default")
                .isEqualTo("https://admin.tmcas.trendmicro.co.jp/provision.html");
    }

    @ParameterizedTest
    @CsvSource({
        "JP, https://admin.tmcas.trendmicro.co.jp/provision.html",
        "EU, https://admin-eu.tmcas.trendmicro.com/provision.html",
        "UK, https://admin.tmcas.trendmicro.co.uk/provision.html",
        "CA, https://admin-ca.tmcas.trendmicro.com/provision.html",
        "SG, https://admin.tmcas.trendmicro.com.sg/provision.html",
        "IN, https://admin-in.tmcas.trendmicro.com/provision.html"
    })
    void m365_7_sharePointPermission_ofEverySiteWithAnAttestedAddress_isItsOwn(String site, String redirect) {
        JsonNode json =
                Kaitsu.json(permission("--site", site, "--app-id", GUID)).json();
        assertThat(json.path("redirectUrl").asText()).isEqualTo(redirect);
        assertThat(json.path("appDomain").asText()).isEqualTo("tmcas.trendmicro.com");
        assertThat(json.path("permissionXml").asText()).contains("Right=\"Manage\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"US", "AU"})
    void m365_7_sharePointPermission_whereTheManualsRowIsDefective_takesTheConsolesAddress(String site) {
        assertThat(Kaitsu.json(permission("--site", site, "--app-id", GUID)).errorCode())
                .isEqualTo("INVALID_CONSOLE_ORIGIN");
        assertThat(Kaitsu.json(permission(
                                "--site",
                                site,
                                "--app-id",
                                GUID,
                                "--console-origin",
                                "https://admin.tmcas.trendmicro.com"))
                        .json()
                        .path("redirectUrl")
                        .asText())
                .isEqualTo("https://admin.tmcas.trendmicro.com/provision.html");
    }

    private static Object[] permission(String... more) {
        return Stream.concat(
                        Stream.of("sharepoint-permission", "--admin-site", "https://example-admin.sharepoint.com"),
                        Arrays.stream(more))
                .toArray();
    }

    @Test
    void sharePointPermission_ofAnUnattestedSite_needsTheConsolesAddress() {
        Result refused = Kaitsu.json(
                "sharepoint-permission",
                "--site",
                "AU",
                "--app-id",
                GUID,
                "--admin-site",
                "https://a-admin.sharepoint.com");
        assertThat(refused.errorCode()).isEqualTo("INVALID_CONSOLE_ORIGIN");
        Result given = Kaitsu.json(
                "sharepoint-permission",
                "--site",
                "AU",
                "--app-id",
                GUID,
                "--admin-site",
                "https://a-admin.sharepoint.com",
                "--console-origin",
                "https://admin-au.tmcas.trendmicro.com");
        assertThat(given.json().path("redirectUrl").asText())
                .isEqualTo("https://admin-au.tmcas.trendmicro.com/provision.html");
    }

    @Test
    void plan_keepsItsKeys() {
        JsonNode plan = Kaitsu.json("plan").json();
        assertThat(plan.path("services")).hasSize(8);
        assertThat(plan.at("/customer/account").asText()).isEqualTo("CAS0001");
        assertThat(plan.path("edition").asText()).isEqualTo("auto");
        assertThat(plan.path("steps")).isNotEmpty();
        for (String key : new String[] {"step", "rule", "phase", "performer", "title"}) {
            assertThat(plan.at("/services/0/steps/0").has(key)).as(key).isTrue();
        }
        assertThat(plan.at("/services/0/warnings/0").has("rule")).isTrue();
        assertThat(plan.at("/services/0/warnings/0").has("message")).isTrue();
        for (String key : new String[] {"who", "visit", "actions"}) {
            assertThat(plan.at("/agenda/0").has(key)).as(key).isTrue();
        }
    }

    @Test
    void plan_asksInTheFirstSittingForAllThatNeedsNoSlot_andLinksOneServiceASitting() {
        JsonNode agenda =
                Kaitsu.json("plan", "--services", "box,dropbox,gmail").json().path("agenda");
        List<String> visits = new ArrayList<>();
        for (JsonNode visit : agenda) {
            visit.path("actions")
                    .forEach(a -> visits.add(
                            visit.path("visit").asInt() + " " + a.path("step").asText()));
        }
        assertThat(visits)
                .containsSubsequence("1 console.password", "1 box.grant", "1 gmail.admin")
                .contains("1 gmail.marketplace", "2 box.mute-folder", "2 dropbox.grant", "3 gmail.grant");
    }

    @ParameterizedTest
    @CsvSource({
        "exchange, EXCHANGE_ONLINE",
        "sharepoint, SHAREPOINT_ONLINE",
        "teams, MICROSOFT_TEAMS",
        "drive, GOOGLE_DRIVE"
    })
    void plan_takesShortForms(String given, String service) {
        assertThat(Kaitsu.json("plan", "--services", given)
                        .json()
                        .at("/services/0/service")
                        .asText())
                .isEqualTo(service);
    }

    @Test
    void plan_withReads_warnsOfWhatItFinds() {
        Result result = Kaitsu.json("plan", "--sandbox", "--scenario", "co-admin", "--services", "box");
        assertThat(result.exit()).isZero();
        assertThat(result.json().at("/services/0/warnings").toString()).contains("BOX-1");
        assertThat(Kaitsu.run("plan", "--lang", "ja", "--policies", "既定, 厳格").out())
                .contains("既定")
                .contains("厳格");
    }

    @Test
    void text_isReadByItsBytes() {
        assertThat(InputFile.text("組織".getBytes(StandardCharsets.UTF_8))).isEqualTo("組織");
        assertThat(InputFile.text(new byte[0])).isEmpty();
        assertThat(InputFile.text(new byte[] {65})).isEqualTo("A");
    }
}
