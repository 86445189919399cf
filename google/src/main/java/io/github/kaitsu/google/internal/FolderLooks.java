package io.github.kaitsu.google.internal;

import io.github.kaitsu.provision.ProbeContext;
import io.github.kaitsu.provision.ProbeResult;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The two folders at the top of the administrator's Drive (GOOGLE-3). Every code has its sentence under {@code seen.<code>};
 * what a failing one means stands under {@code fails.<code>}.
 */
public final class FolderLooks {
    public static final String TEMP_FOLDER = "trendmicro_cas_temp__dont_change_or_delete";
    public static final String QUARANTINE_FOLDER = "trendmicro_cas_quarantine__dont_change_or_delete";

    private static final List<String> BOTH = List.of(TEMP_FOLDER, QUARANTINE_FOLDER);

    private FolderLooks() {}

    /** Both folders stand at the top of the administrator's Drive. */
    public static ProbeResult folders(GoogleReads google, GoogleReads.Account me, ProbeContext context)
            throws InterruptedException {
        GoogleReads.Folders found = google.rootFolders(Set.copyOf(BOTH));
        @Nullable String temp = found.ids().get(TEMP_FOLDER);
        @Nullable String quarantine = found.ids().get(QUARANTINE_FOLDER);
        if (temp != null && quarantine != null) {
            return ProbeResult.holds("folders-found", temp, quarantine, me.email())
                    .with(Map.of(
                            GoogleFacts.TEMP_FOLDER, temp,
                            GoogleFacts.QUARANTINE_FOLDER, quarantine));
        }
        String missing = names(BOTH.stream().filter(f -> !found.ids().containsKey(f)));
        return found.complete()
                ? google.notes().absent(ProbeResult.fails("folders-missing", me.email(), missing))
                : ProbeResult.unclear("folders-not-found-yet", me.email(), missing);
    }

    /** Removal: neither folder is left. */
    public static ProbeResult foldersGone(GoogleReads google, GoogleReads.Account me, ProbeContext context)
            throws InterruptedException {
        GoogleReads.Folders found = google.rootFolders(Set.copyOf(BOTH));
        if (!found.ids().isEmpty()) {
            return ProbeResult.fails(
                    "folders-still-there",
                    me.email(),
                    names(BOTH.stream().filter(f -> found.ids().containsKey(f))));
        }
        return found.complete()
                ? google.notes().absent(ProbeResult.holds("folders-gone", me.email()))
                : ProbeResult.unclear("drive-not-all-searched", me.email());
    }

    private static String names(Stream<String> folders) {
        return folders.collect(Collectors.joining(", "));
    }
}
