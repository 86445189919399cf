package io.github.kaitsu.google.internal;

import io.github.kaitsu.spi.Look;
import io.github.kaitsu.spi.ProbeContext;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The two folders at the top of the administrator's Drive (GOOGLE-3). A code given to {@link Look.Fails} has its texts under
 * {@code fails.<code>}.
 */
public final class FolderLooks {
    public static final String TEMP_FOLDER = "trendmicro_cas_temp__dont_change_or_delete";
    public static final String QUARANTINE_FOLDER = "trendmicro_cas_quarantine__dont_change_or_delete";

    private FolderLooks() {}

    /** Both folders stand at the top of the administrator's Drive. */
    public static Look folders(GoogleReads google, ProbeContext context) throws InterruptedException {
        return SuperAdmin.look(google, context, me -> folders(google, me));
    }

    private static Look folders(GoogleReads google, GoogleReads.Account me) throws InterruptedException {
        GoogleReads.Folders found = google.rootFolders(Set.of(TEMP_FOLDER, QUARANTINE_FOLDER));
        @Nullable String temp = found.ids().get(TEMP_FOLDER);
        @Nullable String quarantine = found.ids().get(QUARANTINE_FOLDER);
        if (temp != null && quarantine != null) {
            return new Look.Holds(
                    "folders " + temp + " (temp) and " + quarantine + " (quarantine) in the Drive of " + me.email(),
                    Map.of(
                            Facts.TEMP_FOLDER, temp,
                            Facts.QUARANTINE_FOLDER, quarantine,
                            Facts.TENANT, me.customer()));
        }
        String seen = "in the Drive of " + me.email() + ": temp folder " + presence(temp) + ", quarantine folder "
                + presence(quarantine);
        return found.complete()
                ? new Look.Fails("folders-missing", seen)
                : new Look.Unclear(seen + " (not all searched)");
    }

    /** Removal: neither folder is left. */
    public static Look foldersGone(GoogleReads google, ProbeContext context) throws InterruptedException {
        return SuperAdmin.lookAfterRemoval(google, context, me -> foldersGone(google, me));
    }

    private static Look foldersGone(GoogleReads google, GoogleReads.Account me) throws InterruptedException {
        GoogleReads.Folders found = google.rootFolders(Set.of(TEMP_FOLDER, QUARANTINE_FOLDER));
        if (!found.ids().isEmpty()) {
            return new Look.Fails(
                    "folders-still-there",
                    "folders " + String.join(", ", found.ids().values()));
        }
        return found.complete()
                ? Look.holds("neither folder in the Drive of " + me.email())
                : new Look.Unclear("not all of the Drive was searched");
    }

    private static String presence(@Nullable String id) {
        return id == null ? "missing" : "there";
    }
}
