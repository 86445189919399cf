package io.github.kaitsu.internal.engine;

import io.github.kaitsu.ActivationRequest;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.Edition;
import io.github.kaitsu.Phase;
import io.github.kaitsu.RunRequest;
import io.github.kaitsu.Statement;
import io.github.kaitsu.StepId;
import io.github.kaitsu.console.ConsoleOrigin;
import io.github.kaitsu.journal.Event;
import io.github.kaitsu.operator.ActionTemplate;
import io.github.kaitsu.operator.AnswerForm;
import io.github.kaitsu.operator.BlockReason;
import io.github.kaitsu.provision.ActivationStep;
import io.github.kaitsu.provision.Check;
import io.github.kaitsu.provision.ProbeResult;
import io.github.kaitsu.provision.ProbeTiming;
import io.github.kaitsu.provision.ServiceAccountProvisioner;
import io.github.kaitsu.provision.StepContext;
import io.github.kaitsu.text.Texts;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The console's own steps, the same for every service and written once. */
final class CoreSteps {
    static final StepId PASSWORD = StepId.console("password");
    static final StepId SIGN_IN = StepId.console("sign-in");
    static final StepId SIGN_IN_AGAIN = StepId.console("sign-in-again");
    static final StepId EDITION = StepId.console("edition");

    /** Reading the console: one action, whichever services wait for it (COMMON-10, COMMON-12, COMMON-13, COMMON-19). */
    static final StepId READ = StepId.console("read");

    /** Whether all lines are shown where a page prints a greater number (COMMON-19). */
    static final StepId COUNTS = StepId.console("counts");

    /** Whether lines that nobody understands are furniture of the page (COMMON-19). */
    static final StepId FURNITURE = StepId.console("furniture");

    /** How many users there are, where nothing tells (COMMON-11). */
    static final StepId USERS = StepId.console("users");

    /** Names of the per-service steps. */
    static final String CONSOLE_READ = "console";

    static final String GRANT = "grant";
    static final String FINISH = "finish";

    /** Whether the window of the grant still waits for 完了 (M365-4). */
    static final String UNFINISHED = "unfinished";

    static final String LINKED = "linked";
    static final String PROTECTED = "protected";
    static final String CLEAR_PENDING = "clear-pending";
    static final String REMOVE = "remove";

    /** Whether a text that was read in another console, too, is this one's (COMMON-12). */
    static final String OWN_TEXT = "own-text";

    /** Whether a sentence that Kaitsu does not know reports success (COMMON-12). */
    static final String SENTENCE = "sentence";

    /** Answers to {@link #USERS}. */
    static final String FEW_USERS = "under-10000";

    static final String MANY_USERS = "10000-or-more";
    static final String UNKNOWN_USERS = "unknown";
    private static final String CONNECT = "connect.";
    private static final String ALLOW = "allow.";
    private static final String APP = "app.";

    private static final Set<String> ACTS = Set.of(GRANT, FINISH, REMOVE, CLEAR_PENDING);

    private static final Class<?> TEXTS = Texts.class;

    private CoreSteps() {}

    static StepId id(CloudService service, String name) {
        return StepId.of(service, name);
    }

    /** Whether doing it changes what the console shows. */
    static boolean actsInConsole(StepId step) {
        return ACTS.contains(step.value().substring(step.value().lastIndexOf('.') + 1));
    }

    /** The service, if this is its step of that name. */
    static Optional<CloudService> serviceOf(StepId step, String name) {
        int dot = step.value().length() - name.length() - 1;
        if (dot < 0 || step.value().charAt(dot) != '.' || !step.value().endsWith(name)) {
            return Optional.empty();
        }
        String service = step.value().substring(0, dot);
        return Arrays.stream(CloudService.values())
                .filter(s -> s.id().equals(service))
                .findFirst();
    }

    /** What must be done once per console before any service. */
    static List<ActivationStep> console(Event.Run run, RunRequest request) {
        if (run == Event.Run.REMOVAL) {
            return List.of(signIn(request));
        }
        List<ActivationStep> steps = new ArrayList<>();
        steps.add(ActivationStep.act( // COMMON-2, COMMON-3
                PASSWORD,
                "COMMON-2",
                Phase.PREFLIGHT,
                TEXTS,
                "password",
                Check.attestedByDoing(),
                ActionTemplate.change(TEXTS, "password", request.customer().account())));
        steps.add(signIn(request).after(PASSWORD));
        if (request instanceof ActivationRequest asked && asked.edition() == Edition.AUTO) {
            steps.add(ActivationStep.look( // the console's generation, before anything is planned on it
                            EDITION,
                            "COMMON-6",
                            Phase.PREFLIGHT,
                            TEXTS,
                            "edition",
                            Check.asking(ActionTemplate.question(TEXTS, "edition")
                                    .answered(AnswerForm.choice(
                                            Edition.CONSOLE_2024_04.id(), Edition.CONSOLE_2024_07.id()))),
                            ProbeTiming.none())
                    .after(SIGN_IN));
        }
        return List.copyOf(steps);
    }

    private static ActivationStep signIn(RunRequest request) { // COMMON-4, COMMON-5
        return signIn(request, SIGN_IN, "COMMON-4", "sign-in");
    }

    /** Asked for when the console's session ended while the console was only to be read. */
    static ActivationStep signInAgain(RunRequest request) { // COMMON-16
        return signIn(request, SIGN_IN_AGAIN, "COMMON-16", "sign-in-again");
    }

    private static ActivationStep signIn(RunRequest request, StepId step, String rule, String key) {
        return ActivationStep.act(
                step,
                rule,
                Phase.PREFLIGHT,
                TEXTS,
                key,
                Check.attestedByDoing(),
                atConsole(
                        request,
                        ActionTemplate.change(TEXTS, key, request.customer().account())));
    }

    /** What a service's link needs to know of the console before it begins; read with {@link #READ} for all services at once. */
    static ActivationStep consoleRead(CloudService service) {
        return ActivationStep.look(
                id(service, CONSOLE_READ),
                "COMMON-13",
                Phase.LINK,
                TEXTS,
                "console",
                Check.attestedByDoing(),
                ProbeTiming.none());
    }

    static ActivationStep grant(ServiceAccountProvisioner provisioner, StepContext context) {
        CloudService service = provisioner.service();
        return ActivationStep.act(
                        id(service, GRANT),
                        provisioner.grantRule(),
                        Phase.LINK,
                        TEXTS,
                        "grant",
                        Check.attestedByDoing(),
                        atConsole(context.request(), provisioner.grant(context)))
                .after(id(service, CONSOLE_READ));
    }

    /** Closed by a reading that tells, else by somebody's answer; see {@link Unfinished}. */
    static ActivationStep unfinished(RunRequest request, CloudService service, ActionTemplate question) {
        return ActivationStep.look(
                        id(service, UNFINISHED),
                        "M365-4",
                        Phase.LINK,
                        question.texts(),
                        "unfinished",
                        Check.asking(atConsole(request, question)),
                        ProbeTiming.none())
                .after(id(service, GRANT))
                .optional(); // where nobody can tell, what may be asked for is asked for all the same
    }

    /** 完了, only once everything between grant and 完了 is settled (COMMON-9). */
    static ActivationStep finish(RunRequest request, CloudService service, Set<StepId> after) {
        return ActivationStep.act(
                        id(service, FINISH),
                        "COMMON-9",
                        Phase.LINK,
                        TEXTS,
                        "finish",
                        Check.attestedByDoing(),
                        // the console may show none, though the request insisted on what comes before it
                        atConsole(request, labelled("finish", service).accepting(BlockReason.NOT_ASKED_FOR)))
                .after(after.toArray(StepId[]::new));
    }

    static ActivationStep linked(CloudService service, StepId after) {
        return ActivationStep.look(
                        id(service, LINKED),
                        "COMMON-9",
                        Phase.LINK,
                        TEXTS,
                        "linked",
                        Check.attestedByDoing(),
                        ProbeTiming.none())
                .after(after);
    }

    static ActivationStep protectedLine(CloudService service) {
        return ActivationStep.look(
                        id(service, PROTECTED),
                        "COMMON-12",
                        Phase.SYNCHRONIZE,
                        TEXTS,
                        "protected",
                        Check.attestedByDoing(),
                        ProbeTiming.none())
                .after(id(service, LINKED));
    }

    /** A question about the console, asked only when it comes up; its lines depend on the moment. */
    static ActivationStep question(
            RunRequest request,
            StepId step,
            String rule,
            String key,
            AnswerForm form,
            List<Statement> lines,
            String... arguments) {
        ActionTemplate question = ActionTemplate.builder(ActionTemplate.Kind.READ, TEXTS, key)
                .form(form)
                .arguments(arguments)
                .lines(lines)
                .build();
        return ActivationStep.look(
                step, rule, Phase.LINK, TEXTS, key, Check.asking(atConsole(request, question)), ProbeTiming.none());
    }

    /** Have somebody's 保留 cleared, so that others can be linked (COMMON-13). */
    static ActivationStep clearPending(RunRequest request, CloudService service) {
        return ActivationStep.act(
                id(service, CLEAR_PENDING),
                "COMMON-13",
                Phase.LINK,
                TEXTS,
                "clear-pending",
                Check.attestedByDoing(),
                atConsole(request, labelled("clear-pending", service)));
    }

    /** Asked for when a provider ended the own app's access. */
    static StepId connect(CloudService.Provider provider) {
        return of(CONNECT, provider);
    }

    /** Asked for when this customer's tenant does not let the own app in. */
    static StepId allow(CloudService.Provider provider) {
        return of(ALLOW, provider);
    }

    /** Asked for when a provider does not accept the own app itself: once, for all customers. */
    static StepId app(CloudService.Provider provider) {
        return of(APP, provider);
    }

    private static StepId of(String prefix, CloudService.Provider provider) {
        return new StepId(prefix + provider.name().toLowerCase(Locale.ROOT));
    }

    /** Steps about the own app's access to a provider. */
    static Stream<StepId> ofAccess(CloudService.Provider provider) {
        return Stream.of(connect(provider), allow(provider), app(provider));
    }

    /** The provider, if it is a step about the own app's access to it. */
    static Optional<CloudService.Provider> providerOf(StepId step) {
        return Arrays.stream(CloudService.Provider.values())
                .filter(p -> ofAccess(p).anyMatch(step::equals))
                .findFirst();
    }

    /** Whether it is none of the customer's persons who does it. */
    static boolean isAppOwners(StepId step) {
        return step.value().startsWith(APP);
    }

    /** @param refusals why, as far as anything is refused */
    static List<ActivationStep> accessSteps(CloudService.Provider provider, List<ProbeResult.Refused> refusals) {
        return List.of(
                accessStep(connect(provider), "connect", ActionTemplate.change(TEXTS, "connect", provider.label())),
                accessStep(allow(provider), "allow", refused("allow", provider, refusals, false)),
                accessStep(app(provider), "app", refused("app", provider, refusals, true)));
    }

    private static ActionTemplate refused(
            String key, CloudService.Provider provider, List<ProbeResult.Refused> refusals, boolean ofApp) {
        Optional<ProbeResult.Refused> why =
                refusals.stream().filter(r -> AppClaims.mayBeApps(r) == ofApp).findFirst();
        String app =
                why.map(ProbeResult.Refused::app).filter(id -> !id.isEmpty()).orElse("-");
        return ActionTemplate.builder(ActionTemplate.Kind.DO, TEXTS, key)
                .arguments(provider.label(), app)
                .variant(provider.name().toLowerCase(Locale.ROOT))
                .lines(why.map(ProbeResult.Refused::seen).stream().toList())
                .build();
    }

    private static ActivationStep accessStep(StepId step, String key, ActionTemplate action) {
        return ActivationStep.act(step, "COMMON-1", Phase.PREFLIGHT, TEXTS, key, Check.attestedByDoing(), action);
    }

    static ActivationStep remove(RunRequest request, CloudService service) {
        return ActivationStep.act(
                        id(service, REMOVE),
                        "COMMON-6",
                        Phase.REMOVAL,
                        TEXTS,
                        "remove",
                        Check.attestedByDoing(),
                        atConsole(request, labelled("remove", service)))
                .after(id(service, CONSOLE_READ));
    }

    private static ActionTemplate labelled(String key, CloudService service) {
        return ActionTemplate.change(TEXTS, key, service.label(Locale.JAPANESE), service.label(Locale.ENGLISH));
    }

    private static ActionTemplate atConsole(RunRequest request, ActionTemplate template) {
        if (template.link().isPresent()) {
            return template;
        }
        Optional<URI> origin = request.consoleOrigin()
                .map(ConsoleOrigin::parse)
                .map(ConsoleOrigin::uri)
                .or(() -> request.customer().site().origin());
        return origin.map(template::at).orElse(template);
    }
}
