package io.github.kaitsu.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.cli.Kaitsu.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code report --bundle} of a run in the sandbox. That its commands verify it, and notice changes, is tested with the library. */
class BundleTest {
    private static final List<String> NAMES = List.of("株式会社ひかり", "CAS7", "東京本社の組織", "契約H-42", "秘書課", "サンドボックスの担当者");

    @TempDir
    Path temp;

    private Path key;

    private Path key(String kind) throws GeneralSecurityException, IOException {
        byte[] der = KeyPairGenerator.getInstance(kind)
                .generateKeyPair()
                .getPrivate()
                .getEncoded();
        String text = "-----BEGIN PRIVATE KEY-----\n" + Base64.getEncoder().encodeToString(der)
                + "\n-----END PRIVATE KEY-----\n";
        return Files.writeString(temp.resolve(kind + ".pem"), text);
    }

    private Result report(String language, Object... more) {
        List<Object> all = new ArrayList<>(List.of("report", "--state", temp.resolve("s"), "--lang", language));
        all.addAll(List.of(more));
        return Kaitsu.in("C").call(all.toArray());
    }

    private static Map<String, String> files(Path zip) throws IOException {
        Map<String, String> files = new LinkedHashMap<>();
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                files.put(entry.getName(), new String(in.readAllBytes(), UTF_8));
            }
        }
        return files;
    }

    @Test
    void bundle_isWritten_withNamesOrWithout_andRefusedClearly() throws Exception {
        key = key("Ed25519");
        Object[] run = {
            "activate",
            "--sandbox",
            "--services",
            "box,teams",
            "--account",
            "CAS7",
            "--organisation",
            "東京本社の組織",
            "--company",
            "株式会社ひかり",
            "--reference",
            "契約H-42",
            "--label",
            "秘書課",
            "--scenario",
            "link-fails:1",
            "--state",
            temp.resolve("s"),
            "--lang",
            "ja"
        };
        assertThat(Kaitsu.run(run).exit()).isZero();

        Path zip = temp.resolve("evidence.zip");
        Result written = report("ja", "--bundle", zip, "--key", key);
        assertThat(written.exit()).as(written.err()).isZero();
        assertThat(written.out()).contains("株式会社ひかり", "evidence.zip", "VERIFY.md");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(zip)))
                .isEqualTo("rw-------");
        Map<String, String> files = files(zip);
        assertThat(files)
                .containsKeys("report.ja.html", "report.en.html", "evidence.json", "journal.jsonl")
                .containsKeys("VERIFY.md", "manifest.sha256", "statement.dsse.json");
        assertThat(files.get("journal.jsonl")).contains(NAMES);
        assertThat(Json.read(files.get("evidence.json")).path("success").asBoolean())
                .isTrue();

        Path without = temp.resolve("without.zip");
        Result redacted = report("en", "--bundle", without, "--key", key, "--redacted", "--json");
        assertThat(redacted.json().path("redacted").asBoolean()).isTrue();
        assertThat(redacted.json().path("keyId").asText()).hasSize(64);
        assertWithoutNames(files(without), pieces(files.get("journal.jsonl")));

        assertRefused(report("en", "--bundle", zip, "--key", key, "--json"), "USAGE", "new file");
        assertRefused(report("en", "--bundle", temp.resolve("no/e.zip"), "--key", key, "--json"), "IO_ERROR", "folder");
        assertRefused(report("en", "--bundle", temp.resolve("e.zip"), "--json"), "USAGE", "--key");
        assertRefused(report("en", "--key", key, "--json"), "USAGE", "--bundle");
        assertRefused(report("en", "--redacted", "--json"), "USAGE", "--bundle");
        assertRefused(
                report("en", "--bundle", temp.resolve("e.zip"), "--key", key, "--format", "md", "--json"),
                "USAGE",
                "--format");
        assertRefused(
                report("en", "--bundle", temp.resolve("e.zip"), "--key", temp.resolve("none"), "--json"),
                "SIGNING_KEY",
                "openssl genpkey");
        assertRefused(
                report("en", "--bundle", temp.resolve("e.zip"), "--key", key("RSA"), "--json"),
                "SIGNING_KEY",
                "Ed25519");
        assertThat(temp.resolve("e.zip")).doesNotExist();
    }

    private static void assertRefused(Result result, String code, String nextStep) {
        assertThat(result.exit()).isEqualTo(code.equals("IO_ERROR") ? Exits.ERROR : Exits.REFUSED);
        assertThat(result.errorCode()).as(result.out()).isEqualTo(code);
        assertThat(result.json().at("/error/nextStep").asText()).contains(nextStep);
    }

    /** What in the sandbox is somebody's: mail addresses and ids that vendors give. */
    private static List<String> pieces(String journal) {
        return Pattern.compile("[\\w.+-]+@[\\w-]+\\.[\\w.-]+|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}")
                .matcher(journal)
                .results()
                .map(MatchResult::group)
                .distinct()
                .toList();
    }

    private static void assertWithoutNames(Map<String, String> files, List<String> more) {
        assertThat(more).isNotEmpty();
        files.forEach((name, text) -> {
            String all = name.equals("statement.dsse.json")
                    ? new String(
                            Base64.getDecoder().decode(text.replaceAll(".*\"payload\":\"([^\"]*)\".*\\n", "$1")), UTF_8)
                    : text;
            assertThat(NAMES).as(name).noneMatch(all::contains);
            assertThat(more).as(name).noneMatch(all::contains);
            assertThat(all).as(name).doesNotContain("activation-1");
        });
        assertThat(files.get("report.ja.html")).contains("確認済み", "name-").doesNotContain("img alt");
    }
}
