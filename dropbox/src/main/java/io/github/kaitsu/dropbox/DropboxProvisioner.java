package io.github.kaitsu.dropbox;

import static io.github.kaitsu.dropbox.internal.DropboxLooks.QUARANTINE_FOLDER;
import static io.github.kaitsu.dropbox.internal.DropboxLooks.TEMP_FOLDER;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.Phase;
import io.github.kaitsu.StepId;
import io.github.kaitsu.dropbox.internal.DropboxLooks;
import io.github.kaitsu.dropbox.internal.DropboxReads;
import io.github.kaitsu.operator.ActionTemplate;
import io.github.kaitsu.operator.BlockReason;
import io.github.kaitsu.provision.ActivationStep;
import io.github.kaitsu.provision.Check;
import io.github.kaitsu.provision.Connections;
import io.github.kaitsu.provision.Notice;
import io.github.kaitsu.provision.Probe;
import io.github.kaitsu.provision.ProbeTiming;
import io.github.kaitsu.provision.ServiceAccountProvisioner;
import io.github.kaitsu.provision.StepContext;
import io.github.kaitsu.vendor.ConnectedProbe;
import io.github.kaitsu.vendor.VendorCallException;
import io.github.kaitsu.vendor.http.Addresses;
import io.github.kaitsu.vendor.http.VendorHttp;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Activation and removal of Dropbox (rules DROPBOX-1 to DROPBOX-3).
 *
 * <p>Dropbox has no API for the grant and for what a user keeps in sync: these are a person's. Administrator, link and folders
 * are read; where there is no connection, or it may not read, the team admin is asked, once per page. That the app is
 * linked stands in the team's log alone, which lags and does not keep everything: a missing line is unclear, never a failure. A
 * lost authorisation of the embedding team's own app is no access, never drift of Trend Micro's.
 *
 * <p>Immutable and thread-safe. Makes no call outside its probes.
 */
public final class DropboxProvisioner implements ServiceAccountProvisioner {
    private static final Class<?> TEXTS = DropboxProvisioner.class;
    private static final URI WEB = URI.create("https://www.dropbox.com");
    private static final String TEAM_APPS = "/team/admin/settings/team_apps";
    private static final String HOME = "/home";

    /** The console's success, or the person's click, may come before Dropbox shows what was done. */
    private static final ProbeTiming FOLDERS_SETTLE = ProbeTiming.of(Duration.ofMinutes(10), Duration.ofHours(1));
    /** Nothing is published about how far the team's log lags. */
    private static final ProbeTiming LOG_SETTLES = ProbeTiming.of(Duration.ofMinutes(30), Duration.ofHours(2));

    private static final String WHO = "POST /2/team/token/get_authenticated_admin, POST /2/team/get_info";
    private static final String LOG = "POST /2/team/get_info, POST /2/team_log/get_events";
    private static final String FOLDER_SCOPES = "team_info.read team_data.member files.metadata.read";
    private static final String FOLDERS = WHO + ", POST /2/team/namespaces/list, POST /2/files/get_metadata";

    private static final int BAD_REQUEST = 400;

    private final Connections<DropboxReads> connections;
    private final String web;

    private DropboxProvisioner(Connections<DropboxReads> connections, URI web) {
        this.connections = connections;
        this.web = Addresses.base(web, "address");
    }

    /** A provisioner without a connection: everything is asked. */
    public static DropboxProvisioner create() {
        return create(Connections.none());
    }

    /** A provisioner that looks through these connections; with {@link Connections#none()} it asks a person instead. */
    public static DropboxProvisioner create(Connections<DropboxConnection> connections) {
        VendorHttp http = VendorHttp.create(); // one for all customers
        return new DropboxProvisioner(
                customer -> connections.find(customer).map(connection -> connection.reads(http)), WEB);
    }

    /**
     * The same, with Dropbox's web pages at another address: the sandbox's, for instance.
     *
     * @param address scheme, host and port
     * @throws IllegalArgumentException if it is neither https nor http to this very machine
     */
    public DropboxProvisioner withWebAddress(URI address) {
        return new DropboxProvisioner(connections, address);
    }

    @Override
    public CloudService service() {
        return CloudService.DROPBOX;
    }

    @Override
    public String grantRule() {
        return "DROPBOX-1";
    }

    @Override
    public List<ActivationStep> steps(StepContext context) {
        return Stream.of(before(context), after()).flatMap(List::stream).toList();
    }

    private List<ActivationStep> before(StepContext context) { // DROPBOX-1
        List<ActivationStep> steps = new ArrayList<>();
        steps.add(look("admin", "DROPBOX-1", Phase.PREFLIGHT, admin(), question("ask-admin", "/team/admin/members")));
        // Nobody is asked for a number that only refines the expected time.
        steps.add(ActivationStep.look(
                        id("users"),
                        "DROPBOX-1",
                        Phase.PREFLIGHT,
                        TEXTS,
                        "users",
                        Check.by(users()),
                        ProbeTiming.none())
                .optional());
        // what was refused is allowed before the link, instead of ending the activation
        if (context.fact(DropboxLooks.FACT_BLOCKED).isPresent()) {
            steps.add(ActivationStep.act(
                            id("app-allowed"),
                            "DROPBOX-1",
                            Phase.PREFLIGHT,
                            TEXTS,
                            "app-allowed",
                            Check.by(appAllowed()),
                            change("app-allowed").at(page(TEAM_APPS)))
                    .after(id("admin")));
        }
        return steps;
    }

    private List<ActivationStep> after() { // DROPBOX-2
        return List.of(
                look("app-linked", "DROPBOX-2", Phase.POST_SETUP, appLinked(), question("ask-app-linked", TEAM_APPS))
                        .patient(LOG_SETTLES),
                look("folders", "DROPBOX-2", Phase.POST_SETUP, folders(), question("ask-folders", HOME))
                        .patient(FOLDERS_SETTLE));
    }

    private static ActivationStep look(String name, String rule, Phase phase, Probe probe, ActionTemplate question) {
        return ActivationStep.look(
                id(name), rule, phase, TEXTS, name, Check.by(probe).orAsk(question), ProbeTiming.none());
    }

    private ActionTemplate question(String key, String path) {
        return ActionTemplate.question(TEXTS, key, TEMP_FOLDER, QUARANTINE_FOLDER)
                .at(page(path));
    }

    @Override
    public ActionTemplate grant(StepContext context) { // DROPBOX-1
        return ActionTemplate.forConsole(TEXTS, CloudService.DROPBOX, context.policies())
                .copyingPolicies();
    }

    /** The vendor leaves app and folders behind. */
    @Override
    public List<ActivationStep> removalSteps(StepContext context) {
        return List.of(
                removal("remove-app", appUnlinked(), change("remove-app").at(page(TEAM_APPS)))
                        .patient(LOG_SETTLES),
                removal(
                                "remove-folders",
                                foldersGone(),
                                change("remove-folders")
                                        .at(page(HOME))
                                        // they do no harm: keeping quarantined files is the customer's choice
                                        .accepting(BlockReason.BLOCKED_BY_POLICY, BlockReason.OTHER))
                        .after(id("remove-app"))
                        .patient(FOLDERS_SETTLE));
    }

    private static ActivationStep removal(String name, Probe probe, ActionTemplate action) {
        return ActivationStep.act(id(name), "DROPBOX-2", Phase.REMOVAL, TEXTS, name, Check.by(probe), action);
    }

    private static ActionTemplate change(String key) {
        return ActionTemplate.change(TEXTS, key, TEMP_FOLDER, QUARANTINE_FOLDER);
    }

    @Override
    public List<Notice> notices(StepContext context) {
        return List.of(Notice.announcement("DROPBOX-3", TEXTS, "notice.selective-sync", TEMP_FOLDER));
    }

    @Override
    public Notice prerequisite() {
        return Notice.of("COMMON-1", TEXTS, "prerequisite");
    }

    private Probe admin() {
        return probe(
                DropboxLooks::admin,
                FOLDERS + ", POST /2/team_log/get_events",
                DropboxConnection.SCOPES.stream().sorted().collect(Collectors.joining(" ")));
    }

    private Probe users() {
        return probe(DropboxLooks::users, "POST /2/team/get_info", "team_info.read");
    }

    private Probe appAllowed() {
        return probe(DropboxLooks.inTeam(DropboxLooks::appAllowed), LOG, "team_info.read events.read");
    }

    private Probe appLinked() {
        return probe(DropboxLooks.inTeam(DropboxLooks::appLinked), LOG, "team_info.read events.read");
    }

    private Probe folders() {
        return probe(DropboxLooks.inTeam(DropboxLooks::folders), FOLDERS, FOLDER_SCOPES);
    }

    private Probe appUnlinked() {
        return probe(DropboxLooks.inTeam(DropboxLooks::appUnlinked), LOG, "team_info.read events.read");
    }

    private Probe foldersGone() {
        return probe(DropboxLooks.inTeam(DropboxLooks::foldersGone), FOLDERS, FOLDER_SCOPES);
    }

    private Probe probe(ConnectedProbe.Question<DropboxReads> question, String calls, String scope) {
        return new ConnectedProbe<>(
                "Dropbox", connections, question.withoutAccessAfter(DropboxProvisioner::isAboutOurApp), calls, scope);
    }

    /** Asking again helps as little as after a 403. */
    private static boolean isAboutOurApp(VendorCallException e) {
        return e.status() == BAD_REQUEST && !e.authorizationLost();
    }

    private URI page(String path) {
        return URI.create(web + path);
    }

    private static StepId id(String name) {
        return StepId.of(CloudService.DROPBOX, name);
    }
}
