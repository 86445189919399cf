package io.github.kaitsu.sandbox.internal;

import io.github.kaitsu.CloudService;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One link of a service to the console, from the provider's consent on.
 *
 * @param wizard the wizard it came from, 0 for a link made before the start
 * @param appId the application's id at Microsoft; shown for SharePoint Online and Teams
 * @param linkedAt when the consent was given
 * @param syncFrom when the synchronisation began; null while the Teams wizard waits for 完了
 * @param ready when it ends; null if it does not (yet)
 * @param stuck its synchronisation never ends (COMMON-14)
 * @param goneAt when it was removed by the administrator, cleared by support, or replaced by a later link; null while it
 *     stands
 */
public record Link(
        int wizard,
        CloudService service,
        String organisation,
        String administrator,
        String appId,
        Instant linkedAt,
        @Nullable Instant syncFrom,
        @Nullable Instant ready,
        boolean stuck,
        @Nullable Instant goneAt) {
    /** COMMON-14: after this long a service that stays 保留 may be activated again. */
    static final Duration PATIENCE = Duration.ofHours(12);

    /** Neither protected nor given up: nothing else may be linked meanwhile (COMMON-13). */
    public boolean unsettled(Instant now) {
        return goneAt == null && (ready == null || now.isBefore(ready));
    }

    /** Its task is listed as 保留. */
    public boolean pending(Instant now) {
        return unsettled(now) && syncFrom != null;
    }

    /** The Teams wizard waits for 完了. */
    public boolean waitsForDone() {
        return goneAt == null && syncFrom == null;
    }

    public boolean isProtected(Instant now) {
        return goneAt == null && ready != null && !now.isBefore(ready);
    }

    /** Its synchronisation once ended, whatever became of it later. */
    boolean hasBeenReady(Instant now) {
        return ready != null && !now.isBefore(ready) && (goneAt == null || !goneAt.isBefore(ready));
    }

    boolean gone() {
        return goneAt != null;
    }

    /** Listed under サービスアカウント. */
    public boolean listed() {
        return goneAt == null && !stuck;
    }

    boolean mayBeGrantedAgain(Instant now) {
        return linkedAt.plus(PATIENCE).isBefore(now);
    }

    Link synchronising(Instant from, @Nullable Instant until) {
        return new Link(
                wizard, service, organisation, administrator, appId, linkedAt, from, until, until == null, goneAt);
    }

    Link away(Instant when) {
        Instant since = goneAt == null ? when : goneAt;
        return new Link(wizard, service, organisation, administrator, appId, linkedAt, syncFrom, ready, stuck, since);
    }
}
