package io.github.kaitsu.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.cli.Kaitsu.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code kaitsu forget}. */
class ForgetTest {
    @TempDir
    Path temp;

    private void cancelled() {
        Result begun = Kaitsu.json(
                "activate",
                "--sandbox",
                "--services",
                "box",
                "--state",
                temp,
                "--operator",
                "none",
                "--company",
                "秘密商事");
        assertThat(begun.exit()).isEqualTo(Exits.AWAITS_PERSON);
        assertThat(Kaitsu.json("cancel", "--state", temp, "--by", "佐藤").exit()).isZero();
    }

    @Test
    void aRunThatHasEnded_isErased_andTheNextOneGetsANewId() throws Exception {
        cancelled();
        Path journal = temp.resolve("activations/activation-1/journal.jsonl");
        assertThat(Files.readString(journal)).contains("秘密商事", "佐藤");
        Result forgotten = Kaitsu.json("forget", "activation-1", "--state", temp);

        assertThat(forgotten.exit()).as(forgotten.out()).isZero();
        assertThat(forgotten.json().at("/forgotten/0").asText()).isEqualTo("activation-1");
        assertThat(journal).doesNotExist();
        assertThat(Files.readString(temp.resolve("command.json"))).doesNotContain("activation-1");
        assertThat(Kaitsu.json("status", "--state", temp, "--activation", "activation-1")
                        .errorCode())
                .isEqualTo("ACTIVATION_NOT_FOUND");
        assertThat(Kaitsu.json("forget", "activation-1", "--state", temp).exit())
                .as("twice is success")
                .isZero();

        assertThat(Kaitsu.json("activate", "--sandbox", "--services", "box", "--state", temp, "--operator", "none")
                        .json()
                        .path("activation")
                        .asText())
                .isEqualTo("activation-2");
    }

    @Test
    void aRunThatHasNotEnded_isRefused() {
        Kaitsu.json("activate", "--sandbox", "--services", "box", "--state", temp, "--operator", "none");
        Result refused = Kaitsu.json("forget", "activation-1", "--state", temp);

        assertThat(refused.exit()).isEqualTo(Exits.REFUSED);
        assertThat(refused.errorCode()).isEqualTo("ACTIVATION_NEEDED");
        assertThat(Kaitsu.json("status", "--state", temp).exit()).isZero();
    }

    @Test
    void whatIsOldEnough_isErased_byTheTimeOfItsSandbox() {
        cancelled();
        Result none = Kaitsu.json("forget", "--older-than", "1", "--state", temp);
        assertThat(none.exit()).isZero();
        assertThat(none.json().path("forgotten")).isEmpty();
        assertThat(Kaitsu.run("forget", "--older-than", "1", "--state", temp).out())
                .contains("nothing to erase");
    }

    @Test
    void whatNobodyBegan_isNotFound() {
        cancelled();
        assertThat(Kaitsu.json("forget", "activation-9", "--state", temp).errorCode())
                .isEqualTo("ACTIVATION_NOT_FOUND");
    }

    @ParameterizedTest
    @CsvSource({"'', USAGE", "activation-1 --older-than 3, USAGE", "--older-than soon, USAGE", "--older-than -1, USAGE"
    })
    void otherArguments_areRefused(String arguments, String code) {
        Object[] words = ("forget --state " + temp + " " + arguments).strip().split(" ");
        Result result = Kaitsu.json(words);
        assertThat(result.exit()).isEqualTo(Exits.REFUSED);
        assertThat(result.errorCode()).isEqualTo(code);
    }
}
