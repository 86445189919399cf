package io.github.kaitsu.report;

import static io.github.kaitsu.report.ReportSamples.both;
import static io.github.kaitsu.report.ReportSamples.service;
import static io.github.kaitsu.report.ReportSamples.step;
import static io.github.kaitsu.report.ReportSamples.view;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.ActionId;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ActivationStatus;
import io.github.kaitsu.ActivationView;
import io.github.kaitsu.ActivationView.Bilingual;
import io.github.kaitsu.ActivationView.Contradiction;
import io.github.kaitsu.ActivationView.OpenItem;
import io.github.kaitsu.ActivationView.ServiceView;
import io.github.kaitsu.ActivationView.StepView;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.Evidence;
import io.github.kaitsu.Evidence.Level;
import io.github.kaitsu.FailureReason;
import io.github.kaitsu.Statement;
import io.github.kaitsu.Waiting;
import io.github.kaitsu.operator.OperatorAction;
import io.github.kaitsu.operator.RecordedChange;
import io.github.kaitsu.report.Handover.Outcome;
import io.github.kaitsu.report.Handover.Remaining;
import io.github.kaitsu.report.Handover.State;
import io.github.kaitsu.report.ReportReading.Document;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is handed over is true, whatever the mix of ends, and every format says it. */
class HandoverTest {
    private static final List<Locale> LANGUAGES = List.of(Locale.JAPANESE, Locale.ENGLISH);
    private static final List<CloudService> SERVICES =
            List.of(CloudService.values()).subList(0, 8);
    private static final String MAIL = "件名: お願い\n\n皆さま\n1. 触らないでください。\n2. 外してください。";

    /** How a service stands, and what the report must make of it. */
    enum End {
        VERIFIED(State.VERIFIED),
        ATTESTED(State.ATTESTED),
        ADOPTED(State.VERIFIED),
        DOUBTED(State.DOUBTED),
        FAILED(State.FAILED),
        UNPROVED(State.UNPROVED),
        CANCELLED(State.CANCELLED),
        WAITS_FOR_A_PERSON(State.UNDER_WAY),
        WAITS_FOR_TIME(State.UNDER_WAY),
        WAITS_FOR_THE_SLOT(State.UNDER_WAY),
        NOT_BEGUN(State.UNDER_WAY);

        private final State state;

        End(State state) {
            this.state = state;
        }

        ServiceView of(CloudService service, boolean removal) {
            ActivationStatus done = removal ? ActivationStatus.REMOVED : ActivationStatus.PROTECTED;
            ActivationStatus working = removal ? ActivationStatus.REMOVING : ActivationStatus.SYNCHRONIZING;
            StepView read = step(service, "folders", Level.VERIFIED, "GET /2.0/folders/0", "two");
            StepView said = step(service, "switch", Level.ATTESTED, "sato@example.co.jp", "done");
            Waiting nothing = new Waiting.Nothing();
            return switch (this) {
                case VERIFIED -> service(service, done, nothing, read, said);
                case ATTESTED -> service(service, done, nothing, said);
                case ADOPTED -> service(service, done, nothing, adopted(said), read);
                case DOUBTED -> service(service, done, nothing, read, contradicted(said));
                case FAILED -> ReportSamples.failed(service, FailureReason.PREFLIGHT, "GET /2.0/users/me: role");
                case UNPROVED ->
                    ReportSamples.failed(service, FailureReason.GRANTED_BUT_UNPROVED, "GET /2.0/users/me: role");
                case CANCELLED -> service(service, ActivationStatus.CANCELLED, nothing, said);
                case WAITS_FOR_A_PERSON ->
                    service(service, working, new Waiting.ForOperator(List.of(new ActionId("x.1"))), said);
                case WAITS_FOR_TIME -> service(service, working, new Waiting.Until(ReportSamples.SEEN), read);
                case WAITS_FOR_THE_SLOT ->
                    service(service, working, new Waiting.ForLinkSlot(Optional.empty(), "Boxは「保留」"), read);
                case NOT_BEGUN -> service(service, removal ? working : ActivationStatus.PLANNED, nothing);
            };
        }

        private static StepView adopted(StepView step) {
            Evidence evidence = new Evidence(
                    Level.ATTESTED,
                    Statement.of("listed-before-this-run"),
                    step.evidence().source(),
                    ReportSamples.SEEN);
            return changed(step, evidence, Optional.empty());
        }

        static StepView contradicted(StepView step) {
            return changed(
                    step,
                    step.evidence(),
                    Optional.of(new Contradiction(
                            new Bilingual("違います", "not so"), "suzuki@example.co.jp", ReportSamples.SEEN)));
        }

        private static StepView changed(StepView step, Evidence evidence, Optional<Contradiction> contradiction) {
            return new StepView(
                    step.step(),
                    step.rule(),
                    step.phase(),
                    step.performer(),
                    step.required(),
                    step.title(),
                    evidence,
                    step.seen(),
                    step.source(),
                    new Bilingual("フォルダがあること", "The folders are there"),
                    new Bilingual("残ることがあります", "They may be left over"),
                    step.skip(),
                    contradiction);
        }
    }

    /** One mix: the ends of the first services, as an activation or a removal. */
    record Mix(List<End> ends, boolean removal) {
        ActivationView view() {
            List<ServiceView> services = IntStream.range(0, ends.size())
                    .mapToObj(i -> ends.get(i).of(SERVICES.get(i), removal))
                    .toList();
            List<OpenItem> items = removal ? List.of() : items();
            boolean ended = ends.stream().noneMatch(e -> e.state == State.UNDER_WAY);
            List<OperatorAction> actions =
                    ends.contains(End.WAITS_FOR_A_PERSON) ? List.of(ReportSamples.action()) : List.of();
            return ReportSamples.of(ReportSamples.COMPANY, removal, ended, actions, items, services);
        }

        private static List<OpenItem> items() {
            return List.of(
                    item(OpenItem.Kind.NOTE, CloudService.BOX, "Box: 注意", "Box: mind"),
                    item(
                            OpenItem.Kind.OPERATION,
                            CloudService.BOX,
                            "GET /2.0/users/me: IOException",
                            "GET /2.0/users/me: IOException"),
                    item(OpenItem.Kind.TO_DO, CloudService.BOX, "後片付け（任意）", "tidy up (optional)"),
                    item(
                            OpenItem.Kind.ANNOUNCEMENT,
                            CloudService.DROPBOX,
                            "送ってください。\n\n" + MAIL,
                            "Send this.\n\n" + MAIL),
                    new OpenItem(
                            "COMMON-1",
                            Optional.empty(),
                            OpenItem.Kind.TO_DO,
                            new Bilingual("同意の取り消し", "end the consent")),
                    ReportSamples.POLICIES,
                    ReportSamples.POLICIES);
        }

        private static OpenItem item(OpenItem.Kind kind, CloudService service, String ja, String en) {
            return new OpenItem("BOX-9", Optional.of(service), kind, new Bilingual(ja, en));
        }

        Set<CloudService> services(State... states) {
            return IntStream.range(0, ends.size())
                    .filter(i -> List.of(states).contains(ends.get(i).state))
                    .mapToObj(SERVICES::get)
                    .collect(Collectors.toCollection(() -> EnumSet.noneOf(CloudService.class)));
        }

        Outcome outcome() {
            int done = services(State.VERIFIED, State.ATTESTED).size();
            if (!services(State.UNDER_WAY).isEmpty()) {
                return Outcome.UNDER_WAY;
            } else if (!services(State.DOUBTED).isEmpty()) {
                return Outcome.DOUBTED;
            }
            return done == ends.size() ? Outcome.COMPLETE : done == 0 ? Outcome.NOT_COMPLETE : Outcome.PARTIAL;
        }
    }

    /** Each end alone, by eight, beside each other one, and mixes of up to eight. */
    static Stream<Mix> mixes() {
        List<List<End>> ends = new ArrayList<>();
        for (End one : End.values()) {
            ends.add(List.of(one));
            ends.add(Collections.nCopies(8, one));
            for (End other : End.values()) {
                ends.add(List.of(one, other));
            }
        }
        Random random = new Random(16);
        for (int i = 0; i < 60; i++) {
            ends.add(random.ints(3 + random.nextInt(6), 0, End.values().length)
                    .mapToObj(n -> End.values()[n])
                    .toList());
        }
        return ends.stream()
                .flatMap(e -> e.contains(End.ADOPTED) || e.contains(End.UNPROVED)
                        ? Stream.of(new Mix(e, false))
                        : Stream.of(new Mix(e, false), new Mix(e, true)));
    }

    @ParameterizedTest
    @MethodSource("mixes")
    void verdict_whateverTheMixOfEnds_isTrue(Mix mix) {
        for (Locale locale : LANGUAGES) {
            Handover handover = ActivationReport.of(mix.view()).handover(locale);
            int done = mix.services(State.VERIFIED, State.ATTESTED).size();
            int stated = mix.services(State.ATTESTED).size();
            boolean english = locale.equals(Locale.ENGLISH);

            assertThat(handover.outcome()).isEqualTo(mix.outcome());
            assertThat(handover.services().stream().map(Handover.ServiceLine::state))
                    .containsExactlyElementsOf(
                            mix.ends.stream().map(e -> e.state).toList());
            String first = handover.verdict().get(0);
            assertThat(first).startsWith(mix.outcome() == Outcome.UNDER_WAY ? english ? "Under way. " : "作業中です。" : "");
            String count = english
                    ? done + " of " + mix.ends.size() + " service" + (mix.ends.size() == 1 ? " " : "s ")
                    : mix.ends.size() + "サービス中" + done + "サービス";
            assertThat(first.contains(count)).as(first).isEqualTo(done > 0);
            assertThat(first.contains(english ? "known to be" : "確認できた") || first.contains("確認できていません"))
                    .as(first)
                    .isEqualTo(done == 0);
            assertThat(first.contains(english ? "prove" : "確認でき") || first.contains("確認済み"))
                    .as(first)
                    .isEqualTo(done > stated || (!english && done == 0));
            assertThat(first.contains(english ? "word alone" : "申告")).as(first).isEqualTo(stated > 0);
            assertThat(first.contains(english ? "2 settings of yours remain before" : "お客様による設定が2件残っています"))
                    .as(first)
                    .isEqualTo(done > 0 && !mix.removal);
            assertThat(first.contains(english ? "protected" : "保護されません"))
                    .as("what is removed is protected no more: %s", first)
                    .isEqualTo(done > 0 && mix.removal);

            String others = String.join(
                    " ", handover.verdict().subList(1, handover.verdict().size()));
            for (int i = 0; i < mix.ends.size(); i++) {
                String name = SERVICES.get(i).label(locale);
                assertThat(others.split(Pattern.quote(name) + "(?=[.,、。])", -1).length - 1)
                        .as("%s is named where it is not done, once: %s", name, others)
                        .isEqualTo(mix.ends.get(i).state.isDone() ? 0 : 1);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("mixes")
    void remaining_whateverTheMixOfEnds_isWhatIsLeftAndNothingThatIsDone(Mix mix) {
        Set<CloudService> done = mix.services(State.VERIFIED, State.ATTESTED);
        boolean waits = mix.ends.contains(End.WAITS_FOR_A_PERSON);
        for (Locale locale : LANGUAGES) {
            Handover handover = ActivationReport.of(mix.view()).handover(locale);
            assertThat(services(handover, Remaining.Kind.FAILURE))
                    .isEqualTo(mix.services(State.FAILED, State.UNPROVED));
            assertThat(services(handover, Remaining.Kind.CHECK)).isEqualTo(mix.services(State.DOUBTED));
            assertThat(count(handover, Remaining.Kind.ACTION)).isEqualTo(waits ? 1 : 0);
            assertThat(count(handover, Remaining.Kind.SETTING)).isEqualTo(done.isEmpty() || mix.removal ? 0 : 2);
            boolean box = done.contains(CloudService.BOX);
            assertThat(count(handover, Remaining.Kind.OTHER)).isEqualTo(mix.removal ? 0 : box ? 2 : 1);
            boolean dropbox = done.contains(CloudService.DROPBOX) && !mix.removal;
            assertThat(handover.announcements())
                    .hasSize(dropbox ? 1 : 0)
                    .allMatch(a -> a.text().equals(MAIL));
            assertThat(count(handover, Remaining.Kind.ANNOUNCE)).isEqualTo(dropbox ? 1 : 0);
            assertThat(handover.remaining())
                    .noneMatch(r -> r.text().contains("Box: " + (locale.equals(Locale.ENGLISH) ? "mind" : "注意")));
            assertThat(handover.notes()).hasSize(mix.removal ? 0 : done.isEmpty() ? 4 : 2);
        }
    }

    private static Set<CloudService> services(Handover handover, Remaining.Kind kind) {
        return handover.remaining().stream()
                .filter(r -> r.kind() == kind)
                .flatMap(r -> r.service().stream())
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(CloudService.class)));
    }

    private static long count(Handover handover, Remaining.Kind kind) {
        return handover.remaining().stream().filter(r -> r.kind() == kind).count();
    }

    /** HTML, Markdown, CSV and JSON are read back as their readers would. */
    @ParameterizedTest
    @MethodSource("mixes")
    void documents_whateverTheFormatAndLanguage_sayTheSame(Mix mix) {
        for (Locale locale : LANGUAGES) {
            ActivationReport report = ActivationReport.of(mix.view());
            Handover handover = report.handover(locale);
            for (Document document : ReportReading.all(report, locale)) {
                assertThat(document.text()).as(document.format()).contains(handover.title(), handover.outcomeText());
                assertThat(document.text()).as(document.format()).contains(handover.verdict());
                for (Handover.ServiceLine service : handover.services()) {
                    assertThat(document.text()).as(document.format()).contains(service.name(), service.stateText());
                    assertThat(document.text()).as(document.format()).contains(service.about());
                }
                handover.remaining()
                        .forEach(r -> assertThat(document.text())
                                .as(document.format())
                                .contains(r.text(), r.who()));
                handover.announcements()
                        .forEach(a -> assertThat(document.text())
                                .as("%s, with its line breaks", document.format())
                                .contains(a.text()));
                handover.notes()
                        .forEach(n -> assertThat(document.text())
                                .as(document.format())
                                .contains(n.text()));
                handover.evidence()
                        .forEach(c -> assertThat(document.text())
                                .as(document.format())
                                .contains(c.title(), c.seen(), c.expected(), c.source(), c.limitation())
                                .contains(
                                        document.format().equals("json")
                                                ? c.level().name()
                                                : c.levelText()));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("mixes")
    void firstPage_whateverTheMixOfEnds_namesNoRuleAndNoApiAndIsInOneLanguage(Mix mix) {
        for (Locale locale : LANGUAGES) {
            ActivationReport report = ActivationReport.of(mix.view());
            for (String page : List.of(
                    ReportReading.firstPage(report.html(locale)),
                    ReportReading.firstSection(report.markdown(locale), locale))) {
                assertThat(page)
                        .doesNotContainPattern("(COMMON|BOX|DROPBOX|GOOGLE|M365|MIP)-\\d")
                        .doesNotContainPattern("(GET|POST|PUT|DELETE) ?/|/v?\\d|https?:")
                        .doesNotContain("UTC", "role");
                if (locale.equals(Locale.ENGLISH)) {
                    // names, and what stands in 「」 as the console or the vendor's manuals print it
                    assertThat(page.replace(ReportSamples.COMPANY, "")
                                    .replace("初期設定の組織", "")
                                    .replace(MAIL, "")
                                    .replaceAll("「[^」]*」", ""))
                            .doesNotContainPattern("[\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}]");
                } else {
                    assertThat(ReportReading.withoutNames(page)).doesNotContainPattern("[A-Za-z]{2,}");
                }
            }
        }
    }

    /** Half a title says 完了報告書 only if it is one. */
    @ParameterizedTest
    @MethodSource("mixes")
    void title_whenNotEverythingIsDone_promisesNoCompletion(Mix mix) {
        boolean complete = mix.outcome() == Outcome.COMPLETE;
        assertThat(ActivationReport.of(mix.view())
                        .handover(Locale.JAPANESE)
                        .title()
                        .contains("完了報告書"))
                .isEqualTo(complete);
        assertThat(ActivationReport.of(mix.view())
                        .html(Locale.JAPANESE)
                        .contains("<h1>" + (mix.removal ? "解除" : "") + "完了報告書</h1>"))
                .isEqualTo(complete);
    }

    @Test
    void verdict_whenEightAreLinkedAndProved_isTheSentenceOfTheHandbook() {
        ActivationView view = new Mix(Collections.nCopies(8, End.VERIFIED), false).view();
        assertThat(ActivationReport.of(view).handover(Locale.ENGLISH).verdict())
                .containsExactly(
                        "8 of 8 services are linked and proved; 2 settings of yours remain before they protect.");
        assertThat(ActivationReport.of(view).handover(Locale.JAPANESE).verdict())
                .containsExactly("8サービス中8サービスの連携が完了し、確認できています。保護が始まるまでに、お客様による設定が2件残っています。");
    }

    @Test
    void verdict_whenAWordAboutTheConsoleWasTakenBack_saysSoAndIsNoCompletion() {
        ActivationView good = new Mix(List.of(End.VERIFIED), false).view();
        ActivationView view = ReportSamples.withConsoleStep(
                good, End.contradicted(good.steps().get(0)));
        assertThat(view.isSuccess()).isFalse();
        for (Locale locale : LANGUAGES) {
            Handover handover = ActivationReport.of(view).handover(locale);
            assertThat(handover.outcome()).isEqualTo(Outcome.DOUBTED);
            assertThat(handover.verdict()).hasSize(2);
            assertThat(handover.remaining().get(0).kind()).isEqualTo(Remaining.Kind.CHECK);
            assertThat(handover.remaining().get(0).text())
                    .contains(good.steps().get(0).title().in(locale));
        }
    }

    @ParameterizedTest
    @EnumSource(FailureReason.class)
    void remaining_whateverFailed_saysWhatToDoOnTheFirstPage(FailureReason reason) {
        ActivationView view = view(true, ReportSamples.failed(CloudService.BOX, reason, "GET /2.0/users/me"));
        for (Locale locale : LANGUAGES) {
            Handover handover = ActivationReport.of(view).handover(locale);
            assertThat(handover.remaining()).hasSize(1);
            String next = handover.remaining().get(0).text();
            assertThat(next).startsWith("Box").hasSizeGreaterThan(10);
            assertThat(ReportReading.firstPage(ActivationReport.of(view).html(locale)))
                    .contains(next, handover.services().get(0).about());
        }
    }

    @Test
    void date_isJapans_inTheWordsOfTheLanguage() {
        ActivationView view = view(true, ReportSamples.saying(CloudService.BOX, "")); // 02:03:04 UTC
        assertThat(ActivationReport.of(view).handover(Locale.JAPANESE).date()).isEqualTo("2026年11月20日 11:03（日本時間）");
        assertThat(ActivationReport.of(view).handover(Locale.ENGLISH).date()).isEqualTo("20 November 2026, 11:03 JST");
    }

    // ---- what others write adds nothing

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=1+1",
                "+1",
                "-1",
                "@SUM(A1)",
                "＝1",
                "＋1",
                "－1",
                "＠1",
                "\t=1+1",
                "\r\n=1+1",
                "\u200B=1+1",
                "\u2060+1",
                "=\"a\",\"b\"\r\n=2"
            })
    void csv_whenANameIsAFormula_isTextInItsOwnCell(String name) {
        String csv = ActivationReport.of(ReportSamples.named(name)).csv(Locale.JAPANESE);
        List<List<String>> rows = ReportReading.csv(csv);
        assertThat(rows).allMatch(r -> r.size() == rows.get(0).size());
        assertThat(rows).allSatisfy(r -> assertThat(r).noneMatch(c -> c.matches("(?s)\\s*[=+\\-@＝＋－＠].*")));
        assertThat(rows.get(1).get(4)).startsWith("'").containsPattern("[12]");
    }

    @Test
    void csv_isUtf8WithAByteOrderMark_andOneTable() {
        String csv = ActivationReport.of(view(true, ReportSamples.saying(CloudService.BOX, "")))
                .csv(Locale.JAPANESE);
        assertThat(csv.getBytes(StandardCharsets.UTF_8)).startsWith(0xEF, 0xBB, 0xBF);
        assertThat(csv).endsWith("\r\n");
        assertThat(ReportReading.csv(csv).get(0))
                .hasSize(11)
                .doesNotHaveDuplicates()
                .startsWith("区分", "サービス");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "</title><script>alert(1)</script>",
                "\" onmouseover=\"alert(1)",
                "</pre><img src=x onerror=alert(1)>",
                "a & b < c",
                "```\n# Z\n```",
                "</style><style>@import url(//evil.example)"
            })
    void html_whenAnyNameOrTextHoldsMarkup_addsNoElement(String hostile) {
        ActivationView view = ReportSamples.hostile(hostile);
        for (Locale locale : LANGUAGES) {
            String html = ActivationReport.of(view).html(locale);
            String plain = ActivationReport.of(ReportSamples.hostile("x")).html(locale);
            assertThat(ReportReading.tags(html)).isEqualTo(ReportReading.tags(plain));
            assertThat(ReportReading.document("html", html))
                    .contains(hostile.lines().findFirst().orElseThrow());
            String markdown = ActivationReport.of(view).markdown(locale);
            assertThat(ReportReading.outsideFences(markdown))
                    .doesNotContain("\n# Z")
                    .doesNotContainPattern("(?<!\\\\)<(?!br>|https?://)");
        }
    }

    @Test
    void announcement_whateverItHolds_isCopiedWithItsLineBreaks() {
        String mail = "件名: A\n\n1. x\n\n```\n# y\n````\n<b>z</b> & \"q\"\n最後";
        OpenItem item = new OpenItem(
                "X-1", Optional.of(CloudService.BOX), OpenItem.Kind.ANNOUNCEMENT, both("Please send.\n\n" + mail));
        ActivationView view = view(true, List.of(), List.of(item), ReportSamples.saying(CloudService.BOX, ""));
        for (Document document : ReportReading.all(ActivationReport.of(view), Locale.JAPANESE)) {
            assertThat(document.text()).as(document.format()).contains(mail);
        }
    }

    // ---- pictures

    @Test
    void pictures_areInsideTheFile_onceEach_andOnlyPictures(@TempDir Path folder) throws Exception {
        byte[] png = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n', 1, 2, 3};
        byte[] other = {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, 9};
        Path first = Files.write(folder.resolve("1.png"), png);
        Path same = Files.write(folder.resolve("2.png"), png);
        Path jpeg = Files.write(folder.resolve("3.jpg"), other);
        Path secret = Files.writeString(folder.resolve("secret.png"), "root:x:0:0");
        Path gone = folder.resolve("gone.png");
        ActivationReport report = ActivationReport.of(view(true, ReportSamples.saying(CloudService.BOX, "")))
                .with(List.of(change(first, same), change(jpeg, secret), change(gone, gone)));

        String html = report.html(Locale.JAPANESE);

        assertThat(html.split("<img ", -1)).hasSize(3);
        assertThat(html)
                .contains("src=\"data:image/png;base64,iVBORw0KGgoBAgM=\"", "src=\"data:image/jpeg;base64,/9j/CQ==\"")
                .contains("2.png", "secret.png", "gone.png")
                .doesNotContain("file:", folder.toString(), "cm9vdDp4");
        assertThat(report.markdown(Locale.JAPANESE)).contains("`1.png`").doesNotContain("file:", folder.toString());
    }

    @Test
    void pictures_whenTheyAreTooMuchToBeMailed_theRestIsNamed(@TempDir Path folder) throws Exception {
        List<RecordedChange> changes = new ArrayList<>();
        for (byte i = 0; i < 5; i++) {
            byte[] png = new byte[3 << 20];
            System.arraycopy(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n', i}, 0, png, 0, 9);
            Path file = Files.write(folder.resolve("picture" + i + ".png"), png);
            changes.add(change(file, folder.resolve("none")));
        }
        String html = ActivationReport.of(view(true, ReportSamples.saying(CloudService.BOX, "")))
                .with(changes)
                .html(Locale.JAPANESE);
        assertThat(html.split("<img ", -1)).hasSize(4);
        assertThat(html).contains("picture3.png", "picture4.png");
        assertThat(html.length()).isLessThan(15 << 20);
    }

    private static RecordedChange change(Path before, Path after) {
        return new RecordedChange(
                ReportSamples.SEEN,
                ActivationId.of("a1"),
                new ActionId("box.grant.1"),
                RecordedChange.By.BROWSER,
                "権限の付与",
                "https://admin.tmcas.trendmicro.co.jp/console",
                Optional.of(before),
                Optional.of(after));
    }

    @Test
    void report_ofARunOfWhichTheHostSaysNothing_isAddressedToTheAccount() {
        ActivationView view = ReportSamples.of(
                "", false, true, List.of(), List.of(), List.of(ReportSamples.saying(CloudService.BOX, "")));
        String html = ActivationReport.of(view).html(Locale.JAPANESE);
        assertThat(html).contains("アカウント「CAS0001」ご担当者様").doesNotContain("御中", "会社名");
    }
}
