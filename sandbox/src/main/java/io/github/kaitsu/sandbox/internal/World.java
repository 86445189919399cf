package io.github.kaitsu.sandbox.internal;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.sandbox.ConsoleLine;
import io.github.kaitsu.sandbox.HandsOn;
import io.github.kaitsu.sandbox.SandboxSummary;
import io.github.kaitsu.sandbox.Scenario;
import io.github.kaitsu.sandbox.Violation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The state of the sandbox: a fold over its log and nothing else.
 *
 * <p>Synchronisations are no changes: whether a service is 保留 or protected follows from its link and the clock. Not
 * thread-safe; {@link Ledger} guards it.
 */
public final class World {
    /** How long the task of somebody else stays 保留 in {@link Scenario.Kind#FOREIGN_PENDING}. */
    static final Duration FOREIGN_TASK = Duration.ofMinutes(90);

    private final List<Link> links = new ArrayList<>();
    private final Map<Integer, Wizard> wizards = new HashMap<>();
    private final Map<CloudService, Integer> grants = new EnumMap<>(CloudService.class);
    private final Map<CloudService, Integer> failures = new EnumMap<>(CloudService.class);
    private @Nullable Setup setup;
    private Scenario scenario = Scenario.NONE;
    private @Nullable CloudService stuckService;
    private @Nullable Boolean appPermissionAtTeamsFinish;

    final BoxState box = new BoxState();
    final DropboxState dropbox = new DropboxState();
    final GoogleState google = new GoogleState();
    final MicrosoftState microsoft = new MicrosoftState();
    final Grants ownGrants = new Grants();
    final List<Violation> violations = new ArrayList<>();
    final Map<HandsOn.Actor, HandsOn> handsOn = new EnumMap<>(HandsOn.Actor.class);
    final Set<String> promptsSettled = new HashSet<>();
    final Set<String> trustedApps = new HashSet<>();
    final Map<String, String> redirects = new HashMap<>();
    final Map<Leftover, Set<CloudService>> clearedAway = new EnumMap<>(Leftover.class);
    Instant now = Instant.EPOCH;
    String passwordDigest = "";
    boolean googleAppInstalled;
    boolean dropboxAppClosed;

    // ---- what the pages ask

    public Setup setup() {
        return Objects.requireNonNull(setup, "the log does not begin with Began");
    }

    public Scenario scenario() {
        return scenario;
    }

    public Instant now() {
        return now;
    }

    /** All links, oldest first, also those that are gone: their lines stay in the task list. */
    List<Link> links() {
        return links;
    }

    /** The present link of a service. */
    Optional<Link> link(CloudService service) {
        return links.stream().filter(l -> l.service() == service && !l.gone()).findFirst();
    }

    /** What サービスアカウント lists. */
    List<Link> listed() {
        return links.stream().filter(Link::listed).toList();
    }

    Wizard wizard(int id) {
        return Optional.ofNullable(wizards.get(id)).orElseThrow(() -> new IllegalStateException("no wizard " + id));
    }

    Optional<Wizard> findWizard(int id) {
        return Optional.ofNullable(wizards.get(id));
    }

    int nextWizard() {
        return wizards.size() + 1;
    }

    int failures(CloudService service) {
        return failures.getOrDefault(service, 0);
    }

    /** Whether this service's synchronisation would never end. */
    boolean getsStuck(CloudService service) {
        return scenario.kind() == Scenario.Kind.STUCK_PENDING && (stuckService == null || stuckService == service);
    }

    boolean foreignTaskPending() {
        return scenario.kind() == Scenario.Kind.FOREIGN_PENDING && now.isBefore(foreignTaskEnd());
    }

    Instant foreignTaskEnd() {
        return setup().start().plus(FOREIGN_TASK);
    }

    /** Whether SharePoint granted the permission of M365-8 to the app of this link. */
    boolean hasAppPermission(Link link) {
        return trustedApps.contains(link.appId());
    }

    /** The redirect address that SharePoint keeps of a trusted app (M365-7). */
    String redirectOf(String appId) {
        return redirects.getOrDefault(
                appId,
                setup().site().origin().map(Object::toString).orElse("https://admin.tmcas.trendmicro.com")
                        + "/provision.html");
    }

    /** Whether a link of this service, present or gone, left something at the provider that nobody cleared away. */
    boolean left(Leftover leftover, CloudService service) {
        return newest(service).isPresent()
                && !clearedAway.getOrDefault(leftover, Set.of()).contains(service)
                && (leftover == Leftover.ACCESS
                        || links.stream().anyMatch(l -> l.service() == service && l.hasBeenReady(now)));
    }

    /** The newest link of a service, even if it is gone. */
    Optional<Link> newest(CloudService service) {
        return links.stream().filter(l -> l.service() == service).reduce((one, later) -> later);
    }

    public SandboxSummary summary() {
        return new SandboxSummary(
                scenario,
                setup().users(),
                now,
                grants,
                violations,
                handsOn,
                ownGrants.refreshes(),
                Optional.ofNullable(appPermissionAtTeamsFinish));
    }

    /** What is behind the console's bell now. */
    public List<ConsoleLine> consoleLines(Locale locale) {
        return ConsoleLines.of(this, Labels.of(locale)).all();
    }

    // ---- what the changes do

    void begin(Setup how) {
        setup = how;
        scenario = Scenario.parse(how.scenario());
        now = how.start();
        passwordDigest = how.passwordSet() ? Secrets.digest(how.secrets().password("console")) : "";
        new Before(this).happen();
        if (scenario.kind() == Scenario.Kind.LEFTOVER_FOLDERS) {
            box.create(how.secrets(), how.start().minus(Duration.ofDays(90)));
        }
    }

    void replace(Wizard wizard) {
        wizards.put(wizard.id(), wizard);
    }

    void link(Link link) {
        takeAway(link.service());
        links.add(link);
        grants.merge(link.service(), 1, Integer::sum);
        clearedAway.values().forEach(services -> services.remove(link.service()));
        if (link.wizard() > 0) {
            replace(wizard(link.wizard()).with(Wizard.Outcome.LINKED));
        }
        if (link.stuck()) {
            stuckService = link.service();
        }
        if (link.service() == CloudService.DROPBOX) {
            dropboxAppClosed = false;
            dropbox.linked(link.linkedAt());
        }
        if (link.service() == CloudService.BOX && link.ready() != null && scenario.kind() != Scenario.Kind.NO_FOLDERS) {
            box.create(setup().secrets(), foldersAppear(link.linkedAt(), link.ready()));
        }
    }

    /** A little before the console reports success. */
    private static Instant foldersAppear(Instant from, Instant ready) {
        return ready.minus(Duration.between(from, ready).dividedBy(5));
    }

    void failLink(int wizard, CloudService service) {
        failures.merge(service, 1, Integer::sum);
        replace(wizard(wizard).with(Wizard.Outcome.FAILED));
    }

    void finishTeams(Change.TeamsFinished done) {
        appPermissionAtTeamsFinish = done.appPermission();
        links.replaceAll(
                l -> l.wizard() == done.wizard() && !l.gone() ? l.synchronising(done.from(), done.until()) : l);
        if (done.until() == null) {
            stuckService = CloudService.MICROSOFT_TEAMS;
        }
        replace(wizard(done.wizard()).afterClose());
    }

    void takeAway(CloudService service) {
        links.replaceAll(l -> l.service() == service ? l.away(now) : l);
    }
}
