package io.github.kaitsu.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.github.kaitsu.ActivationStatus;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.sandbox.PageOptions;
import io.github.kaitsu.sandbox.Sandbox;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A browser that dies, a process that dies, a session that ends: the activation goes on, and nothing is linked twice. */
class TroubleTest {
    @TempDir
    Path folder;

    @Test
    void common16_whenTheSessionEnds_signingInAgainBecomesAnAction_andNobodyIsAskedAnythingElse()
            throws InterruptedException {
        try (Stage stage = new Stage(Sandbox.builder().users(20_000).pages(PageOptions.faithful()), folder)) {
            stage.begin(List.of(CloudService.BOX));
            stage.runUntil(v -> v.services().get(0).status() == ActivationStatus.SYNCHRONIZING);
            stage.sandbox.clock().advance(Duration.ofHours(2));

            stage.assertProtectedOnce(stage.run());

            assertThat(stage.answered("console.sign-in-again")).isPositive();
            assertThat(stage.answeredBy(Stage.OUTSIDE)).isZero();
        }
    }

    /** Somebody who is asleep when the session ends costs nothing but time. */
    @Test
    void common16_whenNobodyIsThereToSignInAgain_theActionStaysOpenAndNothingBlocks() throws InterruptedException {
        AtomicBoolean away = new AtomicBoolean();
        try (Stage stage = new Stage(Sandbox.builder().users(20_000), folder)
                .withWindow(sandbox -> new SandboxWindow(sandbox) {
                    @Override
                    public void invite(Page page, PersonTask task) {
                        if (!away.get()) {
                            super.invite(page, task);
                        }
                    }
                })) {
            stage.begin(List.of(CloudService.BOX));
            stage.runUntil(v -> v.services().get(0).status() == ActivationStatus.SYNCHRONIZING);
            away.set(true);
            stage.sandbox.clock().advance(Duration.ofHours(2));
            stage.runUntil(v -> stage.browser.awaitsPerson());

            assertThat(stage.browser.performOne(stage.client)).isFalse();
            assertThat(stage.view().openActions())
                    .singleElement()
                    .satisfies(a -> assertThat(a.step().value()).isEqualTo("console.sign-in-again"));

            away.set(false);
            stage.assertProtectedOnce(stage.run());
        }
    }

    /** After the consent: the console knows of the grant, but nobody has told the engine. */
    @Test
    void whenChromeIsKilledAfterTheConsent_nothingIsLinkedTwice() throws InterruptedException {
        AtomicInteger kills = new AtomicInteger();
        try (Stage stage = new Stage(Sandbox.builder(), folder).withWindow(sandbox -> new SandboxWindow(sandbox) {
            @Override
            public void invite(Page page, PersonTask task) {
                super.invite(page, task);
                boolean consent = task.action().step().value().equals("box.grant")
                        && task.kind() == PersonTask.Kind.BINDING_BUTTON
                        && !page.url().startsWith(sandbox.box().toString());
                if (consent && kills.getAndIncrement() == 0) {
                    Chromium.kill();
                }
            }
        })) {
            stage.begin(List.of(CloudService.BOX));

            stage.assertProtectedOnce(stage.run());
            assertThat(kills.get()).isPositive();
        }
    }

    @Test
    void whenTheProcessDies_aNewOneGoesOn() throws InterruptedException {
        try (Stage stage = new Stage(Sandbox.builder(), folder)) {
            stage.begin(List.of(CloudService.BOX));
            for (int i = 0; i < 6; i++) {
                stage.step();
                stage.restart();
            }

            stage.assertProtectedOnce(stage.run());
        }
    }
}
