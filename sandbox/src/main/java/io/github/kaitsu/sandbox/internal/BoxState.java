package io.github.kaitsu.sandbox.internal;

import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What the customer's Box enterprise holds, as far as the activation touches it. */
final class BoxState {
    static final String TEMP_NAME = "trendmicro_cas_temp__dont_change_or_delete";
    static final String QUARANTINE_NAME = "trendmicro_cas_quarantine__dont_change_or_delete";

    /** What the console creates in Box (BOX-2). */
    public enum Piece {
        TEMP_FOLDER(TEMP_NAME),
        QUARANTINE_FOLDER(QUARANTINE_NAME),
        GROUP(TEMP_NAME);

        final String label;

        Piece(String label) {
            this.label = label;
        }
    }

    record Thing(Piece piece, String id, Instant from) {}

    /** The two checkboxes of BOX-6. */
    record FolderMail(boolean overrides, boolean mutes) {
        static final FolderMail DEFAULT = new FolderMail(false, false);
    }

    private final Map<Piece, Thing> things = new EnumMap<>(Piece.class);
    private int generation;

    final Map<String, FolderMail> folderMail = new HashMap<>();
    boolean addedByDefault;
    boolean notificationsEnforced;

    Optional<Thing> find(Piece piece, Instant now) {
        return Optional.ofNullable(things.get(piece)).filter(t -> !now.isBefore(t.from()));
    }

    /** A link finds what an earlier one left behind and creates only what is missing. */
    void create(Secrets secrets, Instant from) {
        generation++;
        for (Piece piece : Piece.values()) {
            String id = secrets.number("box/" + piece + "/" + generation);
            things.putIfAbsent(piece, new Thing(piece, id, from));
        }
    }

    void delete(Piece piece) {
        things.remove(piece);
    }

    FolderMail mailOf(String folder) {
        return folderMail.getOrDefault(folder, FolderMail.DEFAULT);
    }
}
