package io.github.kaitsu.sandbox.internal;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.sandbox.Scenario;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** The objects that the sandbox's Box answers with: the enterprise, its users, and neighbours that look much like ours. */
final class BoxContent {
    /** Fields that Box leaves out unless they are asked for. */
    static final Set<String> ONLY_IF_ASKED =
            Set.of("role", "enterprise", "is_sync_enabled", "size", "description", "created_by");

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int OTHER_FOLDERS = 1_230; // more than one page at the highest limit of 1,000
    private static final Duration EVENT_LAG = Duration.ofMinutes(2);

    private final World world;

    BoxContent(World world) {
        this.world = world;
    }

    // ---- users

    Set<String> userMini() {
        return Set.of("type", "id", "name", "login");
    }

    ObjectNode administrator() {
        return user(0);
    }

    /** The first user is the administrator whose consent the tokens carry. */
    ObjectNode user(int index) {
        boolean admin = index == 0;
        String role = !admin ? "user" : world.scenario().kind() == Scenario.Kind.CO_ADMIN ? "coadmin" : "admin";
        String login = admin ? world.setup().administrator() : "user" + index + "@example.co.jp";
        String since = since();
        ObjectNode user = mini(index);
        user.put("login", login)
                .put("created_at", since)
                .put("modified_at", since)
                .put("language", "ja")
                .put("timezone", "Asia/Tokyo")
                .put("space_amount", 999_999_999_999_999L)
                .put("space_used", 5_120L * (index + 1))
                .put("max_upload_size", 5_368_709_120L)
                .put("status", "active")
                .put("job_title", "")
                .put("phone", "")
                .put("address", "")
                .put("avatar_url", "https://app.box.com/api/avatar/large/" + id("user/" + index))
                .putNull("notification_email")
                .put("role", role);
        user.set(
                "enterprise",
                JSON.objectNode()
                        .put("id", enterpriseId())
                        .put("type", "enterprise")
                        .put("name", world.setup().company()));
        return user;
    }

    private ObjectNode mini(int index) {
        String name = index == 0 ? "管理者" : "利用者 " + index;
        String login = index == 0 ? world.setup().administrator() : "user" + index + "@example.co.jp";
        return JSON.objectNode()
                .put("type", "user")
                .put("id", id("user/" + index))
                .put("name", name)
                .put("login", login);
    }

    String enterpriseId() {
        return world.setup().tenant(CloudService.Provider.BOX);
    }

    ObjectNode configuration(Set<String> categories) {
        ObjectNode out =
                JSON.objectNode().put("type", "enterprise_configuration").put("id", enterpriseId());
        for (String category : List.of("security", "content_and_sharing", "user_settings", "shield")) {
            if (!categories.contains(category)) {
                out.putNull(category);
            } else if (category.equals("content_and_sharing")) {
                out.putObject(category)
                        .set(
                                "is_root_content_creation_restricted",
                                JSON.objectNode().put("is_used", true).put("value", false));
            } else {
                out.putObject(category);
            }
        }
        return out;
    }

    // ---- folders and their collaborations

    Set<String> itemMini() {
        return Set.of("type", "id", "etag");
    }

    /** What a folder holds, by name; nothing for an unknown folder. */
    List<ObjectNode> items(String folder) {
        if (!folder.equals("0")) {
            return List.of();
        }
        Stream<ObjectNode> others = Stream.iterate(0, i -> i + 1)
                .limit(OTHER_FOLDERS)
                .map(i -> item("folder", id("folder/" + i), String.format(Locale.ROOT, "project-%04d", i)));
        Stream<ObjectNode> alike = Stream.of(
                item("folder", id("folder/alike"), BoxState.TEMP_NAME + " (1)"),
                item("file", id("file/alike"), BoxState.QUARANTINE_NAME + ".txt"),
                item("web_link", id("link/alike"), "trendmicro_cas_temp"));
        Stream<ObjectNode> ours = Stream.of(BoxState.Piece.TEMP_FOLDER, BoxState.Piece.QUARANTINE_FOLDER)
                .flatMap(p -> world.box.find(p, world.now()).stream())
                .map(f -> item("folder", f.id(), f.piece().label));
        return Stream.concat(others, Stream.concat(alike, ours))
                .sorted(Comparator.comparing((ObjectNode n) -> n.get("name").asText()))
                .toList();
    }

    private ObjectNode item(String type, String id, String name) {
        ObjectNode item = JSON.objectNode()
                .put("type", type)
                .put("id", id)
                .put("etag", "0")
                .put("name", name);
        if (type.equals("web_link")) {
            return item.put("url", "https://www.example.co.jp/").put("sequence_id", "0");
        }
        return type.equals("file") ? item.put("sequence_id", "0").put("sha1", sha1(id)) : item.put("sequence_id", "0");
    }

    private String sha1(String id) {
        return world.setup().secrets().hex("sha1/" + id, 40);
    }

    boolean isKnownFolder(String id) {
        return id.equals(id("folder/alike"))
                || Stream.of(BoxState.Piece.TEMP_FOLDER, BoxState.Piece.QUARANTINE_FOLDER)
                        .flatMap(p -> world.box.find(p, world.now()).stream())
                        .anyMatch(f -> f.id().equals(id));
    }

    /** The temp folder is shared with the group; the quarantine folder with nobody. */
    List<ObjectNode> collaborations(String folder) {
        boolean temp = world.box
                .find(BoxState.Piece.TEMP_FOLDER, world.now())
                .filter(f -> f.id().equals(folder))
                .isPresent();
        return world.box.find(BoxState.Piece.GROUP, world.now()).filter(g -> temp).stream()
                .map(g -> collaboration(folder, g))
                .toList();
    }

    private ObjectNode collaboration(String folder, BoxState.Thing group) {
        String at = group.from().toString();
        ObjectNode out = JSON.objectNode()
                .put("type", "collaboration")
                .put("id", id("collaboration/" + group.id()))
                .put("created_at", at)
                .put("modified_at", at)
                .putNull("expires_at")
                .put("status", "accepted")
                .put("role", "editor")
                .put("acknowledged_at", at);
        out.set("created_by", mini(0));
        out.set("accessible_by", group(group.id(), group.piece().label).without(List.of("created_at", "modified_at")));
        out.set("item", item("folder", folder, BoxState.TEMP_NAME));
        return out;
    }

    // ---- groups

    Set<String> groupMini() {
        return Set.of("type", "id", "name", "group_type");
    }

    /** {@code filter_term} matches the beginning of a name, so a neighbour is found, too. */
    List<ObjectNode> groups(String filter) {
        String wanted = filter.toLowerCase(Locale.ROOT);
        Stream<ObjectNode> others = Stream.of(
                group(id("group/old"), BoxState.TEMP_NAME + "_old"),
                group(id("group/sales"), "営業部"),
                group(id("group/dev"), "development"));
        Stream<ObjectNode> ours =
                world.box.find(BoxState.Piece.GROUP, world.now()).stream().map(g -> group(g.id(), g.piece().label));
        return Stream.concat(others, ours)
                .filter(g -> g.get("name").asText().toLowerCase(Locale.ROOT).startsWith(wanted))
                .sorted(Comparator.comparing((ObjectNode g) -> g.get("name").asText())
                        .reversed())
                .toList();
    }

    private ObjectNode group(String id, String name) {
        return JSON.objectNode()
                .put("type", "group")
                .put("id", id)
                .put("name", name)
                .put("group_type", "managed_group")
                .put("created_at", since())
                .put("modified_at", since());
    }

    /** How many members a group has; -1 if there is no such group. Ours fills while the synchronisation goes on. */
    int members(String group) {
        if (group.equals(id("group/old")) || group.equals(id("group/sales")) || group.equals(id("group/dev"))) {
            return 1;
        }
        boolean ours = world.box
                .find(BoxState.Piece.GROUP, world.now())
                .filter(g -> g.id().equals(group))
                .isPresent();
        if (!ours) {
            return -1;
        }
        boolean filling = world.link(CloudService.BOX)
                .filter(l -> l.unsettled(world.now()))
                .isPresent();
        return filling ? world.setup().users() / 2 : world.setup().users();
    }

    ObjectNode membership(String group, int index) {
        ObjectNode out = JSON.objectNode()
                .put("type", "group_membership")
                .put("id", id("membership/" + group + "/" + index))
                .put("role", "member")
                .put("created_at", since())
                .put("modified_at", since());
        out.set("user", mini(index));
        String name = world.box
                .find(BoxState.Piece.GROUP, world.now())
                .filter(g -> g.id().equals(group))
                .map(g -> g.piece().label)
                .orElse("group");
        out.set("group", group(group, name).without(List.of("created_at", "modified_at")));
        return out;
    }

    // ---- events of the enterprise

    /** Oldest first, two minutes late, as the history lags (no published figure). */
    List<ObjectNode> events(Set<String> types, Request r) {
        Instant after = time(r.query("created_after"), Instant.MIN);
        Instant before = time(r.query("created_before"), Instant.MAX);
        List<ObjectNode> all = new ArrayList<>();
        world.links().stream().filter(l -> l.service() == CloudService.BOX).forEach(l -> {
            all.add(event("USER_AUTHENTICATE_OAUTH2_ACCESS_TOKEN_CREATE", l.linkedAt(), "Cloud App Security"));
            world.box.find(BoxState.Piece.GROUP, world.now()).ifPresent(g -> {
                all.add(event("GROUP_CREATION", g.from(), "Cloud App Security"));
                all.add(event("COLLABORATION_INVITE", g.from(), "Cloud App Security"));
            });
        });
        world.ownGrants
                .issuedAt(CloudService.Provider.BOX)
                .forEach(at -> all.add(event("USER_AUTHENTICATE_OAUTH2_ACCESS_TOKEN_CREATE", at, "Kaitsu")));
        return all.stream()
                .filter(e ->
                        types.isEmpty() || types.contains(e.get("event_type").asText()))
                .filter(e -> {
                    Instant at = Instant.parse(e.get("created_at").asText());
                    return at.isAfter(after)
                            && at.isBefore(before)
                            && !at.plus(EVENT_LAG).isAfter(world.now());
                })
                .sorted(Comparator.comparing(
                                (ObjectNode e) -> e.get("created_at").asText())
                        .thenComparing(e -> e.get("event_id").asText()))
                .toList();
    }

    private ObjectNode event(String type, Instant at, String service) {
        ObjectNode out = JSON.objectNode()
                .put("type", "event")
                .put("event_id", world.setup().secrets().guid("event/" + type + "/" + at + "/" + service))
                .put("event_type", type)
                .put("created_at", at.toString())
                .put("recorded_at", at.plus(EVENT_LAG).toString());
        out.set("created_by", mini(0));
        out.putNull("source");
        out.putObject("additional_details")
                .put("service_id", id("service/" + service))
                .put("service_name", service);
        return out;
    }

    private static Instant time(String text, Instant otherwise) {
        if (text.isEmpty()) {
            return otherwise;
        }
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            return otherwise;
        }
    }

    private String since() {
        return world.setup().start().minus(Duration.ofDays(400)).toString();
    }

    private String id(String name) {
        return world.setup().secrets().number("box/" + name);
    }
}
