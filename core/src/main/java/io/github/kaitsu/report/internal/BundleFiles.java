package io.github.kaitsu.report.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.kaitsu.ActivationView;
import io.github.kaitsu.ActivationView.StepView;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.Evidence;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.journal.JournalEntry;
import io.github.kaitsu.journal.codec.JournalCodec;
import io.github.kaitsu.operator.RecordedChange;
import io.github.kaitsu.report.EvidenceSigner;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.LocalDateTime;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** The files of an evidence bundle, in the order in which they stand in its ZIP. Not thread-safe. */
public final class BundleFiles {
    static final String MANIFEST = "manifest.sha256";
    static final String STATEMENT = "statement.dsse.json";
    static final String PAYLOAD_TYPE = "application/vnd.in-toto+json";
    private static final String PREDICATE = "https://github.com/kaitsu/kaitsu/evidence-bundle/v1";
    /** On the first day that a ZIP can tell; at its very beginning the JDK would write the machine's time zone, too. */
    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 12, 0);

    private static final Pattern KEY_ID = Pattern.compile("[ -~&&[^\"\\\\]]{1,256}");

    private final ActivationView view;
    private final List<JournalEntry> journal;
    private final List<RecordedChange> record;
    private final Optional<Redaction> redaction;
    private final EvidenceSigner signer;
    private final Map<String, byte[]> files = new LinkedHashMap<>();

    private BundleFiles(
            ActivationView view,
            List<JournalEntry> journal,
            List<RecordedChange> record,
            Optional<Redaction> redaction,
            EvidenceSigner signer) {
        this.view = redaction.map(r -> r.view(view)).orElse(view);
        this.journal = journal;
        this.record = redaction.isPresent()
                ? record.stream().map(c -> shown(c, Map.of())).toList()
                : record;
        this.redaction = redaction;
        this.signer = signer;
    }

    public static byte[] zip(
            ActivationView view,
            List<JournalEntry> journal,
            List<RecordedChange> record,
            Optional<Redaction> redaction,
            EvidenceSigner signer) {
        if (!KEY_ID.matcher(signer.keyId()).matches()) {
            throw KaitsuException.of(ErrorCode.SIGNING_KEY, "id");
        }
        return new BundleFiles(view, journal, record, redaction, signer).zip();
    }

    private byte[] zip() {
        Map<Path, String> pictures = pictures();
        put("report.ja.html", html(Locale.JAPANESE));
        put("report.en.html", html(Locale.ENGLISH));
        put("evidence.json", evidence(pictures) + "\n");
        put("journal.jsonl", journal.stream().map(this::line).collect(Collectors.joining()));
        signer.publicKey().ifPresent(key -> put("public-key.pem", pem(key)));
        put("VERIFY.md", verify());
        put(MANIFEST, manifest());
        put(STATEMENT, statement());
        return zipped();
    }

    private void put(String name, String text) {
        files.put(name, text.getBytes(StandardCharsets.UTF_8));
    }

    // ---- what the run can show

    /** Each readable picture under its name in the bundle. */
    private Map<Path, String> pictures() {
        Map<Path, String> names = new LinkedHashMap<>();
        record.stream()
                .flatMap(c -> Stream.concat(c.before().stream(), c.after().stream()))
                .distinct()
                .forEach(file -> Pictures.read(file).ifPresent(picture -> {
                    String name =
                            String.format(Locale.ROOT, "picture-%04d.%s", names.size() + 1, Pictures.type(picture));
                    names.put(file, name);
                    files.put(name, picture);
                }));
        return names;
    }

    private String html(Locale locale) {
        Page page = HandoverPage.of(view, record, locale);
        return HtmlWriter.write(redaction.map(r -> page.mapped(r::text)).orElse(page));
    }

    /** The report's JSON, in Japanese; of a picture it tells the name in the bundle. */
    private String evidence(Map<Path, String> pictures) {
        List<RecordedChange> shown =
                record.stream().map(c -> shown(c, pictures)).toList();
        JsonNode json = ActivationJson.of(view, shown, Locale.JAPANESE);
        return ReportJson.print(redaction.map(r -> r.report(json)).orElse(json));
    }

    private static RecordedChange shown(RecordedChange change, Map<Path, String> pictures) {
        return new RecordedChange(
                change.time(),
                change.activation(),
                change.action(),
                change.by(),
                change.what(),
                change.address(),
                change.before().map(pictures::get).map(Path::of),
                change.after().map(pictures::get).map(Path::of));
    }

    private String line(JournalEntry entry) {
        JsonNode json = JournalCodec.write(entry);
        return redaction.map(r -> r.journal(json)).orElse(json) + "\n";
    }

    // ---- what makes it checkable

    private static String pem(byte[] key) {
        return "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key) + "\n-----END PUBLIC KEY-----\n";
    }

    private String verify() {
        try (InputStream in = BundleFiles.class.getResourceAsStream("verify.md")) {
            if (in == null) {
                throw new IllegalStateException("verify.md is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("{keyid}", signer.keyId());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As sha256sum writes it. */
    private String manifest() {
        return new TreeMap<>(files)
                .entrySet().stream()
                        .map(e -> sha256(e.getValue()) + "  " + e.getKey() + "\n")
                        .collect(Collectors.joining());
    }

    /** The DSSE envelope, on one line and in one form, so that no byte of it can be changed unnoticed. */
    private String statement() {
        byte[] payload = predicated().toString().getBytes(StandardCharsets.UTF_8);
        byte[] signature = signer.sign(preAuthenticated(payload));
        ObjectNode envelope = ReportJson.object()
                .put("payload", Base64.getEncoder().encodeToString(payload))
                .put("payloadType", PAYLOAD_TYPE);
        envelope.putArray("signatures")
                .addObject()
                .put("keyid", signer.keyId())
                .put("sig", Base64.getEncoder().encodeToString(signature));
        return envelope + "\n";
    }

    /** DSSE's PAE. */
    static byte[] preAuthenticated(byte[] payload) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] type = PAYLOAD_TYPE.getBytes(StandardCharsets.UTF_8);
        out.writeBytes(("DSSEv1 " + type.length + " " + PAYLOAD_TYPE + " " + payload.length + " ")
                .getBytes(StandardCharsets.UTF_8));
        out.writeBytes(payload);
        return out.toByteArray();
    }

    /** The in-toto statement. The key's id stands in it, too, since the envelope's own is not signed. */
    private ObjectNode predicated() {
        ObjectNode statement = ReportJson.object().put("_type", "https://in-toto.io/Statement/v1");
        statement
                .putArray("subject")
                .addObject()
                .put("name", MANIFEST)
                .putObject("digest")
                .put("sha256", sha256(files.getOrDefault(MANIFEST, new byte[0])));
        ObjectNode predicate = statement.put("predicateType", PREDICATE).putObject("predicate");
        String id = view.id().value();
        predicate
                .put("activation", redaction.map(r -> r.name(id)).orElse(id))
                .put("removal", view.removal())
                .put("ended", view.ended())
                .put("outcome", Handovers.of(view, Locale.JAPANESE).outcome().name())
                .put("changedAt", view.changedAt().toString())
                .put("entries", journal.size())
                .put("redacted", redaction.isPresent())
                .put("keyid", signer.keyId());
        ObjectNode levels = predicate.putObject("evidence");
        for (Evidence.Level level : Evidence.Level.values()) {
            levels.put(
                    level.name(),
                    steps().filter(s -> s.evidence().level() == level).count());
        }
        return statement;
    }

    private Stream<StepView> steps() {
        return Stream.concat(view.steps().stream(), view.services().stream().flatMap(s -> s.steps().stream()));
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Stored, since what deflating gives differs from one library to the next. */
    private byte[] zipped() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8)) {
            zip.setMethod(ZipOutputStream.STORED);
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                CRC32 crc = new CRC32();
                crc.update(file.getValue());
                ZipEntry entry = new ZipEntry(file.getKey());
                entry.setTimeLocal(NO_TIME);
                entry.setSize(file.getValue().length);
                entry.setCompressedSize(file.getValue().length);
                entry.setCrc(crc.getValue());
                zip.putNextEntry(entry);
                zip.write(file.getValue());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
