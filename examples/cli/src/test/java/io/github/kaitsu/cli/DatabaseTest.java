package io.github.kaitsu.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.cli.Kaitsu.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every command with an H2 file in place of the folder. */
class DatabaseTest {
    @TempDir
    Path temp;

    private String url() {
        return "jdbc:h2:" + temp.resolve("runs");
    }

    private Result with(Object... arguments) {
        Object[] all = new Object[arguments.length + 2];
        System.arraycopy(arguments, 0, all, 0, arguments.length);
        all[arguments.length] = "--jdbc";
        all[arguments.length + 1] = url();
        return Kaitsu.json(all);
    }

    @Test
    void commands_workOnADatabase_asOnAFolder() throws IOException {
        Result begun = with("activate", "--sandbox", "--services", "box", "--operator", "none", "--reference", "K-1");
        assertThat(begun.exit()).isEqualTo(Exits.AWAITS_PERSON);
        String action = begun.openActions().get(0);

        assertThat(with("status").json().path("openActions").get(0).path("id").asText())
                .isEqualTo(action);
        assertThat(with("answer", action, "not-yet", "--by", "sato").exit()).isEqualTo(Exits.AWAITS_PERSON);
        Result resumed = with("resume", "--operator", "script");
        assertThat(resumed.exit()).as(resumed.err()).isEqualTo(Exits.SUCCESS);
        assertThat(resumed.statuses()).containsExactly("PROTECTED");
        assertThat(with("verify").exit()).isEqualTo(Exits.SUCCESS);
        assertThat(with("report").json().path("activation").asText()).isEqualTo("activation-1");
        assertThat(with("fleet", "list", "--reference", "K-1")
                        .json()
                        .path("total")
                        .asInt())
                .isEqualTo(1);
        assertThat(with("deactivate", "--services", "box").exit()).isEqualTo(Exits.SUCCESS);
        assertThat(with("forget", "--older-than", "0").exit()).isEqualTo(Exits.SUCCESS);

        assertThat(Files.getPosixFilePermissions(temp.resolve("runs.mv.db")))
                .as("nobody else reads journals")
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(temp.resolve("runs.kaitsu/sandbox")).isDirectory();
    }

    @Test
    void consent_isKeptInTheDatabase_sealed() throws IOException {
        assertThat(with("consent", "--sandbox", "--provider", "box").exit()).isEqualTo(Exits.SUCCESS);

        Result listed = with("consent", "--sandbox");
        assertThat(listed.json().findValuesAsText("provider")).contains("BOX");
        assertThat(with("activate", "--sandbox", "--services", "box").exit()).isEqualTo(Exits.SUCCESS);
        assertThat(temp.resolve("runs.kaitsu/credentials")).doesNotExist();
    }

    @Test
    void password_isNeverTakenFromTheCommandLine_norPutOut() throws IOException {
        Path file = Files.writeString(temp.resolve("password"), "s3cret\n");
        Object[] list = {"fleet", "list", "--jdbc", url(), "--jdbc-user", "sa", "--json"};
        Result made = Kaitsu.run(
                "fleet", "list", "--jdbc", url(), "--jdbc-user", "sa", "--jdbc-password-file", file, "--json");
        assertThat(made.exit()).as(made.out()).isEqualTo(Exits.SUCCESS);
        Result right = Kaitsu.with(Map.of("LANG", "en", "KAITSU_JDBC_PASSWORD", "s3cret"))
                .call(list);
        assertThat(right.exit()).as(right.out()).isEqualTo(Exits.SUCCESS);

        Result wrong = Kaitsu.with(Map.of("LANG", "en", "KAITSU_JDBC_PASSWORD", "s3cret0ther", "KAITSU_DEBUG", "1"))
                .call(list);
        assertThat(wrong.errorCode()).isEqualTo("IO_ERROR");
        for (String url : new String[] {
            url() + ";PASSWORD=s3cret0ther",
            "jdbc:postgresql://h/d?user=a&password=s3cret0ther",
            "jdbc:postgresql://a:s3cret0ther@h/d"
        }) {
            Result refused = Kaitsu.run("fleet", "list", "--jdbc", url, "--json");
            assertThat(refused.errorCode()).isEqualTo("USAGE");
            assertThat(refused.out() + refused.err()).doesNotContain("s3cret0ther");
        }
        assertThat(wrong.out() + wrong.err() + made.err()).doesNotContain("s3cret");
        assertThat(Kaitsu.json("fleet", "list", "--jdbc", "jdbc:oracle:x").errorCode())
                .isEqualTo("USAGE");
        assertThat(Kaitsu.json("fleet", "list", "--jdbc-user", "x", "--state", temp.resolve("s"))
                        .errorCode())
                .isEqualTo("USAGE");
        assertThat(Kaitsu.json("fleet", "list").errorCode()).isEqualTo("USAGE");
        assertThat(Kaitsu.json("fleet", "list", "--jdbc", "jdbc:postgresql://127.0.0.1:1/none")
                        .errorCode())
                .isEqualTo("IO_ERROR");
    }
}
