package io.github.kaitsu.cli;

import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ActivationView;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.browser.BrowserRecord;
import io.github.kaitsu.cli.Choices.Choice;
import io.github.kaitsu.sandbox.Sandbox;
import io.github.kaitsu.sandbox.SandboxSummary;
import io.github.kaitsu.store.ActivationStore;
import io.github.kaitsu.store.MemoryActivationStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Everything one command needs to bring a run forward: client, operator, clock, progress, and the sandbox if it is one. */
final class Session implements AutoCloseable {
    private final Invocation call;
    private final Optional<Sandbox> sandbox;
    private final ActivationClient client;
    private final RunLoop loop;
    private final Progress progress;
    private final Clock clock;
    private final Optional<Path> folder;
    private final Access access;
    private final Hands hands;
    /** Whether whoever sits here is shown the actions. */
    private final boolean asks;

    private final Instant started = Instant.now();

    private Session(
            Invocation call,
            Optional<Sandbox> sandbox,
            ActivationClient client,
            RunLoop loop,
            Progress progress,
            Clock clock,
            Optional<Path> folder,
            Hands hands,
            Access access,
            boolean asks) {
        this.call = call;
        this.sandbox = sandbox;
        this.client = client;
        this.loop = loop;
        this.progress = progress;
        this.clock = clock;
        this.folder = folder;
        this.access = access;
        this.hands = hands;
        this.asks = asks;
    }

    /**
     * @param customer whose access is used
     * @param folder empty: nothing outlives the command
     * @param connected whether the providers are looked at
     * @param by the name of the person at the terminal; null: ask
     * @param waits whether to wait for real time instead of ending
     * @param isQuiet whether nothing is shown of how it goes on
     */
    record Setting(
            CustomerId customer,
            Optional<Workspace> folder,
            Optional<Sandbox> sandbox,
            boolean connected,
            OperatorKind kind,
            @Nullable String by,
            boolean waits,
            boolean isQuiet,
            Browser browser) {
        /** Brings a run forward as it was started, with nobody here to do anything. */
        static Setting nobody(CustomerId customer, Workspace folder, Optional<Sandbox> sandbox, Choice before) {
            return new Setting(
                    customer,
                    Optional.of(folder),
                    sandbox,
                    before.connected(),
                    OperatorKind.NONE,
                    null,
                    false,
                    false,
                    Browser.plain());
        }

        /** One of many: the sandbox's person does what there is to do. */
        static Setting oneOfMany(CustomerId customer, Workspace folder, Sandbox sandbox, boolean connected) {
            return new Setting(
                    customer,
                    Optional.of(folder),
                    Optional.of(sandbox),
                    connected,
                    OperatorKind.SCRIPT,
                    null,
                    false,
                    true,
                    Browser.plain());
        }
    }

    /**
     * How a browser is driven.
     *
     * @param headless whether it shows no window
     * @param administrators account names for it to enter
     */
    record Browser(boolean headless, Map<CloudService.Provider, String> administrators) {
        static Browser plain() {
            return new Browser(false, Map.of());
        }
    }

    /** Takes over the sandbox of the setting, also when it fails. */
    static Session open(Invocation call, Setting setting) {
        try {
            return opened(call, setting);
        } catch (RuntimeException e) {
            setting.sandbox().ifPresent(Sandbox::close);
            throw e;
        }
    }

    private static Session opened(Invocation call, Setting setting) {
        if (setting.kind() == OperatorKind.SCRIPT && setting.sandbox().isEmpty()) {
            throw Refusal.usage("script");
        }
        if (setting.browser().headless()
                && (setting.kind() != OperatorKind.BROWSER || setting.sandbox().isEmpty())) {
            throw Refusal.usage("headless");
        }
        if (setting.kind() != OperatorKind.BROWSER
                && !setting.browser().administrators().isEmpty()) {
            throw Refusal.usage("administrator-browser");
        }
        Clock clock = setting.sandbox().<Clock>map(Sandbox::clock).orElse(Clock.systemUTC());
        Progress progress = setting.isQuiet()
                ? Progress.none()
                : Progress.on(call, new Rows(call, clock, setting.sandbox().isPresent()));
        Access access = Access.of(call, setting.folder(), setting.sandbox(), setting.customer());
        Hands hands = hands(call, setting, progress, access.vault());
        ActivationStore store = setting.folder().map(Workspace::store).orElseGet(MemoryActivationStore::new);
        ActivationClient.Builder builder = ActivationClient.builder()
                .provisioners(Provisioners.of(
                        setting.connected(), new Links(setting.customer(), access.consents(), setting.sandbox())))
                .store(store)
                .clock(clock);
        hands.operators().forEach(builder::operator);
        builder.ownAccess(access.own());
        setting.folder().ifPresent(w -> builder.recordKeeper(BrowserRecord.keeper(BrowserHands.of(w.folder()))));
        setting.folder().ifPresent(w -> builder.recordKeeper(InviteCommand.invitations(w)));
        ActivationClient client = builder.build();
        PassingTime time = setting.sandbox()
                .map(s -> PassingTime.simulated(s.clock()))
                .orElse(setting.waits() ? PassingTime.real(clock) : PassingTime.stop());
        RunLoop loop = new RunLoop(client, hands, time, progress, new Rounds(call));
        return new Session(
                call,
                setting.sandbox(),
                client,
                loop,
                progress,
                clock,
                setting.folder().map(Workspace::folder),
                hands,
                access,
                setting.kind() == OperatorKind.TERMINAL);
    }

    private static Hands hands(Invocation call, Setting setting, Progress progress, Optional<Vault> vault) {
        return hands(call, setting, progress, vault, setting.kind());
    }

    /** Behind the browser stands whoever gets what it hands back. */
    private static Hands browser(Invocation call, Setting setting, Progress progress, Optional<Vault> vault) {
        OperatorKind behind = setting.sandbox().isPresent() ? OperatorKind.SCRIPT : OperatorKind.TERMINAL;
        BrowserHands hands = BrowserHands.of(call, setting, hands(call, setting, progress, vault, behind));
        call.say(call.text("browser.record", hands.folder()));
        return hands;
    }

    private static Hands hands(
            Invocation call, Setting setting, Progress progress, Optional<Vault> vault, OperatorKind kind) {
        return switch (kind) {
            case SCRIPT ->
                new ScriptedHands(
                        call,
                        setting.sandbox().orElseThrow(),
                        provider -> vault.isPresent()
                                && Consenting.again(
                                        call, vault.get(), setting.customer(), setting.sandbox(), provider));
            case TERMINAL -> {
                setting.sandbox().ifPresent(s -> call.say(addresses(call, s)));
                yield new TerminalPerson(
                        call,
                        progress,
                        Pages.of(setting.sandbox()),
                        answer -> setting.sandbox().ifPresent(s -> Counted.answer(s, answer)),
                        setting.by());
            }
            case BROWSER -> browser(call, setting, progress, vault);
            case NONE -> Hands.none();
        };
    }

    /** Whoever plays the person needs to get into the sandbox's pages. */
    private static String addresses(Invocation call, Sandbox sandbox) {
        return call.text(
                "sandbox.addresses",
                sandbox.console(),
                sandbox.account(),
                sandbox.consolePassword(),
                sandbox.sharePointAdmin());
    }

    ActivationClient client() {
        return client;
    }

    /** Brings a run as far as it goes. */
    ActivationView advance(ActivationId id) throws InterruptedException {
        return loop.run(id);
    }

    /** Brings a run as far as it goes, prints what came of it, and returns the exit code. */
    int bringForward(ActivationId id) throws InterruptedException {
        ActivationView view = loop.run(id);
        progress.pause();
        Optional<SandboxSummary> counted = sandbox.map(Sandbox::summary);
        if (call.json()) {
            call.result(RunDocument.of(view, counted, call.locale()));
        } else {
            Summary.Run run = new Summary.Run(view, () -> client.events(id), counted, folder, asks);
            call.result("\n" + Summary.of(call, run) + (counted.isPresent() ? "\n" : "\n\n") + ending(view));
        }
        return Exits.of(view);
    }

    private String ending(ActivationView view) {
        Times times = new Times(call);
        return sandbox.isPresent()
                ? call.text(
                        "ending.simulated",
                        times.duration(Duration.between(view.begunAt(), clock.instant())),
                        times.duration(Duration.between(started, Instant.now())))
                : call.text("ending.real", times.duration(Duration.between(view.begunAt(), clock.instant())));
    }

    @Override
    public void close() {
        client.close();
        hands.close();
        access.close();
        sandbox.ifPresent(Sandbox::close);
    }
}
