package io.github.kaitsu.report;

import io.github.kaitsu.ActionId;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ActivationPlan;
import io.github.kaitsu.ActivationPlan.AgendaItem;
import io.github.kaitsu.ActivationPlan.PlannedService;
import io.github.kaitsu.ActivationPlan.PlannedStep;
import io.github.kaitsu.ActivationPlan.Visit;
import io.github.kaitsu.ActivationPlan.Warning;
import io.github.kaitsu.ActivationStatus;
import io.github.kaitsu.ActivationView;
import io.github.kaitsu.ActivationView.Bilingual;
import io.github.kaitsu.ActivationView.Calls;
import io.github.kaitsu.ActivationView.Expectation;
import io.github.kaitsu.ActivationView.OpenItem;
import io.github.kaitsu.ActivationView.ServiceView;
import io.github.kaitsu.ActivationView.StepView;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.Edition;
import io.github.kaitsu.Evidence;
import io.github.kaitsu.Evidence.Level;
import io.github.kaitsu.Evidence.Source;
import io.github.kaitsu.FailureReason;
import io.github.kaitsu.Performer;
import io.github.kaitsu.Phase;
import io.github.kaitsu.SkipReason;
import io.github.kaitsu.SlotOwner;
import io.github.kaitsu.Statement;
import io.github.kaitsu.StepId;
import io.github.kaitsu.Waiting;
import io.github.kaitsu.console.ConsoleSite;
import io.github.kaitsu.operator.ActionTemplate;
import io.github.kaitsu.operator.Answer;
import io.github.kaitsu.operator.AnswerForm;
import io.github.kaitsu.operator.OperatorAction;
import io.github.kaitsu.provision.ProbeResult;
import io.github.kaitsu.text.Sentences;
import io.github.kaitsu.text.Texts;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A run and a plan with one of everything a report shows. */
final class ReportSamples {
    static final String COMPANY = "株式会社サンプル";
    static final Instant BEGUN = Instant.parse("2026-11-20T01:00:00Z");
    static final Instant SEEN = Instant.parse("2026-11-20T02:03:04Z");
    static final CustomerId CUSTOMER = CustomerId.of(ConsoleSite.JP, "CAS0001");
    static final OpenItem POLICIES = new OpenItem(
            "COMMON-15",
            Optional.empty(),
            OpenItem.Kind.SETTING,
            new Bilingual("ポリシー設定も必要です。", "Policies are needed too."));

    private static final StepView SIGN_IN = new StepView(
            StepId.console("sign-in"),
            "COMMON-4",
            Phase.PREFLIGHT,
            Performer.PERSON,
            true,
            new Bilingual("サインイン", "Sign in"),
            new Evidence(Level.ATTESTED, Statement.of("done"), Source.person("sato@example.co.jp"), SEEN),
            Sentences.say(Texts.class, Statement.of("done"), Edition.AUTO),
            both("sato@example.co.jp"),
            Bilingual.NOTHING,
            Bilingual.NOTHING,
            Optional.empty(),
            Optional.empty());
    private static final Expectation EXPECTED = new Expectation(Optional.empty(), Bilingual.NOTHING);

    private ReportSamples() {}

    static Bilingual both(String text) {
        return new Bilingual(text, text);
    }

    static StepView step(CloudService service, String name, Level level, String source, String detail) {
        Source from = source.isEmpty() ? Source.NOBODY : Source.api(source, "");
        return new StepView(
                StepId.of(service, name),
                "BOX-2",
                Phase.POST_SETUP,
                Performer.SDK,
                true,
                new Bilingual("フォルダの確認", "Folders"),
                new Evidence(level, Statement.NOTHING.quoting(detail), from, level == Level.UNKNOWN ? BEGUN : SEEN),
                both(detail),
                Sentences.source(from),
                Bilingual.NOTHING,
                Bilingual.NOTHING,
                Optional.empty(),
                Optional.empty());
    }

    static StepView skipped(CloudService service, String name, SkipReason reason) {
        Statement seen =
                Statement.of("skipped-" + reason.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        return new StepView(
                StepId.of(service, name),
                "M365-4",
                Phase.LINK,
                Performer.PERSON,
                false,
                new Bilingual("権限の登録", "Permission"),
                new Evidence(Level.UNKNOWN, seen, Source.NOBODY, SEEN),
                Sentences.say(Texts.class, seen, Edition.AUTO),
                Bilingual.NOTHING,
                Bilingual.NOTHING,
                Bilingual.NOTHING,
                Optional.of(reason),
                Optional.empty());
    }

    static ServiceView service(CloudService service, ActivationStatus status, Waiting waiting, StepView... steps) {
        return new ServiceView(
                service,
                status,
                waiting,
                Optional.empty(),
                Optional.empty(),
                Bilingual.NOTHING,
                1,
                1,
                List.of(steps),
                "",
                List.of(),
                EXPECTED);
    }

    static ServiceView failed(CloudService service, FailureReason reason, String detail) {
        return new ServiceView(
                service,
                ActivationStatus.FAILED,
                new Waiting.Nothing(),
                Optional.of(reason),
                Optional.empty(),
                both(detail),
                3,
                3,
                List.of(),
                "",
                List.of(),
                EXPECTED);
    }

    static ServiceView saying(CloudService service, String consoleText) {
        return new ServiceView(
                service,
                ActivationStatus.PROTECTED,
                new Waiting.Nothing(),
                Optional.empty(),
                Optional.empty(),
                Bilingual.NOTHING,
                1,
                1,
                List.of(step(service, "folders", Level.VERIFIED, "box-api", "2 folders")),
                consoleText,
                List.of(),
                EXPECTED);
    }

    static OperatorAction action() {
        return action(Optional.empty());
    }

    static OperatorAction action(Optional<Answer.HandedBack> handedBack) {
        ActionTemplate template = ActionTemplate.question(Texts.class, "read", "Box", "Box", "初期設定の組織", "1")
                .answered(AnswerForm.consoleText(List.of()))
                .toBuilder()
                .lines(List.of(Statement.of("read-accounts"), Statement.of("read-paste")))
                .build()
                .at(URI.create("https://admin.tmcas.trendmicro.co.jp"))
                .copying(Map.of("console.appId", "11111111-2222-3333-4444-555555555555"));
        return new OperatorAction(
                ActivationId.of("a1"),
                new ActionId("console.read.2"),
                CUSTOMER,
                Optional.of("株式会社サンプル"),
                Optional.of("K-1001"),
                Optional.of(CloudService.BOX),
                StepId.console("read"),
                "COMMON-13",
                Edition.CONSOLE_2024_04,
                template,
                SEEN,
                Optional.empty(),
                handedBack);
    }

    static ActivationView view(boolean ended, ServiceView... services) {
        return view(ended, List.of(action()), List.of(POLICIES), services);
    }

    static ActivationView view(
            boolean ended, List<OperatorAction> actions, List<OpenItem> items, ServiceView... services) {
        return of(COMPANY, false, ended, actions, items, List.of(services));
    }

    /** @param company empty if the host does not say */
    static ActivationView of(
            String company,
            boolean removal,
            boolean ended,
            List<OperatorAction> actions,
            List<OpenItem> items,
            List<ServiceView> services) {
        return new ActivationView(
                ActivationId.of("a1"),
                CUSTOMER,
                Optional.of(company).filter(c -> !c.isEmpty()),
                Optional.of("K-1001"),
                Set.of("east"),
                removal,
                Edition.CONSOLE_2024_04,
                BEGUN,
                SEEN,
                ended,
                List.of(SIGN_IN),
                services,
                actions,
                items,
                Optional.empty(),
                new Calls(0, 0));
    }

    static ActivationView withConsoleStep(ActivationView view, StepView step) {
        return new ActivationView(
                view.id(),
                view.customer(),
                view.company(),
                view.reference(),
                view.labels(),
                view.removal(),
                view.edition(),
                view.begunAt(),
                view.changedAt(),
                view.ended(),
                List.of(step),
                view.services(),
                view.openActions(),
                view.openItems(),
                view.wakeAt(),
                view.calls());
    }

    /** What the mixes of ends do not show. */
    static Stream<ActivationView> everything() {
        Answer.HandedBack back = new Answer.HandedBack("browser", "画面に「追加」が見つかりません。", List.of("/tmp/7.png"));
        StepView skipped = skipped(CloudService.MICROSOFT_TEAMS, "permission", SkipReason.PAGE_REFUSES);
        return Stream.of(
                view(false, List.of(action(Optional.of(back))), List.of(POLICIES), saying(CloudService.BOX, "x")),
                of(
                        "",
                        false,
                        false,
                        List.of(),
                        List.of(),
                        List.of(service(
                                CloudService.MICROSOFT_TEAMS,
                                ActivationStatus.LINKING,
                                new Waiting.ForLinkSlot(SlotOwner.parse("b2/BOX"), ""),
                                skipped,
                                step(CloudService.MICROSOFT_TEAMS, "app", Level.UNKNOWN, "", "")))));
    }

    /** Of a company of this name. */
    static ActivationView named(String company) {
        return of(company, false, true, List.of(), List.of(), List.of(saying(CloudService.BOX, "")));
    }

    /** Whoever can write something writes this. */
    static ActivationView hostile(String text) {
        OpenItem note = new OpenItem("X", Optional.empty(), OpenItem.Kind.NOTE, both(text));
        OpenItem mail =
                new OpenItem("X", Optional.of(CloudService.BOX), OpenItem.Kind.ANNOUNCEMENT, both("a\n\n" + text));
        OpenItem toDo = new OpenItem("X", Optional.empty(), OpenItem.Kind.TO_DO, both(text));
        return of(
                text,
                false,
                true,
                List.of(),
                List.of(note, mail, toDo),
                List.of(
                        saying(CloudService.BOX, text),
                        failed(CloudService.DROPBOX, FailureReason.BLOCKED, text),
                        service(
                                CloudService.GMAIL,
                                ActivationStatus.PROTECTED,
                                new Waiting.Nothing(),
                                step(CloudService.GMAIL, "folders", Level.ATTESTED, text, text))));
    }

    static ActivationPlan plan(String hostile) {
        Bilingual who = new Bilingual("Boxのプライマリ管理者", "The primary administrator of Box");
        Bilingual console = new Bilingual("コンソールの管理者", "The console's administrator");
        Bilingual title = new Bilingual("フォルダの確認" + hostile, "Folders" + hostile);
        PlannedStep admin = new PlannedStep(
                StepId.of(CloudService.BOX, "admin"),
                "BOX-1",
                Phase.PREFLIGHT,
                Performer.SDK,
                true,
                title,
                "GET /2.0/users/me",
                "root_readonly",
                Optional.of(ProbeResult.fails("co-admin", "role coadmin" + hostile)),
                both("co-admin: role coadmin" + hostile));
        PlannedStep grant = new PlannedStep(
                StepId.of(CloudService.BOX, "grant"),
                "BOX-1",
                Phase.LINK,
                Performer.PERSON,
                true,
                title,
                "",
                "",
                Optional.empty(),
                Bilingual.NOTHING);
        AgendaItem item = new AgendaItem(grant.step(), "BOX-1", ActionTemplate.Kind.DO, title);
        return new ActivationPlan(
                CUSTOMER,
                Optional.of("株式会社サンプル" + hostile),
                Optional.of("K-1001" + hostile),
                Set.of("east" + hostile),
                Edition.AUTO,
                List.of("既定のポリシー"),
                List.of(),
                List.of(new PlannedService(
                        CloudService.BOX,
                        who,
                        List.of(admin, grant),
                        new Bilingual("3～4時間かかることがあります。", "It may take 3 to 4 hours."),
                        List.of(new Warning("BOX-6", new Bilingual("メールが届きます。", "Users are mailed."))))),
                List.of(
                        new Visit(console, 1, List.of(item)),
                        new Visit(who, 1, List.of(item)),
                        new Visit(who, 2, List.of(item))),
                2);
    }
}
