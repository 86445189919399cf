package io.github.kaitsu.sandbox.internal;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.kaitsu.CloudService;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The team's log about apps: late, in no order, with lines about others that look like ours. */
final class DropboxLog {
    /** Ours: no figure is published. */
    static final Duration LAG = Duration.ofMinutes(3);

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final World world;
    private final DropboxContent content;

    DropboxLog(World world, DropboxContent content) {
        this.world = world;
        this.content = content;
    }

    /** A line, and when it happened. */
    record Line(Instant at, String type, ObjectNode json) {}

    /**
     * The lines that have reached the log, of one type or of all.
     *
     * @param type empty for all
     */
    List<Line> lines(String type, Instant from, Instant until) {
        return all().stream()
                .filter(l -> type.isEmpty() || l.type().equals(type))
                .filter(l -> !l.at().isBefore(from) && l.at().isBefore(until))
                .filter(l -> !l.at().plus(LAG).isAfter(world.now()))
                // in no order, but the same at every call
                .sorted(Comparator.comparing(l -> world.setup().secrets().hex("dropbox/order/" + l.at() + l.type(), 8)))
                .toList();
    }

    private List<Line> all() {
        List<Line> all = new ArrayList<>(neighbours());
        for (DropboxState.Step step : world.dropbox.steps()) {
            all.add(
                    step.linked()
                            ? app("app_link_team", "(apps) Linked app for team", step.at(), Sites.APP_NAME, "trend")
                            : app(
                                    "app_unlink_team",
                                    "(apps) Unlinked app for team",
                                    step.at(),
                                    Sites.APP_NAME,
                                    "trend"));
        }
        world.ownGrants.issuedAt(CloudService.Provider.DROPBOX).stream()
                .distinct()
                .forEach(at -> all.add(app("app_link_team", "(apps) Linked app for team", at, "Kaitsu", "own")));
        return all;
    }

    private List<Line> neighbours() {
        Instant longAgo = world.setup().start().minus(Duration.ofDays(200));
        Line allowed = new Line(
                longAgo.minusSeconds(60), "app_permissions_changed", permissionsChanged(longAgo.minusSeconds(60)));
        return List.of(
                allowed,
                app("app_link_team", "(apps) Linked app for team", longAgo, Sites.APP_NAME + " Report", "report"),
                app("app_unlink_team", "(apps) Unlinked app for team", longAgo.plusSeconds(9), "Cloud App", "cloud"),
                app("app_link_team", "(apps) Linked app for team", longAgo.plusSeconds(5), "Cloud App", "cloud"),
                app(
                        "app_blocked_by_permissions",
                        "(apps) Failed to connect app for member",
                        longAgo.plusSeconds(7),
                        "Games",
                        "games"),
                app("app_link_user", "(apps) Linked app for member", longAgo.plusSeconds(11), "Scanner 1", "scanner"));
    }

    private Line app(String type, String description, Instant at, String name, String id) {
        ObjectNode out = line(at, type, description);
        out.putObject("details")
                .put(".tag", type + "_details")
                .putObject("app_info")
                .put(".tag", type.endsWith("_user") ? "user_linked_app" : "team_linked_app")
                .put("app_id", content.app(id))
                .put("display_name", name);
        return new Line(Instant.parse(DropboxContent.seconds(at)), type, out);
    }

    private ObjectNode permissionsChanged(Instant at) {
        ObjectNode out = line(at, "app_permissions_changed", "(apps) Changed app permissions");
        ObjectNode details = out.putObject("details").put(".tag", "app_permissions_changed_details");
        DropboxContent.tag(details, "permission", "default_for_unlisted_apps");
        DropboxContent.tag(details, "previous_value", "block");
        DropboxContent.tag(details, "new_value", "allow");
        return out;
    }

    private ObjectNode line(Instant at, String type, String description) {
        ObjectNode out = JSON.objectNode().put("timestamp", DropboxContent.seconds(at));
        DropboxContent.tag(out, "event_category", "apps");
        out.putObject("actor")
                .put(".tag", "admin")
                .putObject("admin")
                .put(".tag", "team_member")
                .put("account_id", content.account(0))
                .put("display_name", DropboxContent.memberName(0))
                .put("email", world.setup().administrator())
                .put("team_member_id", content.member(0));
        out.put("involve_non_team_member", false);
        out.putObject("event_type").put(".tag", type).put("description", description);
        return out;
    }
}
