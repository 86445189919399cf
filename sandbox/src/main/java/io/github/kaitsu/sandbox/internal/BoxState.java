package io.github.kaitsu.sandbox.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What the customer's Box enterprise holds, as far as the activation touches it. */
final class BoxState {
    static final String TEMP_NAME = "trendmicro_cas_temp__dont_change_or_delete";
    static final String QUARANTINE_NAME = "trendmicro_cas_quarantine__dont_change_or_delete";
    static final Duration ACCESS_LIFE = Duration.ofMinutes(60);
    static final Duration REFRESH_LIFE = Duration.ofDays(60);

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

    /** A pair of tokens; the grant's name is the digest of its first access token. */
    record Tokens(String grant, String access, String refresh, Instant at) {}

    private final Map<Piece, Thing> things = new EnumMap<>(Piece.class);
    private int generation;

    final Map<String, FolderMail> folderMail = new HashMap<>();
    final Map<String, Change.BoxCodeIssued> codes = new HashMap<>();
    final Map<String, Tokens> byAccess = new HashMap<>();
    final Map<String, Tokens> byRefresh = new HashMap<>();
    int tokensIssued;
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

    void issue(Change.BoxTokensIssued issued) {
        tokensIssued++;
        String grant = issued.access();
        if (issued.spent() != null) {
            codes.remove(issued.spent());
            Tokens before = byRefresh.remove(issued.spent());
            grant = before == null ? grant : before.grant();
        }
        Tokens tokens = new Tokens(grant, issued.access(), issued.refresh(), issued.at());
        byAccess.put(issued.access(), tokens);
        byRefresh.put(issued.refresh(), tokens);
    }

    void revoke(String grant) {
        byAccess.values().removeIf(t -> t.grant().equals(grant));
        byRefresh.values().removeIf(t -> t.grant().equals(grant));
    }
}
