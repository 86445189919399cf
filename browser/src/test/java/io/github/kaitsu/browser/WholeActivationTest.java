package io.github.kaitsu.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.ActivationStatus;
import io.github.kaitsu.ActivationView;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.Edition;
import io.github.kaitsu.sandbox.HandsOn;
import io.github.kaitsu.sandbox.PageOptions;
import io.github.kaitsu.sandbox.PageOptions.Trait;
import io.github.kaitsu.sandbox.Sandbox;
import io.github.kaitsu.sandbox.SandboxSummary;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole activations by a real Chromium, with the person in its window; nothing is handed back. */
class WholeActivationTest {
    @TempDir
    Path folder;

    /** Five passwords, five codes, the set-up of the second factor, and twelve presses and one tick that bind the customer. */
    @Test
    void allEight_areProtectedWithAtMost27ThingsLeftToThePerson() throws InterruptedException {
        Sandbox.Builder sandbox = Sandbox.builder().twoFactorPrompt().pages(PageOptions.faithful());
        try (Stage stage = new Stage(sandbox, folder)) {
            stage.begin(CloudService.standard());

            assertProtectedByTheBrowser(stage, stage.run(), CloudService.standard());

            HandsOn person = stage.sandbox.summary().handsOn(HandsOn.Actor.PERSON);
            assertThat(person.acts()).isLessThanOrEqualTo(27);
            assertThat(person.fields()).isGreaterThanOrEqualTo(10); // passwords and codes are never the browser's
        }
    }

    /** Windows that close by themselves, another master page of SharePoint's, pages that come late. */
    @Test
    void todaysConsoleInEnglish_withOneServiceOfEachProvider() throws InterruptedException {
        PageOptions pages = PageOptions.faithful()
                .with(Trait.WINDOW_CLOSES, Trait.SITE_MASTER_PAGE)
                .slow(Duration.ofMillis(150));
        List<CloudService> services = List.of(
                CloudService.BOX, CloudService.DROPBOX, CloudService.GOOGLE_DRIVE, CloudService.MICROSOFT_TEAMS);
        try (Stage stage =
                new Stage(Sandbox.builder().edition(Edition.CONSOLE_2024_07).pages(pages), folder, Locale.ENGLISH)) {
            stage.begin(services);

            assertProtectedByTheBrowser(stage, stage.run(), services);
        }
    }

    @Test
    void boxIsRemovedAgain() throws InterruptedException {
        try (Stage stage = new Stage(Sandbox.builder(), folder)) {
            stage.begin(List.of(CloudService.BOX));
            assertProtectedByTheBrowser(stage, stage.run(), List.of(CloudService.BOX));

            stage.beginRemoval(Set.of(CloudService.BOX));
            ActivationView view = stage.run();

            assertThat(view.services()).allMatch(s -> s.status() == ActivationStatus.REMOVED, "" + view);
            assertThat(stage.answers()
                            .filter(a -> Set.of("box.remove", "box.release-app")
                                    .contains(a.step().value())))
                    .hasSize(2)
                    .allMatch(a -> a.answer().by().equals("supervised browser"));
        }
    }

    private static void assertProtectedByTheBrowser(
            Stage stage, ActivationView view, Collection<CloudService> services) {
        assertThat(view.services()).allMatch(s -> s.status() == ActivationStatus.PROTECTED, "" + view.services());
        assertThat(stage.handedBack()).isEmpty();
        SandboxSummary summary = stage.sandbox.summary();
        assertThat(summary.grants()).hasSameSizeAs(services);
        assertThat(summary.grants().values()).containsOnly(1);
        assertThat(summary.violations()).isEmpty();
    }
}
