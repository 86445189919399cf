package io.github.kaitsu.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.cli.Kaitsu.Result;
import org.junit.jupiter.api.Test;

/** Every scenario of the sandbox ends as it should, in the right words. */
class ScenarioTest {
    private static Result activate(String scenario, String services) {
        Result result = Kaitsu.json("activate", "--sandbox", "--scenario", scenario, "--services", services);
        assertThat(result.json().at("/sandbox/violations")).as(result.err()).isEmpty();
        return result;
    }

    private static void assertAllProtectedWithOneGrantEach(Result result) {
        assertThat(result.exit()).isZero();
        assertThat(result.statuses()).hasSize(8).containsOnly("PROTECTED");
        CloudService.standard().forEach(s -> assertThat(result.grants(s.name())).isOne());
    }

    @Test
    void none_protectsAllEight() {
        assertAllProtectedWithOneGrantEach(activate("none", "all"));
    }

    @Test
    void linkFails1_protectsInTheSecondRound() {
        Result result = activate("link-fails:1", "all");
        assertAllProtectedWithOneGrantEach(result);
        assertThat(result.json().path("services").findValues("linkAttempts"))
                .allSatisfy(n -> assertThat(n.asInt()).isEqualTo(2));
    }

    @Test
    void linkFails2_protectsInTheThirdRound() {
        Result result = activate("link-fails:2", "box");
        assertThat(result.exit()).isZero();
        assertThat(result.service("BOX").path("linkAttempts").asInt()).isEqualTo(3);
        assertThat(result.grants("BOX")).isOne();
    }

    @Test
    void linkFails3_failsWhenTheBudgetIsSpent() {
        Result result = activate("link-fails:3", "box");
        assertThat(result.exit()).isEqualTo(Exits.FAILED);
        assertThat(result.service("BOX").path("status").asText()).isEqualTo("FAILED");
        assertThat(result.service("BOX").path("failure").asText()).isEqualTo("LINK_BUDGET_SPENT");
        assertThat(result.service("BOX").path("nextStep").asText()).isNotBlank();
    }

    @Test
    void stuckPending_failsWhenTheSecondBudgetIsSpent_andTheOthersGoOn() {
        Result result = activate("stuck-pending", "box,dropbox");
        assertThat(result.exit()).isEqualTo(Exits.FAILED);
        assertThat(result.service("BOX").path("failure").asText()).isEqualTo("STALL_BUDGET_SPENT");
        assertThat(result.service("DROPBOX").path("status").asText()).isIn("PROTECTED", "FAILED");
    }

    @Test
    void coAdmin_failsBeforeAnyLink() {
        Result result = activate("co-admin", "box");
        assertThat(result.exit()).isEqualTo(Exits.FAILED);
        assertThat(result.service("BOX").path("status").asText()).isEqualTo("FAILED");
        assertThat(result.service("BOX").path("linkAttempts").asInt()).isZero();
        assertThat(result.grants("BOX")).isZero();
    }

    @Test
    void noFolders_isNeverProtected() {
        Result result = activate("no-folders", "box");
        assertThat(result.exit()).isEqualTo(Exits.FAILED);
        assertThat(result.service("BOX").path("status").asText()).isEqualTo("FAILED");
        assertThat(result.service("BOX").path("failure").asText()).isEqualTo("CONTRADICTED");
    }

    @Test
    void alreadyLinked_isAdoptedWithoutASecondGrant() {
        Result result = activate("already-linked", "all");
        assertAllProtectedWithOneGrantEach(result);
        assertThat(result.json().path("services").findValues("linkAttempts"))
                .allSatisfy(n -> assertThat(n.asInt()).isZero());
    }

    @Test
    void leftoverFolders_areNotTakenForLinked() {
        Result result = activate("leftover-folders", "box");
        assertThat(result.exit()).isZero();
        assertThat(result.service("BOX").path("linkAttempts").asInt()).isOne();
        assertThat(result.grants("BOX")).isOne();
    }

    @Test
    void foreignPending_waitsForTheSlotUntilCleared() {
        Result result = activate("foreign-pending", "all");
        assertAllProtectedWithOneGrantEach(result);
        assertThat(result.json().at("/sandbox/clock").asText()).isGreaterThan("2026-11-24T01:30:00Z");
    }
}
