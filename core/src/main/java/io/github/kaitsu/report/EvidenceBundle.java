package io.github.kaitsu.report;

import io.github.kaitsu.ActivationView;
import io.github.kaitsu.journal.JournalEntry;
import io.github.kaitsu.operator.RecordedChange;
import io.github.kaitsu.report.internal.BundleFiles;
import io.github.kaitsu.report.internal.Redaction;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Everything a run can show for itself, in one ZIP that its host has signed, for whoever asks a year later: the report in both
 * languages, {@code evidence.json}, the journal, the pictures, {@code manifest.sha256} over all of them, and an in-toto statement (v1)
 * about the manifest in a DSSE envelope, {@code statement.dsse.json}. {@code VERIFY.md} says in both languages how openssl and sha256sum
 * check it, and what that proves: who has signed, and that nothing was changed since; not that what was attested is true. What is
 * UNKNOWN or ATTESTED is so in the bundle, too.
 *
 * <p>The same view, journal, pictures and key give the same bytes. It is built in memory. Immutable, thread-safe.
 *
 * @see <a href="https://github.com/in-toto/attestation/blob/main/spec/v1/statement.md">in-toto Statement v1</a>
 * @see <a href="https://github.com/secure-systems-lab/dsse/blob/v1.0.2/protocol.md">DSSE 1.0</a>
 */
public final class EvidenceBundle {
    /** Of the salt. */
    public static final int SHORTEST_SALT = 16;

    private final ActivationView view;
    private final List<JournalEntry> journal;
    private final List<RecordedChange> record;
    private final Optional<byte[]> salt;

    private EvidenceBundle(
            ActivationView view, List<JournalEntry> journal, List<RecordedChange> record, Optional<byte[]> salt) {
        this.view = view;
        this.journal = journal;
        this.record = record;
        this.salt = salt;
    }

    /**
     * The bundle of a run.
     *
     * @param journal as {@code ActivationClient.events} gives it
     */
    public static EvidenceBundle of(ActivationView view, List<JournalEntry> journal) {
        return new EvidenceBundle(Objects.requireNonNull(view), List.copyOf(journal), List.of(), Optional.empty());
    }

    /** With what was done in a browser's window, each with its pictures; changes of other activations are left out. */
    public EvidenceBundle with(List<RecordedChange> changes) {
        return new EvidenceBundle(
                view,
                journal,
                changes.stream().filter(c -> c.activation().equals(view.id())).toList(),
                salt);
    }

    /**
     * The same without names: of the company, its account and organisation, persons, files and folders, tenants, addresses. In their
     * place stand salted hashes (HMAC-SHA256, cut to 80 bits), the same for the same name within one salt. What somebody pasted or
     * wrote is hashed as a whole, and pictures are left out, since names stand in them.
     *
     * @param salt secret, at least 16 bytes; it is not in the bundle. Whoever has it can show which name a hash stands for, whoever has
     *     not cannot guess; of another salt for each customer nobody can tell what belongs together
     * @throws IllegalArgumentException if the salt is shorter
     */
    public EvidenceBundle redacted(byte[] salt) {
        if (salt.length < SHORTEST_SALT) {
            throw new IllegalArgumentException("a salt of fewer than " + SHORTEST_SALT + " bytes");
        }
        return new EvidenceBundle(view, journal, record, Optional.of(salt.clone()));
    }

    /**
     * The ZIP. All its files are at its root, uncompressed, and dated 1980-01-01.
     *
     * @throws io.github.kaitsu.KaitsuException SIGNING_KEY as the signer throws it, or if its key id cannot be written
     */
    public byte[] zip(EvidenceSigner signer) {
        return BundleFiles.zip(view, journal, record, salt.map(s -> Redaction.of(s, view, journal)), signer);
    }
}
