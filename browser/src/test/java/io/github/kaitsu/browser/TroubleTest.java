package io.github.kaitsu.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.github.kaitsu.ActivationStatus;
import io.github.kaitsu.ActivationView;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.sandbox.Sandbox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A browser that dies, a process that dies, a session that ends: the activation goes on, and nothing is linked twice. */
class TroubleTest {
    @TempDir
    Path folder;

    @Test
    void common16_whenTheSessionEnds_thePersonSignsInAgainAndItGoesOn() throws InterruptedException {
        try (Stage stage = new Stage(Sandbox.builder().users(20_000), folder)) {
            stage.begin(List.of(CloudService.BOX));
            for (int i = 0; i < 6; i++) {
                stage.step();
            }
            stage.sandbox.clock().advance(Duration.ofHours(2));

            assertProtectedOnce(stage, stage.run());
            assertThat(stage.window.asked.stream().filter(t -> t.kind() == PersonTask.Kind.PASSWORD))
                    .hasSizeGreaterThan(1);
        }
    }

    @Test
    void whenChromeIsKilledBetweenActions_itIsStartedAgain() throws InterruptedException {
        try (Stage stage = new Stage(Sandbox.builder(), folder)) {
            stage.begin(List.of(CloudService.BOX));
            for (int i = 0; i < 5; i++) {
                stage.step();
                killChrome();
            }

            assertProtectedOnce(stage, stage.run());
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
                    killChrome();
                }
            }
        })) {
            stage.begin(List.of(CloudService.BOX));

            assertProtectedOnce(stage, stage.run());
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

            assertProtectedOnce(stage, stage.run());
        }
    }

    @Test
    void theRecordHoldsEachChange_andTheProfileIsWiped() throws Exception {
        try (Stage stage = new Stage(Sandbox.builder(), folder)) {
            stage.begin(List.of(CloudService.BOX));
            stage.run();
            stage.browser.close();

            try (Stream<Path> files = Files.walk(folder.resolve("browser"))) {
                List<Path> all = files.toList();
                assertThat(all).noneMatch(f -> f.endsWith("profile"));
                Path record = all.stream()
                        .filter(f -> f.endsWith("record.jsonl"))
                        .findFirst()
                        .orElseThrow();
                assertThat(Files.readAllLines(record))
                        .anyMatch(l -> l.contains("\"box.grant.1\"") && l.contains("権限の付与"))
                        .noneMatch(l -> l.contains(stage.sandbox.consolePassword()) || l.contains("?"));
            }
        }
    }

    private static void assertProtectedOnce(Stage stage, ActivationView view) {
        assertThat(view.services()).allMatch(s -> s.status() == ActivationStatus.PROTECTED);
        assertThat(stage.sandbox.summary().grants(CloudService.BOX)).isEqualTo(1);
        assertThat(stage.sandbox.summary().violations()).isEmpty();
    }

    /** Only what this process has started. */
    private static void killChrome() {
        List<ProcessHandle> browsers = ProcessHandle.current()
                .descendants()
                .filter(p -> p.info().command().orElse("").contains("chrom"))
                .toList();
        browsers.forEach(ProcessHandle::destroyForcibly);
        browsers.forEach(p -> p.onExit().join());
    }
}
