package io.github.kaitsu.simulation;

import static io.github.kaitsu.CloudService.BOX;
import static io.github.kaitsu.CloudService.DROPBOX;
import static io.github.kaitsu.contract.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.kaitsu.ActionId;
import io.github.kaitsu.ActivationStatus;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.DriftReport;
import io.github.kaitsu.DriftReport.Finding;
import io.github.kaitsu.DriftReport.Verdict;
import io.github.kaitsu.Edition;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.Evidence.Level;
import io.github.kaitsu.console.ConsoleSite;
import io.github.kaitsu.journal.Event;
import io.github.kaitsu.operator.Answer;
import io.github.kaitsu.operator.BlockReason;
import io.github.kaitsu.report.ActivationReport;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A word is contradicted or taken back, before the end and after it (COMMON-20); what is read again long after. */
class SecondThoughtsTest {
    private static final Duration SYNCHRONISED = Duration.ofHours(1);

    // ---- a second person says no

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void common20_whenASecondPersonSaysNoBeforeTheEnd_whatTheFirstSaidIsOpenAgain(boolean noticedInBetween)
            throws Exception {
        ByHand run = ByHand.begun(BOX).read();
        ActionId grant = run.action("box.grant").id();
        run.client.answer(run.sim.id, grant, Answer.done(ByHand.SATO)); // a slip: nothing was granted
        if (noticedInBetween) {
            run.client.advance(run.sim.id);
        }
        run.client.answer(run.sim.id, grant, Answer.blocked("tanaka", BlockReason.PAGE_ERROR));
        run.client.advance(run.sim.id);

        assertThat(run.events(Event.LateAnswer.class)).hasSize(1);
        assertThat(run.seen(BOX, "grant").contradiction())
                .hasValueSatisfying(c -> assertThat(c.by()).isEqualTo("tanaka"));
        assertThat(run.status(BOX)).isEqualTo(ActivationStatus.LINKING);
        run.read();
        assertThat(run.open("box.grant")).isPresent();
        assertThat(run.seen(BOX, "grant").evidence().holds()).isFalse();
    }

    @Test
    void common20_whenASecondPersonSaysNoAfterTheEnd_itShowsOnEveryScreen() throws Exception {
        ByHand run = ended();
        assertThat(run.view().isSuccess()).isTrue();
        run.client.answer(run.sim.id, run.offered("box.grant"), Answer.blocked("tanaka", BlockReason.OTHER));

        assertThat(run.view().isSuccess()).isFalse();
        assertThat(run.view().isContradicted()).isTrue();
        assertThat(run.level(BOX, "grant")).isEqualTo(Level.CONTRADICTED);
        assertShown(run, "tanaka", "行えなかった：その他", "another reason");
        assertShown(run, "tanaka", "完了後に反対の申告または取り消しあり", "Completed, and since contradicted or taken back");
        assertLost(run.client.verify(run.sim.customer), "box.grant");
    }

    @Test
    void common20_whenASecondPersonAgrees_itIsGoneAndNothingChanges() throws Exception {
        ByHand run = ended();
        assertRefused(
                ErrorCode.ACTION_GONE,
                () -> run.client.answer(run.sim.id, run.offered("box.grant"), Answer.done("tanaka")));

        assertThat(run.view().isSuccess()).isTrue();
        assertThat(run.client.verify(run.sim.customer).hasDrift()).isFalse();
    }

    // ---- taken back

    @Test
    void common20_whenAnAnswerIsTakenBackBeforeTheEnd_itIsAskedAgain() throws Exception {
        ByHand run = ByHand.begun(BOX).read();
        ActionId grant = run.action("box.grant").id();
        run.answer("box.grant", Answer.done(ByHand.SATO));
        assertThat(run.status(BOX)).isEqualTo(ActivationStatus.SYNCHRONIZING);

        run.client.correct(run.sim.id, grant, ByHand.SATO);
        run.client.correct(run.sim.id, grant, ByHand.SATO); // twice is success
        run.client.advance(run.sim.id);
        assertThat(run.events(Event.Corrected.class)).hasSize(1);
        assertThat(run.level(BOX, "grant")).isEqualTo(Level.UNKNOWN);
        run.read();
        assertThat(run.open("box.grant")).isPresent();
    }

    @Test
    void common20_whenAnAnswerIsTakenBackAfterTheEnd_nothingVouchesForItAnyMore() throws Exception {
        ByHand run = ended();
        run.client.correct(run.sim.id, run.offered("box.grant"), "tanaka");

        assertThat(run.view().isSuccess()).isFalse();
        assertThat(run.level(BOX, "grant")).isEqualTo(Level.UNKNOWN);
        assertShown(run, "tanaka", "回答が取り消された", "the answer was taken back");
        assertLost(run.client.verify(run.sim.customer), "box.grant");
    }

    @Test
    void common20_whenAProgramHasSeenIt_takingTheAnswerBackChangesNothing() throws Exception {
        ByHand run = ended();
        run.client.correct(run.sim.id, run.offered("box.switch"), "tanaka");

        assertThat(run.level(BOX, "switch")).isEqualTo(Level.VERIFIED);
        assertThat(run.view().isContradicted()).isFalse();
        assertThat(run.client.verify(run.sim.customer).hasDrift()).isFalse();
    }

    @Test
    void common20_whenTheReadingThatProvedIsTakenBack_onlyANewOneProves() throws Exception {
        ByHand run = ByHand.granted(BOX).pass(SYNCHRONISED).read();
        assertThat(run.isProtected(BOX)).isTrue();

        run.client.correctReading(run.sim.id, "tanaka");
        run.client.advance(run.sim.id);
        assertThat(run.isProtected(BOX)).isFalse();
        assertThat(run.open("box.switch")).isEmpty();
        run.read();
        assertThat(run.isProtected(BOX)).isTrue();
        assertThat(run.open("box.switch")).isPresent();
    }

    @Test
    void common20_whenTheReadingThatProvedIsTakenBackAfterTheEnd_itIsDrift() throws Exception {
        ByHand run = ended();
        run.client.correctReading(run.sim.id, "tanaka");

        assertThat(run.view().isSuccess()).isFalse();
        assertThat(run.level(BOX, "protected")).isEqualTo(Level.UNKNOWN);
        assertShown(run, "tanaka", "回答が取り消された", "the answer was taken back");
        assertLost(run.client.verify(run.sim.customer), "box.protected");
    }

    /** Another customer's page said that nothing is 保留. */
    @Test
    void common20_whenTheReadingBeforeTheGrantIsTakenBack_theGrantWaitsForAnother() throws Exception {
        ByHand run = ByHand.begun(BOX).read();
        assertThat(run.open("box.grant")).isPresent();

        run.client.correctReading(run.sim.id, ByHand.SATO);
        run.client.advance(run.sim.id);
        assertThat(run.open("box.grant")).isEmpty();
        assertThat(run.open("console.read")).isPresent();
        run.world.foreignPending = true;
        run.read();
        assertThat(run.open("box.grant")).isEmpty();
        run.world.foreignPending = false;
        run.pass(Duration.ofHours(2)).read();
        assertThat(run.open("box.grant")).isPresent();
    }

    @Test
    void common20_whenWhoVouchedForATextTakesThatBack_itProvesNoMore() throws Exception {
        for (boolean isOver : new boolean[] {false, true}) {
            ByHand first = ByHand.granted(BOX).pass(SYNCHRONISED).read();
            CustomerId customer = new CustomerId(ConsoleSite.JP, "CAS0002", first.sim.customer.organisation());
            ByHand run = new ByHand(new Simulation(2, 0, "other", customer, first.sim.store))
                    .begin(Edition.CONSOLE_2024_04, BOX)
                    .read();
            run.world.grant(BOX, false);
            run.answer("box.grant", Answer.done(ByHand.SATO)).pass(SYNCHRONISED);
            run.paste(first.world.consoleText()).answer("box.own-text", Answer.saw("tanaka", "yes"));
            assertThat(run.isProtected(BOX)).isTrue();
            if (isOver) {
                finish(run);
            }

            run.client.correct(run.sim.id, run.offered("box.own-text"), "tanaka");
            run.client.advance(run.sim.id);
            assertThat(run.isProtected(BOX)).isFalse();
            assertThat(run.view().isSuccess()).isFalse();
        }
    }

    /** "All lines are shown": said by mistake, of a list that went on. */
    @Test
    void common20_whenTheWordAboutTheLinesIsTakenBack_itIsAskedAgain() throws Exception {
        ByHand run = ByHand.begun(BOX);
        run.paste(run.world.consoleText().replace("タスクリスト", "タスクリスト (5)"));
        assertThat(run.open("box.grant")).isEmpty();
        run.answer("console.counts", Answer.saw("tanaka", "yes"));
        assertThat(run.open("box.grant")).isPresent();

        run.client.correct(run.sim.id, run.offered("console.counts"), "tanaka");
        run.client.advance(run.sim.id);
        assertThat(run.open("box.grant")).isEmpty();
        run.paste(run.world.consoleText().replace("タスクリスト", "タスクリスト (5)"));
        assertThat(run.open("console.counts")).isPresent();
    }

    /** Furniture by mistake: the row was a service's. */
    @Test
    void common20_whenAWordAboutFurnitureIsTakenBack_theLineIsNoFurnitureAnyMore() throws Exception {
        ByHand run = ByHand.begun(BOX);
        String odd = run.world.consoleText().replace("サービスの種類\n", "サービスの種類\nadmin@example.co.jp\tBocks Drive Box\n");
        for (int i = 0; i < 5 && run.open("console.furniture").isEmpty(); i++) {
            run.paste(odd);
        }
        run.answer("console.furniture", Answer.saw("tanaka", "yes"));
        assertThat(run.open("box.grant")).isPresent();

        run.client.correct(run.sim.id, run.offered("console.furniture"), "tanaka");
        run.client.advance(run.sim.id);
        assertThat(run.open("box.grant")).isEmpty();
        run.paste(odd);
        assertThat(run.open("box.grant")).isEmpty();
    }

    /** The reading had been asked for, and was not any more when it came. */
    @Test
    void common20_whenAReadingThatCameLateIsTakenBackByItsAction_onlyANewOneProves() throws Exception {
        ByHand run = ByHand.granted(BOX);
        run.client.cancel(run.sim.id, "tanaka");
        ActionId asked = run.offered("console.read");
        run.client.answer(run.sim.id, asked, new Answer.Saw("tanaka", run.world.consoleText()));
        long entry = run.sim.journal().size();
        run.client.correct(run.sim.id, asked, "tanaka");

        assertThat(run.events(Event.Corrected.class))
                .singleElement()
                .matches(c -> c.entry() == entry && c.by().equals("tanaka"));
    }

    /** Said of the wrong customer, a month later. */
    @Test
    void common20_whenALateNoIsTakenBack_whatItSpokeAgainstIsAsItWas() throws Exception {
        ByHand run = ended();
        ActionId grant = run.offered("box.grant");
        run.client.answer(run.sim.id, grant, Answer.blocked("tanaka", BlockReason.OTHER));
        run.client.answer(run.sim.id, grant, Answer.blocked("suzuki", BlockReason.OTHER));
        run.client.correct(run.sim.id, grant, "tanaka");
        assertThat(run.seen(BOX, "grant").contradiction())
                .hasValueSatisfying(c -> assertThat(c.by()).isEqualTo("suzuki"));

        run.client.correct(run.sim.id, grant, "suzuki");
        run.client.correct(run.sim.id, grant, "suzuki"); // twice is success
        assertThat(run.view().isSuccess()).isTrue();
        assertThat(run.client.verify(run.sim.customer).hasDrift()).isFalse();
    }

    @Test
    void common20_whenNothingWasAnswered_thereIsNothingToTakeBack() throws Exception {
        ByHand run = ByHand.begun(BOX);
        assertRefused(
                ErrorCode.ACTION_NOT_FOUND,
                () -> run.client.correct(run.sim.id, new ActionId("box.grant.1"), ByHand.SATO));
        assertRefused(ErrorCode.ACTION_NOT_FOUND, () -> run.client.correctReading(run.sim.id, ByHand.SATO));
    }

    // ---- only a machine verifies

    @Test
    void common20_whenABodySaysThatAMachineHasRead_itIsAPersonsWordAllTheSame() throws Exception {
        ByHand run = ByHand.granted(BOX).pass(SYNCHRONISED);
        ObjectMapper json = new ObjectMapper().configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);
        String body = json.createObjectNode()
                .put("type", "saw")
                .put("by", "mallory")
                .put("readByMachine", true)
                .put("text", run.world.consoleText())
                .toString();
        run.client.answer(run.sim.id, run.action("console.read").id(), json.readValue(body, Answer.class));
        run.client.advance(run.sim.id);

        assertThat(run.isProtected(BOX)).isTrue();
        assertThat(List.of("grant", "linked", "protected"))
                .allSatisfy(step -> assertThat(run.level(BOX, step)).isEqualTo(Level.ATTESTED));
    }

    // ---- long after

    @Test
    void common20_whenNobodyReadsTheConsole_verifySaysWhatItDidNotLookAtAndAsksOnceForAll() throws Exception {
        ByHand run = ended(BOX, DROPBOX);
        DriftReport report = run.client.verify(run.sim.customer);

        assertThat(report.findings())
                .filteredOn(f -> f.step().value().matches(".*\\.(linked|protected|grant)"))
                .isNotEmpty()
                .allMatch(f -> !f.lookedAt() && f.verdict() == Verdict.ATTESTED);
        assertThat(report.console())
                .hasValueSatisfying(a -> assertThat(a.step().value()).isEqualTo("console.read"));

        DriftReport read = run.client.verify(run.sim.customer, new Answer.Saw("tanaka", run.world.consoleText()));
        assertThat(read.console()).isEmpty();
        assertThat(read.hasDrift()).isFalse();
        assertThat(List.of(BOX, DROPBOX))
                .allSatisfy(service -> assertThat(finding(read, service))
                        .matches(f -> f.lookedAt()
                                && f.verdict() == Verdict.HOLDS
                                && f.source().ja().contains("tanaka")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "通知\n重大度: 成功しました\nBoxは保護されていません。 2026/11/25 00:00:00 - 初期設定の組織\n",
                "タスクリスト\n重大度: 失敗\nUpdating Box failed. 2026/11/25 00:00:00 - 初期設定の組織\n",
                """
                通知
                重大度: 成功しました
                Boxは保護されていません。 2026/11/25 00:00:00 - 初期設定の組織
                Boxは保護されています。 2026/11/26 00:00:00 - 別の組織
                """
            })
    void common20_whenTheConsoleSaysTheOpposite_verifyFindsIt(String opposite) throws Exception {
        ByHand run = ended();
        DriftReport report =
                run.client.verify(run.sim.customer, new Answer.Saw("tanaka", run.world.consoleText() + opposite));

        assertThat(finding(report, BOX).verdict()).isEqualTo(Verdict.LOST);
    }

    @Test
    void common20_whenTheServiceIsGone_verifyFindsIt_andWhatCannotBeReadSaysNothing() throws Exception {
        ByHand run = ended();
        String gone = run.world.consoleText().replace("admin@example.co.jp\tBox\n", "");
        String unread = run.world.consoleText().replace("admin@example.co.jp\tBox\n", "admin@example.co.jp\tBoxes\n");

        assertThat(finding(run.client.verify(run.sim.customer, new Answer.Saw("tanaka", gone)), BOX)
                        .verdict())
                .isEqualTo(Verdict.LOST);
        assertThat(finding(run.client.verify(run.sim.customer, new Answer.Saw("tanaka", unread)), BOX)
                        .lookedAt())
                .isFalse();
    }

    private static Finding finding(DriftReport report, CloudService service) {
        return report.findings().stream()
                .filter(f -> f.service() == service && f.step().value().endsWith(".protected"))
                .findFirst()
                .orElseThrow();
    }

    private static void assertLost(DriftReport report, String step) {
        assertThat(report.hasDrift()).isTrue();
        assertThat(report.findings())
                .filteredOn(f -> f.verdict() == Verdict.LOST)
                .extracting(f -> f.step().value())
                .contains(step);
    }

    private static void assertShown(ByHand run, String by, String ja, String en) {
        ActivationReport report = ActivationReport.of(run.view());
        assertThat(List.of(
                        report.markdown(Locale.JAPANESE), report.html(Locale.JAPANESE), report.json(Locale.JAPANESE)))
                .allSatisfy(document -> assertThat(document).contains(by).contains(ja));
        assertThat(List.of(report.markdown(Locale.ENGLISH), report.html(Locale.ENGLISH), report.json(Locale.ENGLISH)))
                .allSatisfy(document -> assertThat(document).contains(by).contains(en));
    }

    /** A whole run, by hand. */
    private static ByHand ended(CloudService... services) throws Exception {
        CloudService[] all = services.length == 0 ? new CloudService[] {BOX} : services;
        ByHand run = ByHand.begun(all).read();
        for (CloudService service : all) {
            run.world.grant(service, false);
            run.answer(ByHand.step(service, "grant"), Answer.done(ByHand.SATO));
            run.pass(SYNCHRONISED).read();
        }
        for (CloudService service : all) {
            run.world.services.get(service).postSetupDone = true;
            run.answer(ByHand.step(service, "switch"), Answer.done(ByHand.SATO));
        }
        run.pass(Duration.ofMinutes(30));
        assertThat(run.view().ended()).isTrue();
        return run;
    }

    private static void finish(ByHand run) throws Exception {
        run.world.services.get(BOX).postSetupDone = true;
        run.answer("box.switch", Answer.done(ByHand.SATO)).pass(Duration.ofMinutes(30));
        assertThat(run.view().ended()).isTrue();
    }
}
