package io.github.kaitsu.sandbox.internal;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.kaitsu.CloudService;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The objects that the sandbox's Dropbox answers with: the team, its members' namespaces, and neighbours that look like ours. */
final class DropboxContent {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int APP_FOLDERS = 40;

    private final World world;

    DropboxContent(World world) {
        this.world = world;
    }

    /** The team of whoever consented. */
    ObjectNode team(Grants.Account account) {
        ObjectNode out = JSON.objectNode()
                .put("name", world.setup().company())
                .put("team_id", account.tenant())
                .put("num_licensed_users", world.setup().users() + 5)
                .put("num_provisioned_users", world.setup().users())
                .put("num_used_licenses", world.setup().users());
        ObjectNode policies = out.putObject("policies");
        ObjectNode sharing = policies.putObject("sharing");
        tag(sharing, "shared_folder_member_policy", "team");
        tag(sharing, "shared_folder_join_policy", "from_anyone");
        tag(sharing, "shared_link_create_policy", "default_team_only");
        tag(sharing, "group_creation_policy", "admins_only");
        tag(sharing, "shared_folder_link_restriction_policy", "members");
        tag(sharing, "enforce_link_password_policy", "optional");
        tag(sharing, "default_link_expiration_days_policy", "none");
        tag(sharing, "shared_link_default_permissions_policy", "default");
        tag(policies, "emm_state", "disabled");
        tag(policies, "office_addin", "enabled");
        tag(policies, "suggest_members_policy", "enabled");
        tag(policies, "top_level_content_policy", "admin_only");
        return out;
    }

    /** The team has a shared space, so that the member's own folder is not the root. */
    ObjectNode administrator(Grants.Account account) {
        ObjectNode out = JSON.objectNode()
                .put("team_member_id", member(0))
                .put("account_id", "dbid:AA" + hex("account/0", 33))
                .put("email", account.login())
                .put("email_verified", true);
        out.putArray("secondary_emails");
        tag(out, "status", "active");
        out.putObject("name")
                .put("given_name", "太郎")
                .put("surname", "管理")
                .put("familiar_name", "太郎")
                .put("display_name", memberName(0))
                .put("abbreviated_name", "管太");
        tag(out, "membership_type", "full");
        out.put("joined_on", seconds(since()));
        out.putArray("groups").add("g:" + hex("everyone", 32));
        return out.put("member_folder_id", home(0)).put("root_folder_id", root());
    }

    // ---- namespaces

    /** How many there are; {@link #namespace} gives each. */
    int namespaces() {
        return world.setup().users() + APP_FOLDERS + shared().size();
    }

    ObjectNode namespace(int index) {
        int users = world.setup().users();
        if (index < users) {
            return namespace(memberName(index), home(index), "team_member_folder")
                    .put("team_member_id", member(index));
        }
        if (index < users + APP_FOLDERS) {
            int app = index - users;
            return namespace("Scanner " + app, number("app/" + app), "app_folder")
                    .put("team_member_id", member(app % users));
        }
        return shared().get(index - users - APP_FOLDERS);
    }

    private List<ObjectNode> shared() {
        ObjectNode team = namespace(BoxState.TEMP_NAME, number("alike/team"), "team_member_folder");
        ObjectNode alike = namespace(BoxState.TEMP_NAME + " (1)", number("alike/copy"), "shared_folder");
        ObjectNode sales = namespace("営業部", number("sales"), "shared_folder");
        return hasFolders()
                ? List.of(sales, alike, team, namespace(BoxState.TEMP_NAME, temp(), "shared_folder"))
                : List.of(sales, alike, team);
    }

    private static ObjectNode namespace(String name, String id, String type) {
        ObjectNode out = JSON.objectNode().put("name", name).put("namespace_id", id);
        tag(out, "namespace_type", type);
        return out.put("quota_limit", 0);
    }

    private boolean hasFolders() {
        return world.left(Leftover.FOLDERS, CloudService.DROPBOX);
    }

    // ---- one member's own folder

    /** The namespace that a member's paths are relative to; empty if nobody on the team has this id. */
    Optional<String> homeOf(String member) {
        for (int i = 0; i < world.setup().users(); i++) {
            if (member(i).equals(member)) {
                return Optional.of(home(i));
            }
        }
        return Optional.empty();
    }

    ObjectNode rootInfo(String home) {
        return JSON.objectNode()
                .put(".tag", "team")
                .put("root_namespace_id", root())
                .put("home_namespace_id", home)
                .put("home_path", "/" + memberName(0));
    }

    String root() {
        return number("root");
    }

    /** What lies at the top of a member's folder: the temp folder in everybody's, the quarantine folder in the administrator's. */
    Optional<ObjectNode> atTop(String home, String name) {
        boolean admins = home.equals(home(0));
        boolean temp = name.equalsIgnoreCase(BoxState.TEMP_NAME);
        boolean quarantine = name.equalsIgnoreCase(BoxState.QUARANTINE_NAME);
        if (hasFolders() && (temp || (quarantine && admins))) {
            return Optional.of(folder(temp ? BoxState.TEMP_NAME : BoxState.QUARANTINE_NAME, temp));
        }
        return Set.of("営業部").contains(name) ? Optional.of(folder(name, false)) : Optional.empty();
    }

    private ObjectNode folder(String name, boolean shared) {
        ObjectNode out = JSON.objectNode()
                .put(".tag", "folder")
                .put("name", name)
                .put("path_lower", "/" + name)
                .put("path_display", "/" + name)
                .put("id", "id:" + hex("folder/" + name, 22));
        if (shared) {
            out.put("shared_folder_id", temp())
                    .putObject("sharing_info")
                    .put("read_only", false)
                    .put("shared_folder_id", temp())
                    .put("traverse_only", false)
                    .put("no_access", false);
        }
        return out;
    }

    // ---- names and ids

    String member(int index) {
        return "dbmid:AA" + hex("member/" + index, 33);
    }

    static String memberName(int index) {
        return index == 0 ? "管理 太郎" : "利用者 " + index;
    }

    String app(String name) {
        return "dbaid:AA" + hex("app/" + name, 33);
    }

    String account(int index) {
        return "dbid:AA" + hex("account/" + index, 33);
    }

    /** Each link makes the folders anew, so the temp folder is another one then. */
    private String temp() {
        return number("temp/"
                + world.dropbox.steps().stream()
                        .filter(DropboxState.Step::linked)
                        .count());
    }

    private String home(int index) {
        return number("home/" + index);
    }

    private Instant since() {
        return world.setup().start().minus(Duration.ofDays(400));
    }

    static String seconds(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    static void tag(ObjectNode parent, String field, String tag) {
        parent.putObject(field).put(".tag", tag);
    }

    private String hex(String name, int length) {
        return world.setup().secrets().hex("dropbox/" + name, length);
    }

    private String number(String name) {
        return world.setup().secrets().number("dropbox/" + name);
    }
}
