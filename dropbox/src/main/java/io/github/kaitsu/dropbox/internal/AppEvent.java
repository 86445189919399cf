package io.github.kaitsu.dropbox.internal;

import com.dropbox.core.v2.teamlog.ActorLogInfo;
import com.dropbox.core.v2.teamlog.AppLogInfo;
import com.dropbox.core.v2.teamlog.EventDetails;
import com.dropbox.core.v2.teamlog.EventTypeArg;
import com.dropbox.core.v2.teamlog.TeamEvent;
import com.dropbox.core.v2.teamlog.TeamMemberLogInfo;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One line of the team's log about an app.
 *
 * @param appId empty if the log does not tell
 * @param appName empty if the log does not tell
 * @param member the team member id of the administrator who did it; empty if the log does not tell
 */
public record AppEvent(Kind kind, Instant at, String appId, String appName, String member) {

    /** Which lines are read. */
    public enum Kind {
        LINKED(EventTypeArg.APP_LINK_TEAM),
        UNLINKED(EventTypeArg.APP_UNLINK_TEAM),
        BLOCKED(EventTypeArg.APP_BLOCKED_BY_PERMISSIONS),
        /** An administrator changed which apps are allowed; with no name, for all that have no rule of their own. */
        ALLOWED(EventTypeArg.APP_PERMISSIONS_CHANGED);

        final EventTypeArg type;

        Kind(EventTypeArg type) {
            this.type = type;
        }

        /** The vendor's filter is not trusted. */
        boolean isOf(TeamEvent event) {
            return event.getEventType().tag().name().equals(type.name());
        }
    }

    /** Empty if the line does not tell of which app it is, or when. */
    static Optional<AppEvent> of(Kind kind, TeamEvent event) {
        EventDetails details = event.getDetails();
        return switch (kind) {
            case LINKED ->
                of(
                        kind,
                        event,
                        details.isAppLinkTeamDetails()
                                ? details.getAppLinkTeamDetailsValue().getAppInfo()
                                : null);
            case UNLINKED ->
                of(
                        kind,
                        event,
                        details.isAppUnlinkTeamDetails()
                                ? details.getAppUnlinkTeamDetailsValue().getAppInfo()
                                : null);
            case BLOCKED ->
                of(
                        kind,
                        event,
                        details.isAppBlockedByPermissionsDetails()
                                ? details.getAppBlockedByPermissionsDetailsValue()
                                        .getAppInfo()
                                : null);
            case ALLOWED -> allowed(event);
        };
    }

    private static Optional<AppEvent> of(Kind kind, TeamEvent event, @Nullable AppLogInfo app) {
        return Optional.ofNullable(app)
                .map(a -> new AppEvent(
                        kind, at(event), text(a.getAppId()), text(a.getDisplayName()), member(event.getActor())))
                .filter(line -> !line.appId().isEmpty() || !line.appName().isEmpty());
    }

    private static Optional<AppEvent> allowed(TeamEvent event) {
        if (!event.getDetails().isAppPermissionsChangedDetails()) {
            return Optional.empty();
        }
        var details = event.getDetails().getAppPermissionsChangedDetailsValue();
        return switch (details.getNewValue()) {
            case BLOCK -> Optional.empty();
            default ->
                Optional.of(new AppEvent(
                        Kind.ALLOWED, at(event), "", text(details.getAppName()), member(event.getActor())));
        };
    }

    private static Instant at(TeamEvent event) {
        return event.getTimestamp().toInstant();
    }

    private static String member(@Nullable ActorLogInfo actor) {
        if (actor != null && actor.isAdmin() && actor.getAdminValue() instanceof TeamMemberLogInfo member) {
            return text(member.getTeamMemberId());
        }
        return "";
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }
}
