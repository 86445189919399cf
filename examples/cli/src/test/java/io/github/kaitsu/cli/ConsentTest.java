package io.github.kaitsu.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.kaitsu.cli.Kaitsu.Result;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code kaitsu consent}: asked for, completed from another process, used, given back. */
class ConsentTest {
    private static final String SECRET = "the-secret-of-the-app";

    @TempDir
    Path folder;

    private Path state;
    private Kaitsu real;

    @BeforeEach
    void environment() {
        state = folder.resolve("state");
        real = Kaitsu.with(Map.of(
                "LANG",
                "en_US.UTF-8",
                "KAITSU_KEY_FILE",
                folder.resolve("keys/own.key").toString()));
    }

    // ---- in the sandbox

    @Test
    void inTheSandbox_whatIsGranted_theActivationUses_andGivesBackAtItsEnd() {
        Result asked = Kaitsu.json("consent", "--sandbox", "--state", state, "--provider", "box");
        assertThat(asked.exit()).as(asked.err()).isEqualTo(Exits.SUCCESS);
        assertThat(asked.json().at("/consents/0/outcome").asText()).isEqualTo("GRANTED");
        assertThat(asked.json().at("/connections/0/usable").asBoolean()).isTrue();
        assertThat(asked.err()).contains("/api/oauth2/authorize?");

        Result activated = Kaitsu.activateBox(state);
        assertThat(activated.statuses()).containsExactly("PROTECTED");
        assertThat(connections()).isEmpty();
        assertThat(Kaitsu.json("verify", "--state", state).exit()).isEqualTo(Exits.SUCCESS);
    }

    @Test
    void inTheSandbox_whatIsKeptForDrift_staysUntilItIsGivenBack() {
        Kaitsu.json("consent", "--sandbox", "--state", state, "--provider", "box");
        Kaitsu.json("activate", "--sandbox", "--services", "box", "--state", state, "--keep-for-drift");
        assertThat(connections()).hasSize(1);

        Result revoked = Kaitsu.json("consent", "--sandbox", "--state", state, "--revoke");
        assertThat(revoked.json().at("/returned/0/returned").asText()).isEqualTo("REVOKED");
        assertThat(connections()).isEmpty();
        Result again = Kaitsu.run("consent", "--sandbox", "--state", state, "--revoke");
        assertThat(again.exit()).isEqualTo(Exits.SUCCESS);
        assertThat(again.out()).contains("Nothing is connected.");
    }

    @Test
    void removal_givesBackInAnyCase() {
        Kaitsu.json("consent", "--sandbox", "--state", state, "--provider", "box");
        Kaitsu.json("activate", "--sandbox", "--services", "box", "--state", state, "--keep-for-drift");

        assertThat(Kaitsu.json("deactivate", "--state", state).statuses()).containsExactly("REMOVED");
        assertThat(connections()).isEmpty();
    }

    @Test
    void cancel_givesBackToo() {
        Kaitsu.json("activate", "--sandbox", "--services", "box", "--state", state, "--operator", "none");
        Kaitsu.json("consent", "--sandbox", "--state", state, "--provider", "box");
        assertThat(connections()).hasSize(1);

        assertThat(Kaitsu.json("cancel", "--by", "sato", "--state", state).statuses())
                .containsExactly("CANCELLED");

        assertThat(connections()).isEmpty();
    }

    @Test
    void whenTheKeyIsLost_theActivationGoesOnWithoutConnections_andSaysSo() throws IOException {
        Kaitsu.json("activate", "--sandbox", "--services", "box", "--state", state, "--operator", "none");
        Kaitsu.json("consent", "--sandbox", "--state", state, "--provider", "box");
        Files.delete(state.resolve("sandbox/credentials.key"));

        Result resumed = Kaitsu.run("resume", "--state", state, "--operator", "script");

        assertThat(resumed.exit()).isEqualTo(Exits.SUCCESS);
        assertThat(resumed.err()).contains("KAITSU_KEY_FILE");
        assertThat(resumed.out()).contains("could not be ended");
        Result verified = Kaitsu.json("verify", "--state", state);
        assertThat(verified.exit()).as(verified.out()).isEqualTo(Exits.SUCCESS);
    }

    private List<JsonNode> connections() {
        JsonNode listed = Kaitsu.json("consent", "--sandbox", "--state", state).json();
        return List.copyOf(Stream.iterate(0, n -> n + 1)
                .limit(listed.path("connections").size())
                .map(listed.path("connections")::get)
                .toList());
    }

    // ---- for real

    @Test
    void forReal_anotherProcessCompletesWhatOnePrinted() throws IOException {
        Result printed = real.call(
                "consent", "--state", state, "--account", "CAS0001", "--provider", "box", "--apps", apps(), "--print");
        assertThat(printed.exit()).as(printed.err()).isEqualTo(Exits.AWAITS_PERSON);
        URI page = address(printed.out());
        assertThat(page.toString())
                .startsWith("https://account.box.com/api/oauth2/authorize?")
                .contains("client_id=own-app");
        String callback = "http://127.0.0.1/callback?error=access_denied&state=" + query(page, "state");

        Result denied = real.reads(callback)
                .call("consent", "--state", state, "--account", "CAS0001", "--paste", id(printed.out()), "--json");

        assertThat(denied.exit()).isEqualTo(Exits.FAILED);
        assertThat(denied.json().at("/consents/0/outcome").asText()).isEqualTo("DENIED");
        assertThat(denied.json().at("/consents/0/nextStep").asText()).isNotBlank();
        Result replayed = real.reads(callback)
                .call("consent", "--state", state, "--account", "CAS0001", "--paste", id(printed.out()), "--json");
        assertThat(replayed.json().at("/consents/0/outcome").asText()).isEqualTo("STATE_MISMATCH");
    }

    @Test
    void forReal_whenNobodyAnswersInTime_itMayStillCome() throws IOException {
        Result waited = real.call(
                "consent",
                "--state",
                state,
                "--account",
                "CAS0001",
                "--provider",
                "box",
                "--apps",
                apps(),
                "--minutes",
                "0");
        assertThat(waited.exit()).isEqualTo(Exits.AWAITS_PERSON);
        assertThat(waited.out()).contains("--paste " + id(waited.out()));

        Result listed =
                real.call("consent", "--state", state, "--account", "CAS0001", "--json"); // the app is known by now
        assertThat(listed.json().at("/pending/0/provider").asText()).isEqualTo("BOX");
    }

    @Test
    void forReal_nothingLiesReadableInTheFolder_norInWhatIsPrinted() throws IOException {
        Result printed = real.call(
                "consent", "--state", state, "--account", "CAS0001", "--provider", "box", "--apps", apps(), "--print");
        String state22 = query(address(printed.out()), "state");
        assertThat(printed.out() + printed.err()).doesNotContain(SECRET);
        try (Stream<Path> files = Files.walk(state)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain(SECRET)
                        .doesNotContain(state22);
            }
        }
        assertThat(folder.resolve("keys/own.key")).exists(); // elsewhere than what it opens
    }

    @Test
    void forReal_withAnotherKey_nothingIsReadAndNothingOverwritten() throws IOException {
        real.call(
                "consent", "--state", state, "--account", "CAS0001", "--provider", "box", "--apps", apps(), "--print");
        Files.delete(folder.resolve("keys/own.key"));

        Result refused = real.call("consent", "--state", state, "--account", "CAS0001", "--json");

        assertThat(refused.exit()).isNotEqualTo(Exits.SUCCESS);
        assertThat(refused.json().at("/error/nextStep").asText()).isNotBlank();
        assertThat(folder.resolve("keys/own.key")).doesNotExist();
    }

    @Test
    void forReal_theAnswerTellsWhoseItIs() throws IOException {
        Result printed = real.call(
                "consent", "--state", state, "--account", "CAS0001", "--provider", "box", "--apps", apps(), "--print");
        String callback =
                "http://127.0.0.1/callback?error=access_denied&state=" + query(address(printed.out()), "state");

        Result denied = real.reads(callback).call("consent", "--state", state, "--paste", id(printed.out()), "--json");

        assertThat(denied.json().at("/consents/0/outcome").asText()).isEqualTo("DENIED");
        assertThat(denied.json().at("/customer/account").asText()).isEqualTo("CAS0001");
    }

    // ---- refused

    @Test
    void anAppThatCannotBeUsed_isRefusedBeforeItIsKept() throws IOException {
        Path file = Files.writeString(
                folder.resolve("apps"), "\uFEFFmicrosoft365.client-id=a\nmicrosoft365.tenant=common\n");
        Result refused = real.call(
                "consent",
                "--state",
                state,
                "--account",
                "CAS0001",
                "--provider",
                "microsoft365",
                "--apps",
                file,
                "--print");
        assertThat(refused.exit()).as(refused.err()).isEqualTo(Exits.REFUSED);
        assertThat(refused.err()).contains("nothing of it was kept");

        Result listed = real.call("consent", "--state", state, "--account", "CAS0001");
        assertThat(listed.exit()).as(listed.err()).isEqualTo(Exits.SUCCESS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-5", "1441", "2147483647"})
    void minutes_ofMoreThanADay_areRefused(String minutes) {
        Result refused = real.call(
                "consent", "--state", state, "--account", "CAS0001", "--provider", "box", "--minutes", minutes);
        assertThat(refused.exit()).isEqualTo(Exits.REFUSED);
        assertThat(refused.err()).contains("--minutes");
    }

    @Test
    void withoutAnApp_itSaysHowToNameOne_andLeavesNothingBehind() {
        Result refused = real.call("consent", "--state", state, "--account", "CAS0001", "--provider", "google");
        assertThat(refused.exit()).isEqualTo(Exits.REFUSED);
        assertThat(refused.err()).contains("--apps FILE").contains("google.client-id=");
        assertThat(state).doesNotExist();
        assertThat(folder.resolve("keys")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({
        "box.client-id=a, box.client-secret",
        "box.client-secret=a, box.client-id",
        "boks.client-id=a, boks",
        "box.password=a, box.password",
        "nonsense, nonsense",
        "dropbox.client-id=a\\ndropbox.redirect-uri=http://[, redirect",
    })
    void anAppFileThatIsNone_isRefusedByName(String content, String named) throws IOException {
        Path file = Files.writeString(folder.resolve("apps"), content.replace("\\n", "\n"));
        Result refused =
                real.call("consent", "--state", state, "--account", "CAS0001", "--provider", "box", "--apps", file);
        assertThat(refused.exit()).isEqualTo(Exits.REFUSED);
        assertThat(refused.err()).contains(named).contains("→ ");
    }

    private Path apps() throws IOException {
        return Files.writeString(
                folder.resolve("apps"), "# ours\nbox.client-id=own-app\nbox.client-secret=" + SECRET + "\n");
    }

    private static URI address(String out) {
        return URI.create(
                out.lines().filter(l -> l.startsWith("https://")).findFirst().orElseThrow());
    }

    private static String query(URI address, String name) {
        Matcher m = Pattern.compile("[?&]" + name + "=([^&]*)").matcher(address.toString());
        assertThat(m.find()).isTrue();
        return m.group(1);
    }

    private static String id(String out) {
        Matcher m = Pattern.compile("--paste (\\S+)").matcher(out);
        assertThat(m.find()).as(out).isTrue();
        return m.group(1);
    }
}
