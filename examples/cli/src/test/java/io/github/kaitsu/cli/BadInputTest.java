package io.github.kaitsu.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.kaitsu.cli.Kaitsu.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is wrong, the answer has code, message and next step in both languages, and the exit code that goes with it. */
class BadInputTest {
    private static final String GUID = "3f2504e0-4f89-41d3-9a0c-0305e82c3301";
    private static final String LONG_NAME = "長".repeat(33);

    @TempDir
    Path folder;

    private static void assertRefused(String code, Object... arguments) {
        Result english = Kaitsu.json(arguments);
        assertThat(english.exit()).as(english.out() + english.err()).isEqualTo(Exits.REFUSED);
        assertThat(english.errorCode()).isEqualTo(code);
        JsonNode error = english.json().path("error");
        assertThat(error.path("message").asText()).isNotBlank();
        assertThat(error.path("nextStep").asText()).isNotBlank();

        Object[] japaneseArguments = Stream.concat(Arrays.stream(arguments), Stream.of("--lang", "ja", "--json"))
                .toArray();
        Result japanese = Kaitsu.run(japaneseArguments);
        assertThat(japanese.exit()).isEqualTo(Exits.REFUSED);
        assertThat(japanese.json().at("/error/message").asText())
                .isNotEqualTo(error.path("message").asText());

        Result text = Kaitsu.run(arguments);
        assertThat(text.exit()).isEqualTo(Exits.REFUSED);
        assertThat(text.out()).isEmpty();
        assertThat(text.err())
                .contains(error.path("nextStep").asText().lines().findFirst().orElseThrow());
    }

    @ParameterizedTest
    @CsvSource({
        "UNKNOWN_SERVICE, --services, bocks",
        "UNKNOWN_SERVICE, --services, 'box,dropbocks'",
        "SERVICE_REFUSED, --services, teams-chat",
        "SERVICE_REFUSED, --services, 'box,TEAMS_CHAT'",
        "INVALID_REQUEST, --services, ','",
        "UNKNOWN_SITE, --site, MARS",
        "UNKNOWN_EDITION, --edition, 1999",
        "UNKNOWN_SCENARIO, --scenario, doom",
        "UNKNOWN_SCENARIO, --scenario, link-fails",
        "UNKNOWN_SCENARIO, --scenario, link-fails:0",
        "INVALID_ORGANISATION, --organisation, ''",
        "INVALID_ORGANISATION, --organisation, '   '",
        "INVALID_ORGANISATION, --organisation, " + "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三",
        "INVALID_ACCOUNT, --account, ''",
        "INVALID_ADMIN_SITE, --sharepoint-admin-site, http://example-admin.sharepoint.com",
        "INVALID_CONSOLE_ORIGIN, --console-origin, https://example.com",
        "USAGE, --users, 0",
        "USAGE, --users, -1",
        "USAGE, --users, 1000001",
        "USAGE, --users, many",
        "USAGE, --operator, nobody",
        "USAGE, --administrator, secret",
        "USAGE, --administrator, box",
        "USAGE, --administrator, 'boks=admin@example.co.jp'",
        "USAGE, --administrator, 'box=admin@example.co.jp'", // without a browser
        "INVALID_ACTIVATION_ID, --activation, ../x",
    })
    void activate_refuses(String code, String option, String value) {
        assertRefused(code, "activate", "--sandbox", option, value);
    }

    @ParameterizedTest
    @CsvSource({
        "UNKNOWN_SERVICE, --services, bocks",
        "UNKNOWN_SITE, --site, MARS",
        "UNKNOWN_EDITION, --edition, 1999",
        "SERVICE_REFUSED, --services, teams-chat",
        "INVALID_ORGANISATION, --organisation, ''",
    })
    void plan_refuses(String code, String option, String value) {
        assertRefused(code, "plan", option, value);
    }

    @Test
    void organisation_of32Characters_isFine() {
        assertThat(Kaitsu.json("plan", "--organisation", LONG_NAME.substring(1)).exit())
                .isZero();
        assertRefused("INVALID_ORGANISATION", "plan", "--organisation", LONG_NAME);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "none",
                "",
                "00000000-0000-0000-0000-000000000000",
                "{" + GUID + "}",
                "3f2504e0",
                GUID + "0",
                GUID + "," + GUID,
                "Trend Micro Cloud App Security"
            })
    void appId_mustBeAGuidAndNotTheNilOne(String appId) {
        assertRefused(
                "INVALID_APP_ID",
                "sharepoint-permission",
                "--app-id",
                appId,
                "--admin-site",
                "https://example-admin.sharepoint.com");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://example-admin.sharepoint.com",
                "https://example.sharepoint.com",
                "https://evil.com/x-admin.sharepoint.com",
                "https://a@example-admin.sharepoint.com",
                "https://example-admin.sharepoint.com:443",
                "https://example-admin.sharepoint.com/..",
                "https://exam\u0440le-admin.sharepoint.com",
                "https://example-admin.sharepoint.com//",
                "https://example-admin.sharepoint.com.evil.com",
            })
    void adminSite_mustBeASharePointAdminHost(String site) {
        assertRefused("INVALID_ADMIN_SITE", "sharepoint-permission", "--app-id", GUID, "--admin-site", site);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "admin.tmcas.trendmicro.co.jp",
                "http://admin.tmcas.trendmicro.co.jp",
                "https://admin.tmcas.trendmicro.co.jp/provision.html",
                "https://admin.tmcas.trendmicro.co.jp:443",
                "https://a@admin.tmcas.trendmicro.co.jp",
                "https://tmcas.trendmicro.co.jp.evil.com",
                "https://eviltmcas.trendmicro.com",
                "https://admin.trendmicro.com",
                "https://admin.tmcas.tr\u0435ndmicro.com"
            })
    void consoleOrigin_mustBeTheVendors(String origin) {
        assertRefused(
                "INVALID_CONSOLE_ORIGIN",
                "sharepoint-permission",
                "--app-id",
                GUID,
                "--admin-site",
                "https://example-admin.sharepoint.com",
                "--console-origin",
                origin);
    }

    @Test
    void site_mustBeOneOfTheVendors() {
        assertRefused(
                "UNKNOWN_SITE",
                "sharepoint-permission",
                "--site",
                "DE",
                "--app-id",
                GUID,
                "--admin-site",
                "https://example-admin.sharepoint.com");
    }

    @Test
    void adminSite_mayEndWithOneSlash() {
        Result result = Kaitsu.json(
                "sharepoint-permission", "--app-id", GUID, "--admin-site", "https://example-admin.sharepoint.com/");
        assertThat(result.exit()).isZero();
    }

    static Stream<List<String>> usageErrors() {
        return Stream.of(
                List.of(),
                List.of("fly"),
                List.of("plan", "--nonsense"),
                List.of("plan", "--site"),
                List.of("plan", "--site", "JP", "--site", "US"),
                List.of("plan", "surplus"),
                List.of("plan", "--lang", "fr"),
                List.of("plan", "--users", "10"),
                List.of("status"),
                List.of("answer", "--state", "x", "--by", "me"),
                List.of("answer", "a.1", "done", "--state", "x"),
                List.of("answer", "a.1", "perhaps", "--state", "x", "--by", "me"),
                List.of("answer", "a.1", "saw", "--state", "x", "--by", "me"),
                List.of("answer", "a.1", "saw", "some text", "--state", "x", "--by", "me"),
                List.of("answer", "a.1", "blocked", "--state", "x", "--by", "me"),
                List.of("answer", "a.1", "blocked", "WHY", "--state", "x", "--by", "me"),
                List.of("answer", "a.1", "done", "x", "--state", "x", "--by", "me"),
                List.of("opening-mail"),
                List.of("sharepoint-permission"),
                List.of("activate", "--account", "A", "--operator", "script"));
    }

    @ParameterizedTest
    @MethodSource("usageErrors")
    void commandLineThatDoesNotFit_isAUsageErrorInJsonToo(List<String> arguments) {
        assertRefused("USAGE", arguments.toArray());
    }

    @Test
    void activationThatIsNotThere_isRefused() {
        assertRefused("ACTIVATION_NOT_FOUND", "status", "--state", folder.resolve("nothing"));
        assertThat(folder.resolve("nothing")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"status", "resume", "report", "verify", "activate"})
    void foreignFolder_isRefusedAndLeftAlone(String command) throws IOException {
        Files.writeString(folder.resolve("thesis.txt"), "mine");
        Object[] sandbox = command.equals("activate") ? new Object[] {"activate", "--sandbox"} : new Object[] {command};
        assertRefused(
                "STORE_FOREIGN",
                Stream.concat(Arrays.stream(sandbox), Stream.of("--state", folder))
                        .toArray());
        try (Stream<Path> content = Files.list(folder)) {
            assertThat(content).containsExactly(folder.resolve("thesis.txt"));
        }
    }

    @Test
    void corruptFolder_isRefused() throws IOException {
        Path state = folder.resolve("state");
        Kaitsu.activateBox(state);
        Path journal = state.resolve("activations/activation-1/journal.jsonl");
        Files.writeString(journal, Files.readString(journal).replaceFirst("CAS0001", "CAS0002"));
        assertRefused("STORE_CORRUPT", "status", "--state", state);
    }

    @Test
    void newerFolder_isRefused() throws IOException {
        Path state = folder.resolve("state");
        Kaitsu.activateBox(state);
        Path format = state.resolve("kaitsu-store.json");
        Files.writeString(format, Files.readString(format).replaceFirst("\"version\":1", "\"version\":2"));
        assertRefused("STORE_NEWER", "resume", "--state", state);
    }

    @Test
    void damagedChoices_areRefused() throws IOException {
        Path state = folder.resolve("state");
        Kaitsu.activateBox(state);
        Files.writeString(state.resolve("command.json"), "{}");
        assertRefused("STORE_CORRUPT", "resume", "--state", state);
    }

    @Test
    void fileThatCannotBeRead_isAnIoError() {
        Result result = Kaitsu.json("opening-mail", folder.resolve("nothing"));
        assertThat(result.exit()).isEqualTo(Exits.ERROR);
        assertThat(result.errorCode()).isEqualTo("IO_ERROR");
        assertThat(result.json().at("/error/nextStep").asText()).isNotBlank();
    }

    @Test
    void controlCharactersInAnArgument_cannotReachTheTerminal() {
        Result text = Kaitsu.run("plan", "--site", "\u001b[2J\u202eJP\u009b1m");
        assertThat(text.err()).doesNotContain("\u001b").doesNotContain("\u202e").doesNotContain("\u009b");
        Result json = Kaitsu.json("plan", "--site", "\u001b[2J\u202eJP\u009b1m");
        assertThat(json.out()).contains("\\u001B[2J\\u202eJP\\u009b1m").doesNotContain("\u202e");
    }
}
