package io.github.kaitsu.store.internal;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.files.Disk;
import io.github.kaitsu.files.Format;
import io.github.kaitsu.files.OwnerOnly;
import io.github.kaitsu.files.StoreJson;
import io.github.kaitsu.files.StoreRoot;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What lies where in the folder of a store, and whether the folder is one:
 *
 * <pre>
 * kaitsu-store.json                    format and version; written first, so that a folder without it is no store
 * store.lock                           guards the line above and the claims
 * claims/&lt;hash of the key&gt;.json
 * activations/&lt;id&gt;/journal.jsonl
 * activations/&lt;id&gt;/fence.json         the last fencing token
 * activations/&lt;id&gt;/forgotten.json     in place of the journal, once that was erased
 * activations/&lt;id&gt;/activation.lock    lease and append lock
 * changes/&lt;number&gt;.jsonl               which runs have changed, and what lists show of them
 * sandbox/, credentials/               not the store's: what the command keeps beside it
 * </pre>
 *
 * <p>Reading creates nothing. Thread-safe.
 */
public final class StoreFolder {
    private static final Format FORMAT = new Format("kaitsu-store", 1);
    private static final String FORMAT_FILE = "kaitsu-store.json";

    private final StoreRoot root;

    /** The format file that was read and found good; it never changes afterwards. */
    private volatile Optional<JournalState.Stamp> known = Optional.empty();

    public StoreFolder(Path root, Disk disk) {
        this.root = new StoreRoot(root, disk, FORMAT_FILE, "store.lock", Set.of("sandbox", "credentials"));
    }

    public Path root() {
        return root.path();
    }

    Path lock() {
        return root.lock();
    }

    Path claims() {
        return root().resolve("claims");
    }

    Path changes() {
        return root().resolve("changes");
    }

    Path activations() {
        return root().resolve("activations");
    }

    Path activation(ActivationId id) {
        return activations().resolve(id.value());
    }

    /** The activations that have a folder. Plain files and names that are no ids were put there by somebody else. */
    public List<ActivationId> named() throws IOException {
        if (OwnerOnly.directory(activations()).isEmpty()) {
            return List.of();
        }
        List<ActivationId> ids = new ArrayList<>();
        try (DirectoryStream<Path> homes = Files.newDirectoryStream(activations())) {
            for (Path home : homes) {
                if (!Files.isRegularFile(home, LinkOption.NOFOLLOW_LINKS)) {
                    id(home.getFileName().toString()).ifPresent(ids::add);
                }
            }
        }
        return ids;
    }

    private static Optional<ActivationId> id(String name) {
        try {
            return Optional.of(ActivationId.of(name));
        } catch (KaitsuException e) {
            return Optional.empty();
        }
    }

    /** As messages name it. */
    String name(Path file) {
        return root.name(file);
    }

    /**
     * Whether it is a store already; false if it is absent or empty and may become one.
     *
     * @throws KaitsuException STORE_FOREIGN, STORE_NEWER or STORE_UNSAFE if it is something else
     */
    public boolean isStore() throws IOException {
        Optional<JournalState.Stamp> stamp = root.found().map(JournalState.Stamp::of);
        if (stamp.isPresent() && !stamp.equals(known)) {
            byte[] content = OwnerOnly.read(root.mark()).orElseThrow(root::foreign);
            JsonNode tag = StoreJson.parse(content).orElseThrow(() -> root.notAMark(content, FORMAT));
            FORMAT.check(tag, FORMAT_FILE, root.foreign());
            known = stamp;
        }
        return stamp.isPresent();
    }

    /** Makes it a store unless it is one; before every write. */
    void prepare() throws IOException {
        if (!isStore()) {
            root.create(StoreJson.bytes(FORMAT.tag()));
            isStore();
        }
    }

    /** Creates a directory in one that exists, unless it is there. */
    void ensure(Path directory) throws IOException {
        root.ensure(directory);
    }
}
