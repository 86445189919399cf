package io.github.kaitsu.google;

import static io.github.kaitsu.CloudService.BOX;
import static io.github.kaitsu.CloudService.GMAIL;
import static io.github.kaitsu.CloudService.GOOGLE_DRIVE;
import static io.github.kaitsu.Edition.CONSOLE_2024_04;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.SkipReason;
import io.github.kaitsu.StepId;
import io.github.kaitsu.contract.Steps;
import io.github.kaitsu.operator.ActionTemplate;
import io.github.kaitsu.operator.BlockReason;
import io.github.kaitsu.provision.ActivationStep;
import io.github.kaitsu.provision.Facts;
import io.github.kaitsu.provision.ServiceAccountProvisioner;
import io.github.kaitsu.provision.StepContext;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GoogleRemovalTest {
    private final GmailProvisioner gmail = GmailProvisioner.create();
    private final GoogleDriveProvisioner drive = GoogleDriveProvisioner.create();

    @Test
    void google1_whenTheOtherServiceIsStillListed_appAndAccessAreKept() {
        assertKept(gmail, listing(Set.of(BOX, GOOGLE_DRIVE), GMAIL));
        assertKept(drive, listing(Set.of(GMAIL), GOOGLE_DRIVE));
    }

    @Test
    void google1_whenNoOtherServiceIsListed_appAndAccessGo() {
        for (Set<CloudService> listed : List.of(Set.<CloudService>of(), Set.of(BOX), Set.of(GMAIL))) {
            List<ActivationStep> steps = gmail.removalSteps(listing(listed, GMAIL));
            assertThat(steps)
                    .extracting(s -> s.id().value())
                    .containsExactly("gmail.remove-app", "gmail.remove-access");
            assertThat(steps).allMatch(s -> s.required() && s.action().isPresent());
            assertThat(steps.get(1).after()).containsExactly(steps.get(0).id());
            assertThat(steps.get(1).action().orElseThrow().link())
                    .contains(URI.create("https://myaccount.google.com/connections"));
        }
    }

    @Test
    void google1_whenBothAreRemoved_theLastOneTakesTheApp() {
        assertKept(gmail, Given.context(CONSOLE_2024_04, GMAIL, BOX, GOOGLE_DRIVE));
        assertGone(drive, Given.context(CONSOLE_2024_04, GMAIL, BOX, GOOGLE_DRIVE));
        assertKept(drive, Given.context(CONSOLE_2024_04, GOOGLE_DRIVE, GMAIL));
        assertGone(gmail, Given.context(CONSOLE_2024_04, GOOGLE_DRIVE, GMAIL));
    }

    @Test
    void google1_whenTheFirstOfBothWasNotRemoved_theLastOneKeepsTheApp() {
        assertKept(drive, listing(Set.of(GMAIL), GMAIL, GOOGLE_DRIVE));
    }

    @Test
    void google1_whenThePersonSeesTheOtherService_theAppStays_andTheAccessWithIt() {
        StepContext before = Given.context(CONSOLE_2024_04, GMAIL);
        ActionTemplate remove = Steps.step(gmail.removalSteps(before), "gmail.remove-app")
                .action()
                .orElseThrow();
        assertThat(remove.acceptedBlocks()).containsExactly(BlockReason.NOT_ASKED_FOR);
        assertThat(Given.text(remove, "1", Locale.JAPANESE)).contains("Gmail", "Googleドライブ", "NOT_ASKED_FOR");
        StepContext after =
                Given.knowing(Facts.skipOf(StepId.of(GMAIL, "remove-app")), SkipReason.NOT_ASKED_FOR.name(), GMAIL);
        assertThat(Steps.step(gmail.removalSteps(after), "gmail.remove-access").action())
                .isEmpty();
    }

    @Test
    void google3_theFolders_areDrivesAlone_andMayBeKept() {
        StepContext context = listing(Set.of(), GOOGLE_DRIVE);
        ActionTemplate folders = Steps.step(drive.removalSteps(context), "google-drive.remove-folders")
                .action()
                .orElseThrow();
        assertThat(folders.acceptedBlocks())
                .containsExactlyInAnyOrder(BlockReason.BLOCKED_BY_POLICY, BlockReason.OTHER);
        assertThat(Given.lines(folders, CONSOLE_2024_04, Locale.ENGLISH))
                .containsSubsequence("Back up", "Unshare", "Delete");
        assertThat(Steps.step(drive.removalSteps(listing(Set.of(GMAIL), GOOGLE_DRIVE)), "google-drive.remove-folders")
                        .action())
                .isPresent();
    }

    private static StepContext listing(Set<CloudService> listed, CloudService... removed) {
        return Given.knowing(Facts.listing(listed), removed);
    }

    private static void assertKept(ServiceAccountProvisioner provisioner, StepContext context) {
        for (String name : List.of(".remove-app", ".remove-access")) {
            ActivationStep step = Steps.step(
                    provisioner.removalSteps(context), provisioner.service().id() + name);
            assertThat(step.action()).isEmpty();
            assertThat(step.required()).isFalse();
            assertThat(step.titleKey()).startsWith("keep-");
        }
    }

    private static void assertGone(ServiceAccountProvisioner provisioner, StepContext context) {
        for (String name : List.of(".remove-app", ".remove-access")) {
            assertThat(Steps.step(
                                    provisioner.removalSteps(context),
                                    provisioner.service().id() + name)
                            .action())
                    .isPresent();
        }
    }
}
