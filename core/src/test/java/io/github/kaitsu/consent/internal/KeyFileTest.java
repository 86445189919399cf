package io.github.kaitsu.consent.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.contract.FaultyDisk;
import io.github.kaitsu.contract.FaultyDisk.Fault;
import io.github.kaitsu.contract.SimulatedCrash;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A key is there whole or not at all; what is left of one says so. */
class KeyFileTest {
    private static final String KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    @TempDir
    Path temp;

    private Path keyFile(byte[] content) throws IOException {
        Path file = temp.resolve("key");
        Files.write(file, content);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private String refusal(Path file) {
        KaitsuException e = catchThrowableOfType(KaitsuException.class, () -> KeyFile.read(file));
        return e == null ? "read" : e.key().replace("CREDENTIAL_KEY.", "");
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void create_brokenOffAnywhere_leavesNoKeyOrAWholeOne(Fault fault) throws Exception {
        FaultyDisk dry = FaultyDisk.healthy();
        KeyFile.create(temp.resolve("dry"), dry);
        for (long point = 0; point < dry.points(); point++) {
            Path file = temp.resolve("key-" + point);
            FaultyDisk disk = FaultyDisk.failing(fault, point);
            assertThatThrownBy(() -> KeyFile.create(file, disk))
                    .isInstanceOfAny(SimulatedCrash.class, KaitsuException.class);
            assertThat(refusal(file)).as("at point %s", point).isIn("absent", "read");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(temp.resolve("dry"))))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void create_byManyAtOnce_makesOneKeyThatNobodyReplaces() {
        for (int round = 0; round < 30; round++) {
            Path file = temp.resolve("key-" + round);
            List<CompletableFuture<String>> all = IntStream.range(0, 8)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> created(file)))
                    .toList();
            Set<String> seen = all.stream().map(CompletableFuture::join).collect(Collectors.toSet());
            assertThat(seen).hasSize(1);
        }
    }

    /** What it holds when this one was through, whoever made it. */
    private static String created(Path file) {
        try {
            KeyFile.create(file);
        } catch (KaitsuException e) {
            assertThat(e.key()).isEqualTo("CREDENTIAL_KEY.exists");
        }
        return Arrays.toString(KeyFile.read(file));
    }

    /** The sign of equality at its end carries nothing. */
    @Test
    void read_ofAKeyCutAtEachByte_saysSoAndHowMuchIsLeft() throws Exception {
        byte[] whole = (KEY + "\n").getBytes(StandardCharsets.UTF_8);
        for (int length = 0; length <= whole.length; length++) {
            Path file = keyFile(Arrays.copyOf(whole, length));
            assertThat(refusal(file))
                    .as("cut at %s", length)
                    .isEqualTo(length == 0 ? "empty" : length < KEY.length() - 1 ? "cut" : "read");
            // what some file systems leave of it: the length, and zeros for what was not written
            byte[] zeros = Arrays.copyOf(Arrays.copyOf(whole, length), whole.length);
            if (length < KEY.length()) {
                assertThat(refusal(keyFile(zeros))).isEqualTo(length == 0 ? "empty" : "cut");
                assertThat(catchThrowableOfType(KaitsuException.class, () -> KeyFile.read(file)))
                        .message()
                        .doesNotContain(KEY.substring(0, 4));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'\r\n', empty",
        "'AAECAwQF\r\n', cut",
        "secret-passphrase, file",
        "'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=AAAA', file",
        "'AAAA\nAAAA', file",
        "鍵, file"
    })
    void read_ofSomethingElse_saysWhatItIs(String content, String what) throws Exception {
        assertThat(refusal(keyFile(
                        content.replace("\\r", "\r").replace("\\n", "\n").getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(what);
        assertThat(refusal(temp.resolve("lost"))).isEqualTo("absent");
    }

    @Test
    void whatToDo_differsForEachOfThem() throws Exception {
        for (Locale locale : List.of(Locale.ENGLISH, Locale.JAPANESE)) {
            Set<String> steps = new HashSet<>();
            for (String content : List.of("", KEY.substring(5), "secret")) {
                Path file = keyFile(
                        content.equals("secret")
                                ? "not a key".getBytes(StandardCharsets.UTF_8)
                                : content.getBytes(StandardCharsets.UTF_8));
                steps.add(catchThrowableOfType(KaitsuException.class, () -> KeyFile.read(file))
                        .nextStep(locale));
            }
            steps.add(catchThrowableOfType(KaitsuException.class, () -> KeyFile.read(temp.resolve("lost")))
                    .nextStep(locale));
            assertThat(steps).hasSize(4);
        }
    }
}
