package io.github.kaitsu.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.kaitsu.ActionId;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ActivationStatus;
import io.github.kaitsu.ActivationView;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.Evidence.Level;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.Waiting;
import io.github.kaitsu.journal.JournalEntry;
import io.github.kaitsu.journal.codec.JournalCodec;
import io.github.kaitsu.operator.Answer;
import io.github.kaitsu.operator.RecordedChange;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TimeZone;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvidenceBundleTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final byte[] SALT = "0123456789abcdef".getBytes(UTF_8);
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n', 1, 2, 3};
    /** Who and whose it is, in the samples and in the journal that has every event. */
    private static final List<String> NAMES = List.of(
            "株式会社サンプル",
            "CAS0001",
            "初期設定の組織",
            "K-1001",
            "佐藤",
            "鈴木",
            "sato@example.co.jp",
            "admin@example.jp",
            "example.co.jp",
            "example-admin",
            "acme-",
            "client-1",
            "既定のポリシー",
            "秘密の計画.xlsx",
            "shot-7.png",
            "11111111-2222");

    private static KeyPair pair;
    private static Path key;
    private static Path publicKey;
    private static Ed25519Signer signer;

    @TempDir
    static Path keys;

    @TempDir
    Path folder;

    @BeforeAll
    static void makesAKey() throws GeneralSecurityException, IOException {
        pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        key = pem("PRIVATE KEY", pair.getPrivate().getEncoded(), "key.pem");
        publicKey = pem("PUBLIC KEY", pair.getPublic().getEncoded(), "public.pem");
        signer = Ed25519Signer.ofFile(key);
    }

    private static Path pem(String kind, byte[] der, String name) throws IOException {
        String text = "-----BEGIN " + kind + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + kind + "-----\n";
        return Files.writeString(keys.resolve(name), text);
    }

    // ---- samples

    private static List<JournalEntry> journal() {
        try (InputStream in = EvidenceBundleTest.class.getResourceAsStream("/journal/every-event.jsonl");
                BufferedReader lines = new BufferedReader(new InputStreamReader(Objects.requireNonNull(in), UTF_8))) {
            return lines.lines()
                    .map(line -> JournalCodec.read(tree(line), "every-event", 1))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(json, e);
        }
    }

    /** Of every level something, and names wherever somebody may write one. */
    private static ActivationView view() {
        Answer.HandedBack back =
                new Answer.HandedBack("鈴木", "「秘密の計画.xlsx」が表示されています。", List.of("/home/suzuki/shot-7.png"));
        return ReportSamples.view(
                false,
                List.of(ReportSamples.action(Optional.of(back))),
                List.of(ReportSamples.POLICIES),
                ReportSamples.service(
                        CloudService.BOX,
                        ActivationStatus.FINISHING,
                        new Waiting.Nothing(),
                        ReportSamples.step(
                                CloudService.BOX, "folders", Level.VERIFIED, "GET /2.0/folders", "「秘密の計画.xlsx」がある"),
                        ReportSamples.step(CloudService.BOX, "group", Level.ATTESTED, "GET /2.0/groups", "佐藤の回答"),
                        ReportSamples.step(CloudService.BOX, "mail", Level.UNKNOWN, "", "")),
                ReportSamples.saying(CloudService.DROPBOX, "Dropboxは保護されています。 - 株式会社サンプル"));
    }

    private EvidenceBundle bundle() throws IOException {
        Path picture = Files.write(folder.resolve("株式会社サンプル.png"), PNG);
        RecordedChange change = new RecordedChange(
                Instant.EPOCH,
                ActivationId.of("a1"),
                new ActionId("box.grant.1"),
                RecordedChange.By.BROWSER,
                "追加",
                "https://admin.tmcas.trendmicro.co.jp/console",
                Optional.of(picture),
                Optional.of(folder.resolve("gone.png")));
        return EvidenceBundle.of(view(), journal()).with(List.of(change));
    }

    // ---- what is in it

    @Test
    void bundle_holdsEverythingAtItsRoot_andTheManifestListsItAll() throws IOException {
        Map<String, byte[]> files = Unzipped.files(bundle().zip(signer));

        assertThat(files.keySet())
                .containsExactlyInAnyOrder(
                        "report.ja.html",
                        "report.en.html",
                        "evidence.json",
                        "journal.jsonl",
                        "picture-0001.png",
                        "public-key.pem",
                        "VERIFY.md",
                        "manifest.sha256",
                        "statement.dsse.json");
        String manifest = text(files, "manifest.sha256");
        assertThat(manifest.lines().map(l -> l.substring(66)))
                .containsExactlyInAnyOrderElementsOf(files.keySet().stream()
                        .filter(n -> !n.equals("manifest.sha256") && !n.equals("statement.dsse.json"))
                        .toList());
        assertThat(text(files, "report.ja.html")).contains("株式会社サンプル 御中", "data:image/png;base64,");
        assertThat(text(files, "report.en.html")).contains("<html lang=\"en\">");
        assertThat(files.get("picture-0001.png")).isEqualTo(PNG);
        assertThat(text(files, "evidence.json")).contains("\"before\" : \"picture-0001.png\"", "\"after\" : null");
        assertThat(text(files, "journal.jsonl").lines())
                .containsExactlyElementsOf(journal().stream()
                        .map(e -> JournalCodec.write(e).toString())
                        .toList());
        assertThat(text(files, "public-key.pem")).isEqualTo(Files.readString(publicKey));
        assertThat(text(files, "VERIFY.md")).contains(signer.keyId(), "ATTESTED", "申告");
    }

    @Test
    void statement_isInTotos_andTellsHowSureItIs() throws IOException, GeneralSecurityException {
        Map<String, byte[]> files = Unzipped.files(bundle().zip(signer));
        JsonNode envelope = tree(text(files, "statement.dsse.json"));
        assertThat(envelope.path("payloadType").asText()).isEqualTo("application/vnd.in-toto+json");
        byte[] payload = Base64.getDecoder().decode(envelope.path("payload").asText());
        JsonNode statement = JSON.readTree(payload);
        assertThat(statement.path("_type").asText()).isEqualTo("https://in-toto.io/Statement/v1");
        assertThat(statement.path("subject")).hasSize(1);
        assertThat(statement.at("/subject/0/name").asText()).isEqualTo("manifest.sha256");
        assertThat(statement.at("/subject/0/digest/sha256").asText())
                .isEqualTo(sha256(bytes(files, "manifest.sha256")));
        assertThat(statement.at("/predicate/evidence"))
                .isEqualTo(tree("{\"VERIFIED\":2,\"ATTESTED\":2,\"CONTRADICTED\":0,\"UNKNOWN\":1}"));
        JsonNode steps = tree(text(files, "evidence.json")).at("/services/0/steps");
        assertThat(steps.findValuesAsText("evidence")).containsExactly("VERIFIED", "ATTESTED", "UNKNOWN");

        // the envelope is DSSE's, by a reading of the specification of our own
        Signature signature = Signature.getInstance("Ed25519");
        signature.initVerify(pair.getPublic());
        signature.update(("DSSEv1 28 application/vnd.in-toto+json " + payload.length + " ").getBytes(UTF_8));
        signature.update(payload);
        assertThat(signature.verify(Base64.getDecoder()
                        .decode(envelope.at("/signatures/0/sig").asText())))
                .isTrue();
        assertThat(envelope.at("/signatures/0/keyid").asText()).isEqualTo(signer.keyId());
        assertThat(signer.keyId()).isEqualTo(sha256(pair.getPublic().getEncoded()));
    }

    @Test
    void sameRun_givesTheSameBytes_whereverItIsMade() throws IOException {
        byte[] first = bundle().zip(signer);
        TimeZone before = TimeZone.getDefault();
        try {
            TimeZone.setDefault(TimeZone.getTimeZone("America/New_York"));
            assertThat(bundle().zip(Ed25519Signer.ofFile(key))).isEqualTo(first);
        } finally {
            TimeZone.setDefault(before);
        }
        assertThat(bundle().redacted(SALT).zip(signer))
                .isEqualTo(bundle().redacted(SALT).zip(signer));
    }

    // ---- openssl and sha256sum alone

    @Test
    void bundle_isVerifiedByItsCommands_andTheyNoticeWhatIsChanged() throws Exception {
        Map<String, byte[]> files = Unzipped.files(bundle().zip(signer));
        String commands = "KEY='" + publicKey + "'\n" + Unzipped.commands(files);
        Path good = folder.resolve("good");
        Unzipped.write(files, good);
        assertThat(Unzipped.run(commands, good, publicKey)).isEqualTo("VERIFIED\n");
        assertThat(accepts(files)).isTrue();
        assertThat(Unzipped.run(Unzipped.commands(files), good, publicKey))
                .as("with the key that anybody may have put there")
                .contains("compare it")
                .endsWith("VERIFIED\n");
        assertThat(Unzipped.run(
                        commands.replace(publicKey.toString(), otherKey().toString()), good, otherKey()))
                .as("another signer's")
                .contains("NOT VERIFIED");

        for (String name : files.keySet()) { // each file at its beginning, within and at its end
            int length = bytes(files, name).length;
            for (int at : new int[] {0, length / 3, length - 1}) {
                assertNoticed(commands, files, name, at, good);
            }
        }
        Files.writeString(good.resolve("more.txt"), "x");
        assertThat(Unzipped.run(commands, good, publicKey)).contains("NOT VERIFIED");
        Files.delete(good.resolve("more.txt"));
        Files.delete(good.resolve("journal.jsonl"));
        assertThat(Unzipped.run(commands, good, publicKey)).contains("NOT VERIFIED");
    }

    private static void assertNoticed(String commands, Map<String, byte[]> files, String name, int at, Path in)
            throws Exception {
        byte[] flipped = flipped(bytes(files, name), at, 0);
        Files.write(in.resolve(name), flipped);
        assertThat(Unzipped.run(commands, in, publicKey))
                .as("%s, byte %s", name, at)
                .endsWith("NOT VERIFIED\n");
        Files.write(in.resolve(name), bytes(files, name));
    }

    /** The same as the commands do, in this process: every byte of envelope and manifest, and of each file every 97th. */
    @Test
    void anyFlippedBit_isNoticed() throws Exception {
        Map<String, byte[]> files = Unzipped.files(bundle().zip(signer));
        for (String name : files.keySet()) {
            byte[] content = bytes(files, name);
            boolean isShort = name.equals("statement.dsse.json") || name.equals("manifest.sha256");
            for (int at = 0; at < content.length; at += isShort ? 1 : 97) {
                Map<String, byte[]> changed = new LinkedHashMap<>(files);
                changed.put(name, flipped(content, at, at % 8));
                assertThat(accepts(changed)).as("%s, byte %s", name, at).isFalse();
            }
        }
    }

    private static byte[] flipped(byte[] content, int at, int bit) {
        byte[] flipped = content.clone();
        flipped[at] ^= (byte) (1 << bit);
        return flipped;
    }

    private static final Pattern ENVELOPE = Pattern.compile(
            "\\{\"payload\":\"([^\"]*)\",\"payloadType\":\""
                    + "application/vnd\\.in-toto\\+json\",\"signatures\":\\[\\{\"keyid\":\"([^\"]*)\",\"sig\":\"([^\"]*)\"}]}\n");

    private static boolean accepts(Map<String, byte[]> files) throws GeneralSecurityException {
        Matcher envelope = ENVELOPE.matcher(new String(bytes(files, "statement.dsse.json"), UTF_8));
        if (!envelope.matches()) {
            return false;
        }
        byte[] payload;
        byte[] sig;
        try {
            payload = Base64.getDecoder().decode(envelope.group(1));
            sig = Base64.getDecoder().decode(envelope.group(3));
        } catch (IllegalArgumentException e) {
            return false;
        }
        if (!Base64.getEncoder().encodeToString(payload).equals(envelope.group(1))
                || !Base64.getEncoder().encodeToString(sig).equals(envelope.group(3))
                || sig.length != 64) {
            return false;
        }
        Signature signature = Signature.getInstance("Ed25519");
        signature.initVerify(pair.getPublic());
        signature.update(("DSSEv1 28 application/vnd.in-toto+json " + payload.length + " ").getBytes(UTF_8));
        signature.update(payload);
        String signed = new String(payload, UTF_8);
        if (!verified(signature, sig)
                || !signed.contains("{\"sha256\":\"" + sha256(bytes(files, "manifest.sha256")) + "\"}")
                || !signed.contains("\"keyid\":\"" + envelope.group(2) + "\"")) {
            return false;
        }
        String manifest = files.entrySet().stream()
                .filter(f ->
                        !f.getKey().equals("manifest.sha256") && !f.getKey().equals("statement.dsse.json"))
                .sorted(Map.Entry.comparingByKey())
                .map(f -> sha256(f.getValue()) + "  " + f.getKey() + "\n")
                .collect(Collectors.joining());
        return manifest.equals(new String(bytes(files, "manifest.sha256"), UTF_8));
    }

    private static boolean verified(Signature signature, byte[] sig) {
        try {
            return signature.verify(sig);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    // ---- without names

    @Test
    void redacted_leavesNoNameInAnyFile_andIsVerifiedToo() throws Exception {
        byte[] zip = bundle().redacted(SALT).zip(signer);
        Map<String, byte[]> files = Unzipped.files(zip);
        assertThat(files.keySet()).noneMatch(n -> n.startsWith("picture"));
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            String text = new String(file.getValue(), UTF_8);
            assertThat(NAMES).as(file.getKey()).noneMatch(text::contains);
            assertThat(text).doesNotContain("\\u").doesNotContainPattern("[\\w.]+@[\\w-]+\\.\\w");
        }
        assertThat(new String(zip, UTF_8)).doesNotContain("サンプル");
        String payload = new String(
                Base64.getDecoder()
                        .decode(tree(text(files, "statement.dsse.json"))
                                .path("payload")
                                .asText()),
                UTF_8);
        assertThat(payload)
                .contains("\"redacted\":true", "\"activation\":\"name-")
                .doesNotContain("\"a1\"");

        Unzipped.write(files, folder.resolve("redacted"));
        String commands = "KEY='" + publicKey + "'\n" + Unzipped.commands(files);
        assertThat(Unzipped.run(commands, folder.resolve("redacted"), publicKey))
                .isEqualTo("VERIFIED\n");
    }

    @Test
    void redacted_staysReadable_andWhoHasTheSaltCanShowTheName() throws Exception {
        Map<String, byte[]> files = Unzipped.files(bundle().redacted(SALT).zip(signer));
        String company = hash("株式会社サンプル");
        assertThat(text(files, "report.ja.html")).contains(company + " 御中", "確認済み", "GET /2.0/folders", "管理者");
        JsonNode evidence = tree(text(files, "evidence.json"));
        assertThat(evidence.at("/customer/company").asText()).isEqualTo(company);
        assertThat(evidence.at("/customer/site").asText()).isEqualTo("JP");
        assertThat(evidence.at("/services/0/steps").findValuesAsText("evidence"))
                .containsExactly("VERIFIED", "ATTESTED", "UNKNOWN");
        assertThat(evidence.at("/services/0/steps/0/step").asText()).isEqualTo("box.folders");
        List<JsonNode> journal = text(files, "journal.jsonl")
                .lines()
                .map(EvidenceBundleTest::tree)
                .toList();
        assertThat(journal).hasSameSizeAs(journal());
        assertThat(journal.get(0).at("/event/request/company").asText()).isEqualTo(company);
        assertThat(journal.get(0).at("/event/type").asText()).isEqualTo("begun");
        assertThat(journal.get(0).at("/event/request/services/0").asText()).isEqualTo("BOX");
        assertThat(text(files, "journal.jsonl")).contains("\"by\":\"" + hash("佐藤") + "\"");

        assertThat(text(
                        Unzipped.files(bundle().redacted("another salt, longer".getBytes(UTF_8))
                                .zip(signer)),
                        "evidence.json"))
                .doesNotContain(company);
        assertThatThrownBy(() -> bundle().redacted(new byte[15])).isInstanceOf(IllegalArgumentException.class);
    }

    /** As VERIFY.md tells it. */
    private static String hash(String name) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SALT, "HmacSHA256"));
        return "name-" + HexFormat.of().formatHex(Arrays.copyOf(mac.doFinal(name.getBytes(UTF_8)), 10));
    }

    // ---- keys

    @Test
    void signer_takesNothingButAnEd25519Key_andSaysWhatToDo() throws Exception {
        Path rsa = pem("PRIVATE KEY", generated("RSA").getPrivate().getEncoded(), "rsa.pem");
        Path ec = pem("PRIVATE KEY", generated("EC").getPrivate().getEncoded(), "ec.pem");
        Path ed448 = pem("PRIVATE KEY", generated("Ed448").getPrivate().getEncoded(), "ed448.pem");
        Path damaged = pem("PRIVATE KEY", new byte[] {1, 2, 3}, "damaged.pem");
        Path encrypted = pem("ENCRYPTED PRIVATE KEY", new byte[] {1}, "encrypted.pem");
        Path ssh = pem("OPENSSH PRIVATE KEY", new byte[] {1}, "ssh.pem");
        Path nothing = Files.writeString(keys.resolve("nothing.pem"), "good morning");
        for (Path wrong :
                List.of(rsa, ec, ed448, damaged, encrypted, ssh, publicKey, nothing, keys, keys.resolve("none"))) {
            assertThatThrownBy(() -> Ed25519Signer.ofFile(wrong))
                    .as(wrong.toString())
                    .isInstanceOfSatisfying(KaitsuException.class, e -> {
                        assertThat(e.key()).startsWith("SIGNING_KEY.");
                        assertThat(e.nextStep(java.util.Locale.ENGLISH)).contains("openssl");
                        assertThat(e.message(java.util.Locale.JAPANESE))
                                .contains(wrong.getFileName().toString());
                    });
        }
        assertThat(signer.toString()).isEqualTo("Ed25519Signer[keyId=" + signer.keyId() + "]");
    }

    @Test
    void signer_ofAHost_mayKeepItsKeyElsewhere_andNamesItItsOwnWay() throws Exception {
        Map<String, byte[]> files = Unzipped.files(bundle().zip(named("vault:kaitsu/2026")));
        assertThat(files).doesNotContainKey("public-key.pem");
        Unzipped.write(files, folder.resolve("host"));
        String commands = "KEY='" + publicKey + "'\n" + Unzipped.commands(files);
        assertThat(Unzipped.run(commands, folder.resolve("host"), publicKey)).isEqualTo("VERIFIED\n");
        assertThat(accepts(files)).isTrue();
        EvidenceBundle bundle = bundle();
        assertThatThrownBy(() -> bundle.zip(named("a\"b"))).isInstanceOf(KaitsuException.class);
    }

    private static EvidenceSigner named(String id) {
        return new EvidenceSigner() {
            @Override
            public String keyId() {
                return id;
            }

            @Override
            public byte[] sign(byte[] message) {
                return signer.sign(message);
            }
        };
    }

    private static KeyPair generated(String kind) throws GeneralSecurityException {
        return KeyPairGenerator.getInstance(kind).generateKeyPair();
    }

    private static Path otherKey() throws GeneralSecurityException, IOException {
        Path other = keys.resolve("other.pem");
        return Files.exists(other)
                ? other
                : pem("PUBLIC KEY", generated("Ed25519").getPublic().getEncoded(), "other.pem");
    }

    private static byte[] bytes(Map<String, byte[]> files, String name) {
        return Stream.of(name).map(files::get).findFirst().orElseThrow();
    }

    private static String text(Map<String, byte[]> files, String name) {
        return new String(bytes(files, name), UTF_8);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
