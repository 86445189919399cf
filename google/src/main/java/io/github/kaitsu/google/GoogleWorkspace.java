package io.github.kaitsu.google;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.Phase;
import io.github.kaitsu.StepId;
import io.github.kaitsu.google.internal.FolderLooks;
import io.github.kaitsu.google.internal.GoogleFacts;
import io.github.kaitsu.operator.ActionTemplate;
import io.github.kaitsu.operator.BlockReason;
import io.github.kaitsu.provision.ActivationStep;
import io.github.kaitsu.provision.Check;
import io.github.kaitsu.provision.Connections;
import io.github.kaitsu.provision.Notice;
import io.github.kaitsu.provision.ProbeTiming;
import io.github.kaitsu.provision.StepContext;
import io.github.kaitsu.vendor.http.Addresses;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What Gmail and Google Drive share: one super admin, one Marketplace app, one consent screen.
 *
 * <p>Where both are requested, the first in the order of the request asks for the admin and has the app installed; the other
 * only comes after those steps, so nobody is asked twice. That works because the ids of steps are the run's, not the
 * service's. In a removal it is the other way round: the last one takes the app away, and nobody does while the console lists
 * the other service.
 *
 * @param service Gmail or Google Drive
 * @param web where Google's pages are, if not at Google
 * @param checks what is looked at
 */
record GoogleWorkspace(CloudService service, Optional<String> web, GoogleChecks checks) {
    static final Class<?> TEXTS = GoogleProvisioners.class;

    private static final String ADMIN_CONSOLE = "https://admin.google.com";
    private static final String DRIVE = "https://drive.google.com";
    private static final String ACCOUNT = "https://myaccount.google.com";

    private static final String TEMP_FOLDER = FolderLooks.TEMP_FOLDER;
    private static final String QUARANTINE_FOLDER = FolderLooks.QUARANTINE_FOLDER;

    /** The admin log is a few minutes behind, seldom more; the person waits, so this is not stretched to the last case. */
    private static final ProbeTiming ADMIN_LOG = ProbeTiming.of(Duration.ofMinutes(15), Duration.ofMinutes(30));

    private static final ProbeTiming SETTING = ProbeTiming.of(Duration.ofMinutes(5), Duration.ofMinutes(15));
    /** The console's success may come before Google lists what was created and permitted. */
    private static final ProbeTiming AFTER_SUCCESS = ProbeTiming.of(Duration.ofMinutes(10), Duration.ofHours(1));

    private static final Set<String> MARKETPLACE_OPEN = Set.of("OPEN", "LISTED");

    static GoogleWorkspace of(CloudService service) {
        return new GoogleWorkspace(service, Optional.empty(), GoogleChecks.none());
    }

    GoogleWorkspace looking(Connections<GoogleConnection> connections) {
        return new GoogleWorkspace(service, web, GoogleChecks.by(connections));
    }

    /** @throws IllegalArgumentException if the address is neither https nor http to this very machine */
    GoogleWorkspace at(URI address) {
        return new GoogleWorkspace(service, Optional.of(Addresses.base(address, "address")), checks);
    }

    // ---- activation

    /** Admin, policies and Marketplace app, asked for once whatever is requested. */
    List<ActivationStep> setUp(StepContext context) {
        CloudService first = first(context);
        if (first != service) {
            return List.of(marketplaceOf(first));
        }
        List<ActivationStep> steps = new ArrayList<>(List.of(admin(context)));
        if (checks.areMade()) {
            steps.add(read("users", "GOOGLE-1", checks.users()));
            steps.add(read("policies", "GOOGLE-1", checks.policies()));
        }
        // what was read as forbidden is allowed before anything is linked, instead of failing afterwards
        if (context.fact(GoogleFacts.MARKETPLACE)
                .filter(p -> !MARKETPLACE_OPEN.contains(p))
                .isPresent()) {
            steps.add(allow("marketplace-allowed", checks.marketplaceAllowed()));
        }
        if (context.fact(GoogleFacts.APIS).filter("restricted"::equals).isPresent()) {
            steps.add(allow("apis-allowed", checks.apisAllowed()));
        }
        steps.add(marketplace().after(id("admin")));
        return steps;
    }

    private CloudService first(StepContext context) {
        return context.request().services().stream()
                .filter(s -> s.provider() == CloudService.Provider.GOOGLE)
                .findFirst()
                .orElse(service);
    }

    private ActivationStep admin(StepContext context) { // GOOGLE-1
        ActionTemplate question = ActionTemplate.question(TEXTS, "ask-admin").at(page(ADMIN_CONSOLE, "/"));
        return ActivationStep.look(
                id("admin"),
                "GOOGLE-1",
                Phase.PREFLIGHT,
                TEXTS,
                "admin",
                checks.admin(context.request().services().contains(CloudService.GOOGLE_DRIVE))
                        .orAsk(question),
                ProbeTiming.none());
    }

    /** Nobody is asked for what only makes the plan better. */
    private ActivationStep read(String name, String rule, Check check) {
        return ActivationStep.look(id(name), rule, Phase.PREFLIGHT, TEXTS, name, check, ProbeTiming.none())
                .optional();
    }

    private ActivationStep allow(String name, Check check) { // GOOGLE-1
        ActionTemplate action = ActionTemplate.change(TEXTS, name)
                .at(page(ADMIN_CONSOLE, "/"))
                // a setting of an organisational unit that does not matter here
                .accepting(BlockReason.NOT_ASKED_FOR);
        return ActivationStep.act(id(name), "GOOGLE-1", Phase.PREFLIGHT, TEXTS, name, check, action)
                .patient(SETTING);
    }

    /** Which editions there are, for the warning of Business Starter. */
    List<ActivationStep> editions() { // GOOGLE-4
        return checks.areMade() ? List.of(read("editions", "GOOGLE-4", checks.editions())) : List.of();
    }

    /** Before the grant, for Drive as well, though its manual omits it: both use the one app. */
    private ActivationStep marketplace() { // GOOGLE-1
        ActionTemplate install = ActionTemplate.builder(ActionTemplate.Kind.DO, TEXTS, "marketplace")
                .variant(service.id())
                .link(page(ADMIN_CONSOLE, "/"))
                .build();
        // the app without its data access is not enough: where the log does not show both, somebody looks
        Check installed = checks.areMade()
                ? checks.installed()
                        .orAsk(ActionTemplate.question(TEXTS, "ask-data-access").at(page(ADMIN_CONSOLE, "/")))
                : Check.attestedByDoing();
        return ActivationStep.act(id("marketplace"), "GOOGLE-1", Phase.LINK, TEXTS, "marketplace", installed, install)
                .patient(ADMIN_LOG);
    }

    /**
     * Nothing to ask and nothing to do here: it holds or fails as the other service's steps do, and takes no slot while it
     * waits for them.
     */
    private ActivationStep marketplaceOf(CloudService first) { // GOOGLE-1
        return unasked("marketplace", "GOOGLE-1", Phase.LINK, "marketplace-shared")
                .after(StepId.of(first, "admin"), StepId.of(first, "marketplace"));
    }

    ActionTemplate grant(StepContext context) { // GOOGLE-2, GOOGLE-3
        return ActionTemplate.forConsole(TEXTS, service, context.policies()).copyingPolicies();
    }

    /** What the admin permitted; nobody is asked unless it was to be read, for the console's success says as much. */
    List<ActivationStep> access(String grantRule, StepContext context) { // GOOGLE-2, GOOGLE-3
        if (!checks.areMade()
                || context.facts().tenant(CloudService.Provider.GOOGLE).isEmpty()) {
            return List.of();
        }
        ActionTemplate question = ActionTemplate.question(TEXTS, "ask-access").at(page(ACCOUNT, "/connections"));
        return List.of(ActivationStep.look(
                id("access"),
                grantRule,
                Phase.POST_SETUP,
                TEXTS,
                "access",
                checks.permitted(service).orAsk(question),
                AFTER_SUCCESS));
    }

    /** The two folders in the admin's Drive. */
    ActivationStep folders() { // GOOGLE-3
        ActionTemplate question = ActionTemplate.question(TEXTS, "ask-folders", TEMP_FOLDER, QUARANTINE_FOLDER)
                .at(page(DRIVE, "/drive/my-drive"));
        return ActivationStep.look(
                id("folders"),
                "GOOGLE-3",
                Phase.POST_SETUP,
                TEXTS,
                "folders",
                checks.folders().orAsk(question),
                AFTER_SUCCESS);
    }

    /** GOOGLE-4: a warning, never more; as sure as what was read. */
    List<Notice> businessStarter(StepContext context) {
        return switch (context.fact(GoogleFacts.STARTER).orElse("")) {
            case "yes" -> List.of(Notice.of("GOOGLE-4", TEXTS, "notice.business-starter-found"));
            case "no" -> List.of();
            default -> List.of(Notice.of("GOOGLE-4", TEXTS, "notice.business-starter"));
        };
    }

    /** Google may want it of every admin at the sign-in. */
    List<Notice> twoStep(StepContext context) {
        boolean missing = first(context) == service
                && context.fact(GoogleFacts.TWO_STEP).filter("no"::equals).isPresent();
        return missing ? List.of(Notice.beforehand("GOOGLE-1", TEXTS, "notice.two-step")) : List.of();
    }

    Notice desktopSync() { // GOOGLE-5
        return Notice.announcement("GOOGLE-5", TEXTS, "notice.desktop-sync", TEMP_FOLDER);
    }

    // ---- removal

    /** App and access, unless the other Google service still needs them. */
    List<ActivationStep> cleanUp(String grantRule, StepContext context) {
        ActivationStep keepAccess = unasked("remove-access", grantRule, Phase.REMOVAL, "keep-access")
                .optional();
        if (isStillUsed(context)) {
            return List.of(
                    unasked("remove-app", "GOOGLE-1", Phase.REMOVAL, "keep-app").optional(), keepAccess);
        }
        ActivationStep removeApp = removal(
                "remove-app",
                "GOOGLE-1",
                checks.appGone(),
                ADMIN_LOG,
                // what we did not read, the person may see: the other service is listed after all
                change("remove-app").at(page(ADMIN_CONSOLE, "/")).accepting(BlockReason.NOT_ASKED_FOR));
        if (context.facts().skipped(id("remove-app")).isPresent()) {
            return List.of(removeApp, keepAccess);
        }
        return List.of(
                removeApp,
                removal(
                                "remove-access",
                                grantRule,
                                checks.permissionGone(),
                                SETTING,
                                change("remove-access").at(page(ACCOUNT, "/connections")))
                        .after(id("remove-app")));
    }

    private boolean isStillUsed(StepContext context) {
        CloudService other = service == CloudService.GMAIL ? CloudService.GOOGLE_DRIVE : CloudService.GMAIL;
        List<CloudService> order = context.request().services();
        boolean removedLater = order.indexOf(other) > order.indexOf(service);
        boolean listed =
                context.facts().listed().filter(all -> all.contains(other)).isPresent();
        return removedLater || listed;
    }

    ActivationStep removeFolders() { // GOOGLE-3
        ActionTemplate action = change("remove-folders")
                .at(page(DRIVE, "/drive/my-drive"))
                // they do no harm: keeping quarantined files is the customer's choice
                .accepting(BlockReason.BLOCKED_BY_POLICY, BlockReason.OTHER);
        return removal("remove-folders", "GOOGLE-3", checks.foldersGone(), SETTING, action)
                .after(id("remove-access"));
    }

    private ActivationStep removal(String name, String rule, Check check, ProbeTiming patience, ActionTemplate action) {
        return ActivationStep.act(id(name), rule, Phase.REMOVAL, TEXTS, name, check, action)
                .patient(patience);
    }

    private static ActionTemplate change(String key) {
        return ActionTemplate.change(TEXTS, key, TEMP_FOLDER, QUARANTINE_FOLDER);
    }

    // ---- both

    /** Without check and action: if optional it is skipped, else it holds or fails as what it comes after. */
    private ActivationStep unasked(String name, String rule, Phase phase, String title) {
        return ActivationStep.look(id(name), rule, phase, TEXTS, title, Check.attestedByDoing(), ProbeTiming.none());
    }

    static Notice prerequisite() {
        return Notice.of("COMMON-1", TEXTS, "prerequisite");
    }

    private URI page(String site, String path) {
        return URI.create(web.orElse(site) + path);
    }

    StepId id(String name) {
        return StepId.of(service, name);
    }
}
