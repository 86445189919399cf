package io.github.kaitsu.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.cli.Choices.Choice;
import io.github.kaitsu.cli.Kaitsu.Result;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command's own small files: written whole or not at all, and what is torn is told from what is lost. */
class SmallFilesTest {
    private static final ActivationId RUN = ActivationId.of("activation-1");
    private static final Choice CHOICE = new Choice(OperatorKind.TERMINAL, Optional.of("sandbox/2"), false);

    @TempDir
    Path temp;

    private Path written() {
        new Choices(temp).save(RUN, CHOICE);
        return temp.resolve("command.json");
    }

    private String refusal() {
        Refusal refusal = catchThrowableOfType(Refusal.class, () -> new Choices(temp).of(RUN));
        assertThat(refusal.code()).isEqualTo(ErrorCode.STORE_CORRUPT);
        return refusal.message(Messages.of(Locale.ENGLISH));
    }

    @Test
    void choices_cutAtEachByte_areTorn_andNeverOverwritten() throws Exception {
        Path file = written();
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length - 1; length++) {
            byte[] torn = Arrays.copyOf(whole, length);
            Files.write(file, torn);
            assertThat(refusal()).as("cut at %s", length).contains(length == 0 ? "is empty" : "is cut off");
            assertThatThrownBy(() -> new Choices(temp).save(ActivationId.of("other"), CHOICE))
                    .isInstanceOf(Refusal.class);
            assertThat(Files.readAllBytes(file)).isEqualTo(torn);
        }
        Files.write(file, Arrays.copyOf(whole, whole.length - 1)); // only its last line end is gone
        assertThat(new Choices(temp).of(RUN)).contains(CHOICE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dear diary",
                "[]",
                "{}",
                "null",
                "{\"format\":\"diary\",\"version\":1,\"runs\":{}}\n}\n",
                "{\"format\":\"kaitsu-command\",\"version\":1}",
                "{\"format\":\"kaitsu-command\",\"version\":1,\"runs\":[]}",
                "{\"format\":\"kaitsu-command\",\"version\":1,\"runs\":{\"activation-1\":{}}}",
                "{\"format\":\"kaitsu-command\",\"version\":1,\"runs\":{\"activation-1\":{\"operator\":\"robot\"}}}"
            })
    void choices_ofSomethingElse_areRefused(String content) throws Exception {
        Files.writeString(written(), content);
        assertThat(refusal()).contains("did not write");
    }

    @Test
    void choices_ofALaterVersion_areNewer() throws Exception {
        Path file = written();
        Files.writeString(file, Files.readString(file).replace("\"version\" : 1", "\"version\" : 2"));
        assertThatThrownBy(() -> new Choices(temp).of(RUN)).hasMessageContaining("newer version");
    }

    @Test
    void choices_lost_areNone_andSaidToBeLost() throws Exception {
        Path state = temp.resolve("state");
        Kaitsu.json("activate", "--sandbox", "--services", "box", "--state", state, "--operator", "none");
        Files.delete(state.resolve("command.json"));
        Result resumed = Kaitsu.json("resume", "--state", state, "--operator", "none");
        assertThat(resumed.exit()).isEqualTo(Exits.AWAITS_PERSON);
        assertThat(resumed.err()).contains("is not recorded", "--operator none");
        assertThat(Kaitsu.json("resume", "--state", state, "--operator", "none").err())
                .doesNotContain("is not recorded");
    }

    @Test
    void choices_torn_areSaidToBeTorn_withWhatHelps_andThatHelps() throws Exception {
        Path state = temp.resolve("state");
        Kaitsu.json("activate", "--sandbox", "--services", "box", "--state", state, "--operator", "none");
        Path file = state.resolve("command.json");
        Files.writeString(file, Files.readString(file).substring(0, 30));
        Result refused = Kaitsu.json("resume", "--state", state);
        assertThat(refused.errorCode()).isEqualTo("STORE_CORRUPT");
        assertThat(refused.json().at("/error/nextStep").asText())
                .contains("resume --operator", "No activation is lost");
        Files.delete(file);
        assertThat(Kaitsu.json("resume", "--state", state, "--operator", "script")
                        .exit())
                .isZero();
    }

    @Test
    void choices_ofManyAtOnce_areAllKept() {
        List<CompletableFuture<Void>> all = IntStream.range(0, 40)
                .mapToObj(i ->
                        CompletableFuture.runAsync(() -> new Choices(temp).save(ActivationId.of("run-" + i), CHOICE)))
                .toList();
        all.forEach(CompletableFuture::join);

        for (int i = 0; i < 40; i++) {
            assertThat(new Choices(temp).of(ActivationId.of("run-" + i))).contains(CHOICE);
        }
    }

    @Test
    void output_isWhole_forItsOwnerOnly_andOverwritesNothing() throws Exception {
        Path file = temp.resolve("out.txt");
        OutputFile.write(file.toString(), "text");
        assertThat(file).hasContent("text");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThatThrownBy(() -> OutputFile.write(file.toString(), "other")).isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> OutputFile.write(temp.resolve("no/out").toString(), "x"))
                .isInstanceOf(Refusal.class);
        try (Stream<Path> left = Files.list(temp)) {
            assertThat(left).containsExactly(file);
        }
    }

    /** Two at once make one key, and both can read what the other wrote. */
    @Test
    void key_madeByTwoAtOnce_isOne() {
        Kaitsu real = Kaitsu.with(Map.of(
                "LANG",
                "en_US.UTF-8",
                "KAITSU_KEY_FILE",
                temp.resolve("keys/own.key").toString()));
        Path apps = temp.resolve("apps.properties");
        try {
            Files.writeString(apps, "dropbox.client-id=abc\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<CompletableFuture<Result>> all = IntStream.range(0, 4)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> real.call(
                        "consent",
                        "--state",
                        temp.resolve("state"),
                        "--account",
                        "CAS" + i,
                        "--provider",
                        "dropbox",
                        "--apps",
                        apps,
                        "--print")))
                .toList();
        for (CompletableFuture<Result> one : all) {
            assertThat(one.join().exit())
                    .as(one.join().out() + one.join().err())
                    .isLessThan(5);
            assertThat(one.join().err()).doesNotContain("key");
        }
    }

    @Test
    void key_tornOrLost_isAnswered_differently_inBothLanguages() throws Exception {
        Path key = temp.resolve("own.key");
        for (String language : List.of("en_US.UTF-8", "ja_JP.UTF-8")) {
            Kaitsu real = Kaitsu.with(Map.of("LANG", language, "KAITSU_KEY_FILE", key.toString()));
            Path state = Files.createDirectories(temp.resolve(language + "/state/credentials"))
                    .getParent();
            Set<String> advice = new HashSet<>();
            for (String content : List.of("", "AAECAwQF", "not a key", "lost")) {
                Files.deleteIfExists(key);
                if (!content.equals("lost")) {
                    Files.writeString(key, content);
                    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
                }
                Result refused = real.call("consent", "--state", state, "--account", "CAS1", "--json");
                assertThat(refused.errorCode()).as(content).isEqualTo("CREDENTIAL_KEY");
                advice.add(refused.json().at("/error/nextStep").asText());
            }
            assertThat(advice).hasSize(4);
        }
    }
}
