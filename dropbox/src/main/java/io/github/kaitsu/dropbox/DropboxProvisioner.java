package io.github.kaitsu.dropbox;

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
import io.github.kaitsu.spi.ServiceAccountProvisioner;
import io.github.kaitsu.spi.StepContext;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Activation and removal of Dropbox (rules DROPBOX-1 to DROPBOX-3).
 *
 * <p>It looks at nothing by itself yet: the team admin is asked, once per page, and what was seen stays attested. Immutable
 * and thread-safe.
 */
public final class DropboxProvisioner implements ServiceAccountProvisioner {
    private static final Class<?> TEXTS = DropboxProvisioner.class;
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private static final String TEMP_FOLDER = "trendmicro_cas_temp__dont_change_or_delete";
    private static final String QUARANTINE_FOLDER = "trendmicro_cas_quarantine__dont_change_or_delete";
    private static final String TEAM_APPS = "/team/admin/settings/team_apps";
    private static final String HOME = "/home";

    private final String web;

    private DropboxProvisioner(String web) {
        this.web = web;
    }

    public static DropboxProvisioner create() {
        return new DropboxProvisioner("https://www.dropbox.com");
    }

    /**
     * The same, with Dropbox's web pages at another address: the sandbox's, for instance.
     *
     * @param address scheme, host and port
     * @throws IllegalArgumentException if it is neither https nor http to this very machine
     */
    public DropboxProvisioner withWebAddress(URI address) {
        boolean local = "http".equals(address.getScheme()) && LOOPBACK.contains(String.valueOf(address.getHost()));
        if (address.getHost() == null || !(local || "https".equals(address.getScheme()))) {
            throw new IllegalArgumentException("address must be https, or http to this very machine");
        }
        return new DropboxProvisioner(address.getScheme() + "://" + address.getRawAuthority());
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
        return List.of(
                look(
                        "admin",
                        "DROPBOX-1",
                        Phase.PREFLIGHT,
                        question("ask-admin").at(page("/team/admin/members"))),
                look(
                        "app-linked",
                        "DROPBOX-2",
                        Phase.POST_SETUP,
                        question("ask-app-linked").at(page(TEAM_APPS))),
                look(
                        "folders",
                        "DROPBOX-2",
                        Phase.POST_SETUP,
                        question("ask-folders").at(page(HOME))));
    }

    private static ActivationStep look(String name, String rule, Phase phase, ActionTemplate question) {
        return ActivationStep.look(id(name), rule, phase, TEXTS, name, Check.asking(question), Patience.none());
    }

    private static ActionTemplate question(String key) {
        return ActionTemplate.question(TEXTS, key, TEMP_FOLDER, QUARANTINE_FOLDER);
    }

    @Override
    public ActionTemplate grant(StepContext context) { // DROPBOX-1
        ActionTemplate grant =
                ActionTemplate.change(TEXTS, context.edition() == Edition.CONSOLE_2024_07 ? "grant-2024-07" : "grant");
        List<String> policies = context.request().policies(); // COMMON-7: none is valid
        return policies.isEmpty() ? grant : grant.copying(Map.of("console.selectPolicy", String.join(" / ", policies)));
    }

    /** The vendor leaves app and folders behind. */
    @Override
    public List<ActivationStep> removalSteps(StepContext context) {
        return List.of(
                removal("remove-app", change("remove-app").at(page(TEAM_APPS))),
                removal(
                                "remove-folders",
                                change("remove-folders")
                                        .at(page(HOME))
                                        // they do no harm: keeping quarantined files is the customer's choice
                                        .accepting(BlockReason.BLOCKED_BY_POLICY, BlockReason.OTHER))
                        .after(id("remove-app")));
    }

    private static ActivationStep removal(String name, ActionTemplate action) {
        return ActivationStep.act(id(name), "DROPBOX-2", Phase.REMOVAL, TEXTS, name, Check.attestedByDoing(), action);
    }

    private static ActionTemplate change(String key) {
        return ActionTemplate.change(TEXTS, key, TEMP_FOLDER, QUARANTINE_FOLDER);
    }

    @Override
    public List<Notice> notices(StepContext context) {
        return List.of(Notice.of("DROPBOX-3", TEXTS, "notice.selective-sync", TEMP_FOLDER));
    }

    @Override
    public Notice prerequisite() {
        return Notice.of("COMMON-1", TEXTS, "prerequisite");
    }

    private URI page(String path) {
        return URI.create(web + path);
    }

    private static StepId id(String name) {
        return StepId.of(CloudService.DROPBOX, name);
    }
}
