package io.github.kaitsu.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ActivationRequest;
import io.github.kaitsu.ActivationRetryPolicy;
import io.github.kaitsu.ActivationStatus;
import io.github.kaitsu.ActivationView;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.box.BoxConnection;
import io.github.kaitsu.box.BoxProvisioner;
import io.github.kaitsu.console.ConsoleSite;
import io.github.kaitsu.dropbox.DropboxProvisioner;
import io.github.kaitsu.google.GoogleProvisioners;
import io.github.kaitsu.journal.Event;
import io.github.kaitsu.journal.JournalEntry;
import io.github.kaitsu.microsoft365.Microsoft365Provisioners;
import io.github.kaitsu.operator.Answer;
import io.github.kaitsu.operator.OperatorAction;
import io.github.kaitsu.sandbox.Sandbox;
import io.github.kaitsu.sandbox.SandboxAddresses;
import io.github.kaitsu.sandbox.SandboxConnections;
import io.github.kaitsu.sandbox.SandboxSummary;
import io.github.kaitsu.sandbox.ScriptedPerson;
import io.github.kaitsu.store.ActivationStore;
import io.github.kaitsu.store.MemoryActivationStore;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A sandbox, a browser that acts on it, a person in the browser's window and one outside, and a client. */
final class Stage implements AutoCloseable {
    /** The name of the person who gets what the browser does not do. */
    static final String OUTSIDE = "scripted person";

    /** Reading again what has not changed takes most of a run's time and shows nothing new. */
    private static final Duration BETWEEN_READINGS = Duration.ofSeconds(90);

    /** More answers than a whole activation of one service takes. */
    private static final int LONG = 40;

    ActivationId id = ActivationId.of("browser-1");
    final Sandbox sandbox;
    SandboxWindow window;
    final ScriptedPerson person;
    final ActivationStore store = new MemoryActivationStore();
    private final Path folder;
    private final Locale language;
    BrowserOperator browser;
    ActivationClient client;

    Stage(Sandbox.Builder builder, Path folder) {
        this(builder, folder, Locale.JAPANESE);
    }

    Stage(Sandbox.Builder builder, Path folder, Locale language) {
        Path chrome = Chromium.installed();
        this.language = language;
        this.folder = folder;
        this.sandbox = builder.start();
        this.window = new SandboxWindow(sandbox);
        this.person = new ScriptedPerson(sandbox, OUTSIDE);
        this.browser = browser(chrome, window).build();
        this.client = client();
    }

    /** With another person in the window. */
    Stage withWindow(Function<Sandbox, SandboxWindow> other) {
        window = other.apply(sandbox);
        restart();
        return this;
    }

    /** With little patience: for pages that will never show what is looked for. */
    Stage hasty() {
        client.close();
        browser.close();
        browser = browser(Chromium.installed(), window)
                .pagePatience(Duration.ofSeconds(3))
                .personPatience(Duration.ofSeconds(3))
                .build();
        client = client();
        return this;
    }

    BrowserOperator.Builder browser(Path chrome, WindowPerson inWindow) {
        BrowserOperator.Builder builder = BrowserOperator.builder()
                .chrome(chrome)
                .folder(folder())
                .headless(true)
                .language(language)
                .clock(sandbox.clock())
                .pagePatience(Duration.ofSeconds(10))
                .personPatience(Duration.ofSeconds(10))
                .addresses(a -> SandboxAddresses.of(sandbox).inSandbox(a).orElse(a))
                .person(inWindow);
        for (CloudService.Provider provider : CloudService.Provider.values()) {
            builder.administrator(provider, sandbox.administrator());
        }
        return builder;
    }

    /** As after a crash of the process: the journal is all that is left. */
    void restart() {
        client.close();
        browser.close();
        browser = browser(Chromium.installed(), window).build();
        client = client();
    }

    private ActivationClient client() {
        SandboxConnections to = SandboxConnections.of(sandbox);
        BoxConnection box = to.box(to.tokens(CloudService.Provider.BOX));
        return ActivationClient.builder()
                .provisioner(BoxProvisioner.create(customer -> Optional.of(box)))
                .provisioner(DropboxProvisioner.create())
                .provisioners(GoogleProvisioners.create())
                .provisioners(Microsoft365Provisioners.create())
                .store(store)
                .clock(sandbox.clock())
                .policy(ActivationRetryPolicy.builder()
                        .firstLook(BETWEEN_READINGS)
                        .build())
                .operator(browser)
                .operator(person)
                .build();
    }

    /** Where profiles and records are. */
    Path folder() {
        return folder.resolve("browser");
    }

    List<Answer.HandedBack> handedBack() {
        return answers()
                .map(Event.Answered::answer)
                .filter(Answer.HandedBack.class::isInstance)
                .map(Answer.HandedBack.class::cast)
                .toList();
    }

    CustomerId customer() {
        return CustomerId.of(ConsoleSite.JP, sandbox.account());
    }

    ActivationRequest request(Collection<CloudService> services) {
        return ActivationRequest.builder(customer())
                .services(services.toArray(CloudService[]::new))
                .sharePointAdminSite(
                        URI.create("https://example-admin.sharepoint.com").toString())
                .build();
    }

    void begin(Collection<CloudService> services) {
        client.begin(id, request(services));
    }

    /** From here on the removal is what runs. */
    void beginRemoval(Set<CloudService> services) {
        id = ActivationId.of("browser-2");
        client.beginRemoval(id, customer(), services);
    }

    /** To the end, or until nobody can do anything. */
    ActivationView run() throws InterruptedException {
        ActivationView view = step();
        while (!view.ended()) {
            view = step();
        }
        return view;
    }

    ActivationView runUntil(Predicate<ActivationView> sign) throws InterruptedException {
        ActivationView view = step();
        while (!sign.test(view)) {
            assertThat(view.ended()).as("ended before: %s", view).isFalse();
            view = step();
        }
        return view;
    }

    /** How often an action of this step was answered. */
    long answered(String step) {
        return answers().filter(a -> a.step().value().equals(step)).count();
    }

    /** How many answers bear this name. */
    long answeredBy(String name) {
        return answers().filter(a -> a.answer().by().equals(name)).count();
    }

    Stream<Event.Answered> answers() {
        return store.load(id).orElseThrow().entries().stream()
                .map(JournalEntry::event)
                .filter(Event.Answered.class::isInstance)
                .map(Event.Answered.class::cast);
    }

    /** One turn of the engine and one action, else time. */
    ActivationView step() throws InterruptedException {
        Instant next = client.advance(id).until().orElse(Instant.EPOCH); // refused while another thread advances
        if (!browser.performOne(client) && !browser.awaitsPerson() && !person.performOne(client)) {
            Instant now = sandbox.clock().instant();
            sandbox.clock().advanceTo(next.isAfter(now) ? next : now.plusSeconds(1));
        }
        return view();
    }

    /**
     * To the end, or up to the first thing that the browser hands back, which nobody then does, or until the console was read in vain
     * so often that it goes on like that. What the browser never does, such as asking for a role, a person does.
     */
    Optional<OperatorAction> runWithoutAnybodyElse() throws InterruptedException {
        while (!view().ended() && answers().count() < LONG) {
            Optional<Instant> next = client.advance(id).until();
            Optional<OperatorAction> left = person.next();
            if (left.flatMap(OperatorAction::handedBack).isPresent()) {
                return left;
            }
            if (!browser.performOne(client) && !person.performOne(client)) {
                next.ifPresent(sandbox.clock()::advanceTo);
            }
        }
        return Optional.empty();
    }

    /** The one service of this run: protected, granted once, and by every rule. */
    void assertProtectedOnce(ActivationView view) {
        assertThat(view.services())
                .singleElement()
                .satisfies(s -> assertThat(s.status()).as("%s", view).isEqualTo(ActivationStatus.PROTECTED));
        SandboxSummary summary = sandbox.summary();
        assertThat(summary.grants(view.services().get(0).service())).isEqualTo(1);
        assertThat(summary.violations()).isEmpty();
    }

    ActivationView view() {
        return client.find(id).orElseThrow().view();
    }

    @Override
    public void close() {
        client.close();
        browser.close();
        sandbox.close();
    }
}
