package io.github.kaitsu.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.ActivationStatus;
import io.github.kaitsu.ActivationView;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.sandbox.HandsOn;
import io.github.kaitsu.sandbox.PageOptions;
import io.github.kaitsu.sandbox.Sandbox;
import io.github.kaitsu.sandbox.SandboxSummary;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole activations by a real Chromium, with the person in its window. */
class WholeActivationTest {
    @TempDir
    Path folder;

    @Test
    void box_isProtected() throws InterruptedException {
        try (Stage stage = new Stage(Sandbox.builder(), folder)) {
            stage.begin(List.of(CloudService.BOX));

            ActivationView view = stage.run();

            assertThat(view.services()).allMatch(s -> s.status() == ActivationStatus.PROTECTED, "" + view.services());
        }
    }

    @Test
    void allEight_areProtectedWithAtMost27ThingsLeftToThePerson() throws InterruptedException {
        try (Stage stage = new Stage(Sandbox.builder().twoFactorPrompt().pages(PageOptions.faithful()), folder)) {
            stage.begin(CloudService.standard());

            ActivationView view = stage.run();

            assertThat(view.services()).allMatch(s -> s.status() == ActivationStatus.PROTECTED, "" + view.services());
            SandboxSummary summary = stage.sandbox.summary();
            assertThat(summary.grants().values()).containsOnly(1);
            assertThat(summary.violations()).isEmpty();
            assertThat(summary.handsOn(HandsOn.Actor.PERSON).acts()).isLessThanOrEqualTo(27);
        }
    }
}
