package io.github.kaitsu.google;

import io.github.kaitsu.BlockReason;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.Edition;
import io.github.kaitsu.Phase;
import io.github.kaitsu.StepId;
import io.github.kaitsu.spi.ActionTemplate;
import io.github.kaitsu.spi.ActivationStep;
import io.github.kaitsu.spi.Check;
import io.github.kaitsu.spi.Notice;
import io.github.kaitsu.spi.Patience;
import io.github.kaitsu.spi.StepContext;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
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
 */
record GoogleWorkspace(CloudService service, Optional<String> web) {
    static final Class<?> TEXTS = GoogleProvisioners.class;
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private static final String ADMIN_CONSOLE = "https://admin.google.com";
    private static final String DRIVE = "https://drive.google.com";
    private static final String ACCOUNT = "https://myaccount.google.com";

    private static final String TEMP_FOLDER = "trendmicro_cas_temp__dont_change_or_delete";
    private static final String QUARANTINE_FOLDER = "trendmicro_cas_quarantine__dont_change_or_delete";

    static GoogleWorkspace of(CloudService service) {
        return new GoogleWorkspace(service, Optional.empty());
    }

    /** @throws IllegalArgumentException if the address is neither https nor http to this very machine */
    GoogleWorkspace at(URI address) {
        boolean local = "http".equals(address.getScheme()) && LOOPBACK.contains(String.valueOf(address.getHost()));
        if (address.getHost() == null || !(local || "https".equals(address.getScheme()))) {
            throw new IllegalArgumentException("address must be https, or http to this very machine");
        }
        return new GoogleWorkspace(service, Optional.of(address.getScheme() + "://" + address.getRawAuthority()));
    }

    // ---- activation

    /** Admin and Marketplace app, asked for once whatever is requested. */
    List<ActivationStep> setUp(StepContext context) {
        CloudService first = first(context);
        if (first != service) {
            return List.of(marketplaceOf(first));
        }
        return List.of(admin(), marketplace(context).after(id("admin")));
    }

    private CloudService first(StepContext context) {
        return context.request().services().stream()
                .filter(s -> s.provider() == CloudService.Provider.GOOGLE)
                .findFirst()
                .orElse(service);
    }

    private ActivationStep admin() { // GOOGLE-1
        ActionTemplate question = ActionTemplate.question(TEXTS, "ask-admin").at(page(ADMIN_CONSOLE, "/"));
        return ActivationStep.look(
                id("admin"), "GOOGLE-1", Phase.PREFLIGHT, TEXTS, "admin", Check.asking(question), Patience.none());
    }

    /** Before the grant, for Drive as well, though its manual omits it: both use the one app. */
    private ActivationStep marketplace(StepContext context) { // GOOGLE-1
        ActionTemplate install =
                ActionTemplate.change(TEXTS, key("marketplace", context)).at(page(ADMIN_CONSOLE, "/"));
        return ActivationStep.act(
                id("marketplace"), "GOOGLE-1", Phase.LINK, TEXTS, "marketplace", Check.attestedByDoing(), install);
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
        ActionTemplate grant = ActionTemplate.change(TEXTS, key("grant", context));
        List<String> policies = context.request().policies(); // COMMON-7: none is valid
        return policies.isEmpty() ? grant : grant.copying(Map.of("console.selectPolicy", String.join(" / ", policies)));
    }

    private String key(String name, StepContext context) {
        String edition = context.edition() == Edition.CONSOLE_2024_07 ? "-2024-07" : "";
        return service.id() + "-" + name + edition;
    }

    /** The two folders in the admin's Drive. */
    ActivationStep folders() { // GOOGLE-3
        ActionTemplate question = ActionTemplate.question(TEXTS, "ask-folders", TEMP_FOLDER, QUARANTINE_FOLDER)
                .at(page(DRIVE, "/drive/my-drive"));
        return ActivationStep.look(
                id("folders"), "GOOGLE-3", Phase.POST_SETUP, TEXTS, "folders", Check.asking(question), Patience.none());
    }

    Notice desktopSync() { // GOOGLE-5
        return Notice.of("GOOGLE-5", TEXTS, "notice.desktop-sync", TEMP_FOLDER);
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
                // what we did not read, the person may see: the other service is listed after all
                change("remove-app").at(page(ADMIN_CONSOLE, "/")).accepting(BlockReason.NOT_ASKED_FOR));
        if (context.fact("skipped." + id("remove-app")).isPresent()) {
            return List.of(removeApp, keepAccess);
        }
        return List.of(
                removeApp,
                removal("remove-access", grantRule, change("remove-access").at(page(ACCOUNT, "/connections")))
                        .after(id("remove-app")));
    }

    private boolean isStillUsed(StepContext context) {
        CloudService other = service == CloudService.GMAIL ? CloudService.GOOGLE_DRIVE : CloudService.GMAIL;
        List<CloudService> order = context.request().services();
        boolean removedLater = order.indexOf(other) > order.indexOf(service);
        boolean listed = context.fact("console.listed").stream()
                .flatMap(names -> Arrays.stream(names.split(",")))
                .anyMatch(other.name()::equals);
        return removedLater || listed;
    }

    ActivationStep removeFolders() { // GOOGLE-3
        ActionTemplate action = change("remove-folders")
                .at(page(DRIVE, "/drive/my-drive"))
                // they do no harm: keeping quarantined files is the customer's choice
                .accepting(BlockReason.BLOCKED_BY_POLICY, BlockReason.OTHER);
        return removal("remove-folders", "GOOGLE-3", action).after(id("remove-access"));
    }

    private ActivationStep removal(String name, String rule, ActionTemplate action) {
        return ActivationStep.act(id(name), rule, Phase.REMOVAL, TEXTS, name, Check.attestedByDoing(), action);
    }

    private static ActionTemplate change(String key) {
        return ActionTemplate.change(TEXTS, key, TEMP_FOLDER, QUARANTINE_FOLDER);
    }

    // ---- both

    /** Without check and action: if optional it is skipped, else it holds or fails as what it comes after. */
    private ActivationStep unasked(String name, String rule, Phase phase, String title) {
        return ActivationStep.look(id(name), rule, phase, TEXTS, title, Check.attestedByDoing(), Patience.none());
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
