package io.github.kaitsu.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.cli.Kaitsu.Result;
import io.github.kaitsu.sandbox.HandsOn;
import io.github.kaitsu.sandbox.Sandbox;
import io.github.kaitsu.sandbox.internal.View;
import io.github.kaitsu.sandbox.internal.Visitor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFolderTest {
    @TempDir
    Path temp;

    @Test
    void resume_afterTheEnd_saysTheSame() {
        Path state = temp.resolve("deep/er/state");
        Result first = Kaitsu.activateBox(state);
        assertThat(first.exit()).isZero();
        Result again = Kaitsu.json("resume", "--state", state);
        assertThat(again.exit()).isZero();
        assertThat(again.json()).isEqualTo(first.json());
    }

    @Test
    void choices_areTheOwnersAlone_andSurvive() throws IOException {
        Path state = temp.resolve("state");
        Kaitsu.json("activate", "--sandbox", "--services", "box", "--state", state, "--operator", "none");
        Path choices = state.resolve("command.json");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(choices)))
                .isEqualTo("rw-------");
        assertThat(Kaitsu.json("resume", "--state", state).exit()).isEqualTo(Exits.AWAITS_PERSON);
    }

    @Test
    void lostChoices_costNothingButTheOperator() throws IOException {
        Path state = temp.resolve("state");
        Kaitsu.json("activate", "--sandbox", "--services", "box", "--state", state, "--operator", "none");
        Files.delete(state.resolve("command.json"));
        Result resumed = Kaitsu.json("resume", "--state", state);
        assertThat(resumed.exit()).as(resumed.err()).isZero();
        assertThat(resumed.grants("BOX")).isOne();
    }

    @Test
    void secondActivation_getsTheNextId_andAdoptsWhatIsThere() {
        Path state = temp.resolve("state");
        Kaitsu.activateBox(state);
        Result second = Kaitsu.activateBox(state);
        assertThat(second.json().path("activation").asText()).isEqualTo("activation-2");
        assertThat(second.exit()).as(second.err()).isZero();
        assertThat(second.grants("BOX")).isOne();
        assertThat(second.service("BOX").path("linkAttempts").asInt()).isZero();
    }

    @Test
    void sameIdAndRequest_isTheSameActivation_andAnotherRequestIsRefused() {
        Path state = temp.resolve("state");
        Object[] same = {"activate", "--sandbox", "--services", "box", "--state", state, "--activation", "mine"};
        assertThat(Kaitsu.json(same).exit()).isZero();
        assertThat(Kaitsu.json(same).exit()).isZero();
        Result other =
                Kaitsu.json("activate", "--sandbox", "--services", "gmail", "--state", state, "--activation", "mine");
        assertThat(other.errorCode()).isEqualTo("INVALID_REQUEST");
    }

    @Test
    void twoCustomersOfTheSameOrganisationName_liveSideBySideInOneFolder() {
        Path state = temp.resolve("state");
        Object[] one = {"activate", "--sandbox", "--services", "box", "--state", state, "--operator", "none"};
        assertThat(Kaitsu.json(one).exit()).isEqualTo(Exits.AWAITS_PERSON);
        Result two =
                Kaitsu.json("activate", "--sandbox", "--services", "box", "--state", state, "--account", "CAS0002");
        assertThat(two.exit()).as(two.out() + two.err()).isZero();
        assertThat(two.json().at("/customer/account").asText()).isEqualTo("CAS0002");
        Result first = Kaitsu.json("resume", "--state", state, "--operator", "script");
        assertThat(first.exit()).as(first.out() + first.err()).isZero();
        assertThat(first.json().at("/customer/account").asText()).isEqualTo("CAS0001");
        assertThat(first.grants("BOX")).isOne();
    }

    @Test
    void status_worksWhileAnotherProcessRunsTheSandbox() {
        Path state = temp.resolve("state");
        Kaitsu.json("activate", "--sandbox", "--services", "box", "--state", state, "--operator", "none");
        try (Sandbox other = Sandbox.builder().state(state.resolve("sandbox")).start()) {
            assertThat(other.account()).isEqualTo("CAS0001");
            Result status = Kaitsu.json("status", "--state", state);
            assertThat(status.exit()).isZero();
            assertThat(status.json().at("/sandbox/users").asInt()).isEqualTo(50);
            assertThat(Kaitsu.json("report", "--state", state).exit()).isZero();
            assertThat(Kaitsu.json("answer", "console.password.1", "done", "--by", "me", "--state", state)
                            .exit())
                    .isEqualTo(Exits.AWAITS_TIME);
            Result resume = Kaitsu.json("resume", "--state", state);
            assertThat(resume.exit()).isEqualTo(Exits.ERROR);
            assertThat(resume.errorCode()).isEqualTo("STORE_BUSY");
            assertThat(Kaitsu.json("cancel", "--by", "me", "--state", state).statuses())
                    .containsExactly("CANCELLED");
        }
    }

    @Test
    void report_hasFourFormats_inBothLanguages() {
        Path state = temp.resolve("state");
        Kaitsu.activateBox(state);
        assertThat(Kaitsu.run("report", "--state", state).out()).startsWith("# ");
        assertThat(Kaitsu.run("report", "--state", state, "--format", "html").out())
                .startsWith("<!DOCTYPE html>");
        assertThat(Kaitsu.run("report", "--state", state, "--format", "json")
                        .json()
                        .at("/sandbox/grants/BOX")
                        .asInt())
                .isOne();
        assertThat(Kaitsu.json("report", "--state", state, "--format", "md")
                        .json()
                        .path("report")
                        .asText())
                .startsWith("# ");
        assertThat(Kaitsu.run("report", "--state", state, "--lang", "ja").out())
                .contains("証拠")
                .startsWith("# ");
        assertThat(Kaitsu.run("report", "--state", state, "--lang", "ja", "--format", "csv")
                        .out())
                .as("byte for byte as a spreadsheet needs it")
                .startsWith("\uFEFF\"区分\",\"サービス\",")
                .endsWith("\"\r\n")
                .doesNotContain("\uFFFD");
        assertThat(Kaitsu.json("report", "--state", state, "--format", "pdf").errorCode())
                .isEqualTo("USAGE");
    }

    /** Another process wrote it: what that one has read is not this one's to forget. */
    @Test
    void report_ofARunThatWasLookedAt_holdsWhatWasVerified() {
        Path state = temp.resolve("state");
        JsonNode then = Kaitsu.json("activate", "--sandbox", "--services", "box,gmail,exchange", "--state", state)
                .json();
        JsonNode now = Kaitsu.json("report", "--state", state).json();
        assertThat(now.path("services")).isEqualTo(then.path("services"));
        assertThat(now.at("/handover/services").findValuesAsText("state"))
                .containsExactly("VERIFIED", "VERIFIED", "VERIFIED");
    }

    @Test
    void verify_findsNoDrift_untilSomethingIsGone() {
        Path state = temp.resolve("state");
        Kaitsu.activateBox(state);
        Result fine = Kaitsu.json("verify", "--state", state);
        assertThat(fine.exit()).as(fine.out() + fine.err()).isZero();
        assertThat(fine.json().path("drift")).isEmpty();
        assertThat(Kaitsu.run("verify", "--state", state).out()).contains("No drift found.");

        deleteTheTempFolder(state);
        Result drifted = Kaitsu.json("verify", "--state", state);
        assertThat(drifted.exit()).isEqualTo(Exits.FAILED);
        assertThat(drifted.json().at("/drift/0/service").asText()).isEqualTo("BOX");
        assertThat(drifted.json().at("/drift/0/rule").asText()).isEqualTo("BOX-2");
        assertThat(drifted.json().at("/drift/0/step").asText()).isEqualTo("box.folders");
        assertThat(drifted.json().at("/drift/0/message").asText()).isNotBlank();
        assertThat(drifted.service("BOX").path("steps").findValuesAsText("evidence"))
                .contains("CONTRADICTED");
    }

    @Test
    void verify_afterARemoval_claimsNothing() {
        Path state = temp.resolve("state");
        Kaitsu.activateBox(state);
        Result removed = Kaitsu.json("deactivate", "--state", state);
        assertThat(removed.exit()).as(removed.out() + removed.err()).isZero();
        assertThat(removed.statuses()).containsExactly("REMOVED");
        assertThat(removed.json().path("activation").asText()).isEqualTo("removal-1");

        Result verified = Kaitsu.json("verify", "--state", state);
        assertThat(verified.exit()).isEqualTo(Exits.REFUSED);
        assertThat(verified.errorCode()).isEqualTo("ACTIVATION_NOT_FOUND");
    }

    /** Somebody does it in Box, long after. */
    private static void deleteTheTempFolder(Path state) {
        try (Sandbox sandbox = Sandbox.builder().state(state.resolve("sandbox")).start()) {
            Visitor somebody = new Visitor(HandsOn.Actor.PERSON, Locale.JAPANESE);
            View signIn = somebody.open(sandbox.box() + "/folder/0");
            String password = sandbox.password(CloudService.Provider.BOX);
            View files = somebody.press(signIn, "承認", Map.of("メールアドレス", sandbox.administrator(), "パスワード", password));
            somebody.press(somebody.follow(files, "trendmicro_cas_temp__dont_change_or_delete"), "削除");
        }
    }

    @Test
    void deactivate_dryRun_isAPlanOnly() {
        Path state = temp.resolve("state");
        Kaitsu.activateBox(state);
        Result plan = Kaitsu.json("deactivate", "--state", state, "--dry-run");
        assertThat(plan.exit()).isZero();
        assertThat(plan.json().at("/services/0/steps").findValuesAsText("phase"))
                .contains("REMOVAL");
        assertThat(Kaitsu.json("status", "--state", state)
                        .json()
                        .path("removal")
                        .asBoolean())
                .isFalse();
        assertThat(Kaitsu.json("deactivate", "--state", temp.resolve("nothing"), "--account", "A")
                        .errorCode())
                .isEqualTo("USAGE");
    }
}
