package io.github.kaitsu.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log is the sandbox: what it holds comes back after a kill at any byte, and any process may read it. */
class StateTest {
    @TempDir
    Path folder;

    @Test
    void state_whenReopened_everythingIsAsBefore() throws IOException {
        SandboxSummary before;
        try (Sandbox sandbox = Sandbox.builder()
                .state(folder)
                .users(77)
                .scenario(Scenario.parse("link-fails:1"))
                .start()) {
            Walk walk = new Walk(sandbox);
            walk.openConsole();
            walk.grant(CloudService.BOX);
            walk.link(CloudService.BOX);
            sandbox.clock().advance(Duration.ofMinutes(5));
            before = sandbox.summary();
            assertThat(Sandbox.summary(folder)).contains(before);
        }
        assertThat(Sandbox.summary(folder)).contains(before);
        try (Sandbox sandbox = Sandbox.builder().state(folder).start()) {
            assertThat(sandbox.summary()).isEqualTo(before);
            assertThat(sandbox.users()).isEqualTo(77);
            Walk walk = new Walk(sandbox);
            walk.openConsole();
            assertThat(walk.accounts()).contains("\tBox");
            assertThat(walk.lists()).contains("Boxは保護されています。 2026/11/24 00:05:00 - 初期設定の組織");
        }
        assertThat(Sandbox.summary(folder.resolve("elsewhere"))).isEmpty();
        String text = Files.readString(folder.resolve("log.jsonl"));
        assertThat(text).doesNotContain("Sb"); // the beginning of every password
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("log.jsonl"))))
                .isEqualTo("rw-------");
    }

    @Test
    void state_whenKilledAtAnyByteOfTheLastLine_theLineIsDroppedAndTheNextOneFits() throws IOException {
        Instant end;
        try (Sandbox sandbox = Sandbox.builder().state(folder).start()) {
            sandbox.clock().advance(Duration.ofMinutes(1));
            end = sandbox.clock().instant();
            sandbox.clock().advance(Duration.ofHours(1));
        }
        Path log = folder.resolve("log.jsonl");
        byte[] whole = Files.readAllBytes(log);
        String text = new String(whole, StandardCharsets.UTF_8);
        int lastLine = text.substring(0, text.lastIndexOf("{\"n\":3")).getBytes(StandardCharsets.UTF_8).length;
        for (int cut = lastLine; cut < whole.length; cut++) {
            Files.write(log, Arrays.copyOf(whole, cut));
            assertThat(Sandbox.summary(folder).orElseThrow().clock()).isEqualTo(end);
            try (Sandbox sandbox = Sandbox.builder().state(folder).start()) {
                assertThat(sandbox.clock().instant()).isEqualTo(end);
                sandbox.clock().advance(Duration.ofSeconds(1));
            }
            assertThat(Sandbox.summary(folder).orElseThrow().clock()).isEqualTo(end.plusSeconds(1));
        }
    }

    @Test
    void state_whenAnotherSandboxHasTheFolder_itIsRefused() {
        try (Sandbox first = Sandbox.builder().state(folder).start()) {
            assertThat(first.users()).isEqualTo(50);
            assertThatThrownBy(() -> Sandbox.builder().state(folder).start())
                    .isInstanceOfSatisfying(
                            KaitsuException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_BUSY));
        }
        Sandbox.builder().state(folder).start().close();
    }

    @Test
    void state_whenALineInTheMiddleWasEdited_itIsRefused() throws IOException {
        try (Sandbox sandbox = Sandbox.builder().state(folder).start()) {
            sandbox.clock().advance(Duration.ofMinutes(1));
        }
        Files.writeString(folder.resolve("log.jsonl"), "{\"n\":9}\n", StandardOpenOption.APPEND);
        assertThatThrownBy(() -> Sandbox.summary(folder))
                .isInstanceOfSatisfying(
                        KaitsuException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_CORRUPT));
        assertThatThrownBy(() -> Sandbox.builder().state(folder).start()).isInstanceOf(KaitsuException.class);
    }

    @Test
    void clock_neverGoesBackwards() {
        try (Sandbox sandbox = Sandbox.builder().start()) {
            Instant start = sandbox.clock().instant();
            assertThat(start).isEqualTo("2026-11-24T00:00:00Z");
            sandbox.clock().advanceTo(start.minusSeconds(1));
            assertThat(sandbox.clock().instant()).isEqualTo(start);
            assertThatThrownBy(() -> sandbox.clock().advance(Duration.ofSeconds(-1)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void state_whenReopened_whatNoPageSawIsCountedStill_andOlderLogsAreRead() throws IOException {
        try (Sandbox sandbox = Sandbox.builder().state(folder).start()) {
            new Walk(sandbox).at(sandbox.console(), "/Dashboard");
            sandbox.counted(HandsOn.Kind.COPIES, 3);
            sandbox.counted(HandsOn.Kind.PASTES, 2);
            sandbox.counted(HandsOn.Kind.ANSWERS, 1);
        }
        assertThat(person()).isEqualTo(new HandsOn(1, 1, 0, 3, 2, 1));
        Path log = folder.resolve("log.jsonl");
        String older = "{\"n\":6,\"at\":\"2026-11-24T00:00:00Z\",\"change\":\"Acted\",\"data\":{\"actor\":\"PERSON\","
                + "\"what\":{\"looks\":1,\"fields\":2,\"presses\":4},\"site\":\"console\",\"path\":\"/login\"}}\n";
        Files.writeString(log, older, StandardOpenOption.APPEND);
        assertThat(person()).isEqualTo(new HandsOn(2, 5, 2, 3, 2, 1));
    }

    private HandsOn person() {
        return Sandbox.summary(folder).orElseThrow().handsOn(HandsOn.Actor.PERSON);
    }
}
