package io.github.kaitsu.box;

import static io.github.kaitsu.box.internal.BoxLooks.FACT_QUARANTINE_FOLDER;
import static io.github.kaitsu.box.internal.BoxLooks.FACT_TEMP_FOLDER;
import static io.github.kaitsu.box.internal.BoxLooks.QUARANTINE_FOLDER;
import static io.github.kaitsu.box.internal.BoxLooks.TEMP_FOLDER;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.Phase;
import io.github.kaitsu.StepId;
import io.github.kaitsu.box.internal.BoxLooks;
import io.github.kaitsu.box.internal.BoxReads;
import io.github.kaitsu.operator.ActionTemplate;
import io.github.kaitsu.provision.ActivationStep;
import io.github.kaitsu.provision.Check;
import io.github.kaitsu.provision.Connections;
import io.github.kaitsu.provision.Notice;
import io.github.kaitsu.provision.Probe;
import io.github.kaitsu.provision.ProbeTiming;
import io.github.kaitsu.provision.ServiceAccountProvisioner;
import io.github.kaitsu.provision.StepContext;
import io.github.kaitsu.vendor.ConnectedProbe;
import io.github.kaitsu.vendor.http.Addresses;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Activation and removal of Box (rules BOX-1 to BOX-7).
 *
 * <p>Box has no API for the grant, for 「デフォルトで追加」 and for a folder's mails: these are a person's, and stay attested. The
 * folders and the group that Trend Micro creates are read; where there is no connection, a person is asked. A lost
 * authorisation of the embedding team's own app is no access, never drift of Trend Micro's: drift (BOX-7) shows in folders and group.
 *
 * <p>Immutable and thread-safe. Makes no call outside its probes.
 */
public final class BoxProvisioner implements ServiceAccountProvisioner {
    private static final Class<?> TEXTS = BoxProvisioner.class;
    /** Sandbox, manual and today's help agree on this address. */
    private static final URI APP = URI.create("https://app.box.com");

    private static final URI ACCOUNT = URI.create("https://account.box.com/");
    /** As the manual gives it; today's help calls the app {@code Cloud App Security}, which the instructions accept too. */
    private static final String APP_NAME = "Trend Micro - Cloud App Security";

    private static final Pattern FOLDER_ID = Pattern.compile("\\d{1,20}");
    /** The console's success may come before Box lists what was created. */
    private static final ProbeTiming AFTER_SUCCESS = ProbeTiming.of(Duration.ofMinutes(10), Duration.ofHours(1));

    private static final StepId ADMIN = id("admin");
    private static final StepId USERS = id("users");
    private static final StepId ROOT_CREATION = id("root-creation");
    private static final StepId FOLDERS = id("folders");
    private static final StepId GROUP = id("group");
    private static final StepId ADDED_BY_DEFAULT = id("added-by-default");
    private static final StepId MUTE_FOLDER = id("mute-folder");
    private static final StepId RELEASE_APP = id("release-app");
    private static final StepId REMOVE_APP = id("remove-app");
    private static final StepId REMOVE_TEMP_FOLDER = id("remove-temp-folder");
    private static final StepId REMOVE_QUARANTINE_FOLDER = id("remove-quarantine-folder");
    private static final StepId REMOVE_GROUP = id("remove-group");

    private final Connections<BoxReads> connections;
    private final Optional<URI> web;

    private BoxProvisioner(Connections<BoxReads> connections, Optional<URI> web) {
        this.connections = connections;
        this.web = web;
    }

    /** A provisioner without a connection: a person is asked wherever something could be read. */
    public static BoxProvisioner create() {
        return create(Connections.none());
    }

    /** A provisioner that looks through these connections; with {@link Connections#none()} it asks a person instead. */
    public static BoxProvisioner create(Connections<BoxConnection> connections) {
        return new BoxProvisioner(customer -> connections.find(customer).map(BoxConnection::reads), Optional.empty());
    }

    /**
     * The same, with Box's web pages at another address: the sandbox's, for instance.
     *
     * @throws IllegalArgumentException if it is neither https nor http to this very machine
     */
    public BoxProvisioner withWebAddress(URI address) {
        return new BoxProvisioner(connections, Optional.of(URI.create(Addresses.base(address, "address"))));
    }

    @Override
    public CloudService service() {
        return CloudService.BOX;
    }

    @Override
    public String grantRule() {
        return "BOX-1";
    }

    @Override
    public List<ActivationStep> steps(StepContext context) {
        return List.of(
                preflight(ADMIN, "admin", Check.by(admin()).orAsk(question("ask-admin"))),
                // Nobody is asked for a number that only refines the expected time.
                preflight(USERS, "users", Check.by(users())).optional(),
                preflight(
                                ROOT_CREATION,
                                "root-creation",
                                Check.by(rootCreation()).orAsk(question("ask-root-creation")))
                        .after(ADMIN),
                postSetup(FOLDERS, "folders", Check.by(folders()).orAsk(question("ask-folders")))
                        .patient(AFTER_SUCCESS),
                postSetup(GROUP, "group", Check.by(group()).orAsk(question("ask-group")))
                        .after(FOLDERS)
                        .patient(AFTER_SUCCESS),
                addedByDefault(),
                muteFolder(context));
    }

    private static ActivationStep preflight(StepId id, String title, Check check) {
        return ActivationStep.look(id, "BOX-1", Phase.PREFLIGHT, TEXTS, title, check, ProbeTiming.none());
    }

    private static ActivationStep postSetup(StepId id, String title, Check check) {
        return ActivationStep.look(id, "BOX-2", Phase.POST_SETUP, TEXTS, title, check, ProbeTiming.none());
    }

    private static ActionTemplate question(String key) {
        return ActionTemplate.question(TEXTS, key, TEMP_FOLDER, QUARANTINE_FOLDER);
    }

    /** BOX-3, BOX-4 and BOX-5 are one visit to one page. */
    private ActivationStep addedByDefault() {
        ActionTemplate action = ActionTemplate.change(TEXTS, "added-by-default")
                .at(page("/master/settings"))
                .copying(Map.of("box.searchField", APP_NAME));
        return ActivationStep.act(
                ADDED_BY_DEFAULT,
                "BOX-4",
                Phase.POST_SETUP,
                TEXTS,
                "added-by-default",
                Check.attestedByDoing(),
                action);
    }

    /** BOX-6. */
    private ActivationStep muteFolder(StepContext context) {
        Optional<URI> folder = folderPage(context, FACT_TEMP_FOLDER);
        ActionTemplate action = ActionTemplate.builder(ActionTemplate.Kind.DO, TEXTS, "mute-folder")
                .arguments(TEMP_FOLDER)
                .variantIf(folder.isEmpty(), "by-path")
                .link(folder.orElse(web.orElse(ACCOUNT)))
                .build();
        return ActivationStep.act(
                        MUTE_FOLDER, "BOX-6", Phase.POST_SETUP, TEXTS, "mute-folder", Check.attestedByDoing(), action)
                .after(FOLDERS);
    }

    @Override
    public ActionTemplate grant(StepContext context) {
        return ActionTemplate.forConsole(TEXTS, CloudService.BOX, context.policies());
    }

    @Override
    public List<ActivationStep> removalSteps(StepContext context) {
        return List.of(
                removal(
                        RELEASE_APP,
                        "BOX-4",
                        "release-app",
                        Check.attestedByDoing(),
                        ActionTemplate.change(TEXTS, "release-app")
                                .at(page("/master/settings"))
                                .copying(Map.of("box.searchField", APP_NAME))),
                removal(
                                REMOVE_APP,
                                "BOX-1",
                                "remove-app",
                                Check.attestedByDoing(),
                                ActionTemplate.change(TEXTS, "remove-app").at(page("/services/browse/my")))
                        .after(RELEASE_APP),
                removal(
                                REMOVE_TEMP_FOLDER,
                                "BOX-2",
                                "remove-temp-folder",
                                Check.by(folderGone(TEMP_FOLDER)),
                                ActionTemplate.change(TEXTS, "remove-temp-folder", TEMP_FOLDER)
                                        .at(folderPage(context, FACT_TEMP_FOLDER)
                                                .orElse(page("/folder/0"))))
                        .after(REMOVE_APP),
                removal(
                                REMOVE_QUARANTINE_FOLDER,
                                "BOX-2",
                                "remove-quarantine-folder",
                                Check.by(folderGone(QUARANTINE_FOLDER)),
                                ActionTemplate.change(TEXTS, "remove-quarantine-folder", QUARANTINE_FOLDER)
                                        .at(folderPage(context, FACT_QUARANTINE_FOLDER)
                                                .orElse(page("/folder/0"))))
                        .after(REMOVE_TEMP_FOLDER),
                removal(
                                REMOVE_GROUP,
                                "BOX-2",
                                "remove-group",
                                Check.by(groupGone()),
                                ActionTemplate.change(TEXTS, "remove-group", BoxLooks.GROUP))
                        .after(REMOVE_QUARANTINE_FOLDER));
    }

    private static ActivationStep removal(StepId id, String rule, String title, Check check, ActionTemplate action) {
        return ActivationStep.act(id, rule, Phase.REMOVAL, TEXTS, title, check, action);
    }

    @Override
    public List<Notice> notices(StepContext context) {
        return List.of(
                Notice.of("BOX-4", TEXTS, "notice.app-must-stay-added"),
                Notice.beforehand("BOX-6", TEXTS, "notice.folder-notifications"),
                Notice.of("BOX-7", TEXTS, "notice.attested-only"));
    }

    @Override
    public Notice prerequisite() {
        return Notice.of("COMMON-1", TEXTS, "prerequisite");
    }

    private Probe admin() {
        return probe(BoxLooks::admin, "GET /2.0/users/me", "");
    }

    private Probe users() {
        return probe(BoxLooks::users, "GET /2.0/users", "manage_managed_users");
    }

    private Probe rootCreation() {
        return probe(
                BoxLooks::rootCreation,
                "GET /2.0/users/me, GET /2.0/enterprise_configurations/{id}",
                "manage_enterprise_properties");
    }

    private Probe folders() {
        return probe(
                BoxLooks.byAdmin(BoxLooks::folders), "GET /2.0/users/me, GET /2.0/folders/0/items", "root_readonly");
    }

    private Probe group() {
        return probe(
                BoxLooks.byAdmin(BoxLooks::group),
                "GET /2.0/users/me, GET /2.0/groups, GET /2.0/folders/{id}/collaborations, GET /2.0/folders/0/items",
                "manage_groups root_readonly");
    }

    private Probe folderGone(String name) {
        return probe(
                BoxLooks.byAdmin(BoxLooks.folderGone(name)),
                "GET /2.0/users/me, GET /2.0/folders/0/items",
                "root_readonly");
    }

    private Probe groupGone() {
        return probe(BoxLooks.byAdmin(BoxLooks::groupGone), "GET /2.0/users/me, GET /2.0/groups", "manage_groups");
    }

    private Probe probe(ConnectedProbe.Question<BoxReads> question, String calls, String scope) {
        return new ConnectedProbe<>("Box", connections, question, calls, scope);
    }

    private Optional<URI> folderPage(StepContext context, String fact) {
        return context.fact(fact).filter(id -> FOLDER_ID.matcher(id).matches()).map(id -> page("/folder/" + id));
    }

    private URI page(String path) {
        return URI.create(web.orElse(APP) + path);
    }

    private static StepId id(String name) {
        return StepId.of(CloudService.BOX, name);
    }
}
