package io.github.kaitsu.simulation;

import static io.github.kaitsu.CloudService.BOX;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.ActivationView.NotProved;
import io.github.kaitsu.Edition;
import io.github.kaitsu.console.NotProof.Reason;
import io.github.kaitsu.operator.Answer;
import io.github.kaitsu.operator.Operator;
import io.github.kaitsu.operator.OperatorAction;
import io.github.kaitsu.report.ActivationReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What does not suffice is told, in both languages, and never asked for a third time in the same words (COMMON-12, -19). */
class InsufficientReadingsTest {
    private static final int ROUNDS = 9;
    private static final String BOX_LINE = "Boxは保護されています。 [0-9/]+ [0-9:]+ - 初期設定の組織";

    /** What a person pastes instead of the console's pages, again and again. */
    enum Lack {
        ACCOUNTS(null, text -> text.substring(text.indexOf("タスクリスト"))),
        SUCCESS(
                null,
                text -> text.replaceAll("(?s)タスクリスト\n重大度: 成功しました\n", "タスクリスト\n").replaceAll("(?s)\n通知\n.*", "")),
        PENDING(null, text -> text.replaceAll("(?s)重大度: 保留\n.*\n通知", "\n通知")),
        UNREADABLE_ROW(null, text -> text.replace("サービスの種類\n", "サービスの種類\nadmin@example.co.jp\tBocks Drive Box\n")),
        CONTRADICTED_COUNT(
                null,
                text -> text.replace("タスクリスト\n", "タスクリスト (0)\n")
                        .replace("重大度: 保留\n", "重大度: 保留\nGmailの処理をしています。 2026/11/24 00:00:00 - 初期設定の組織\n")),
        OTHER_ORGANISATION(Reason.NOT_THIS_ORGANISATION, line("Boxは保護されています。 2026/11/24 00:20:00 - 別の組織")),
        ENGLISH_ORGANISATION(
                Reason.NOT_THIS_ORGANISATION, line("Box protected. 2026/11/24 00:20:00 - Default organization")),
        NO_ORGANISATION(Reason.NO_ORGANISATION, line("Boxは保護されています。 2026/11/24 00:20:00")),
        NO_TIME(Reason.NO_TIME, line("Boxは保護されています。")),
        OTHER_DATE(Reason.NO_TIME, line("Boxは保護されています。 24.11.2026 00:20 - 初期設定の組織")),
        AMERICAN_DATE(Reason.NO_TIME, line("Box protected. 11/24/2026 12:20:00 AM - 初期設定の組織")),
        AGE(Reason.NO_TIME, line("Boxは保護されています。 40分前 - 初期設定の組織")),
        FUTURE(Reason.IN_THE_FUTURE, line("Boxは保護されています。 2099/01/01 00:00:00 - 初期設定の組織"));

        private final Reason reason;
        private final UnaryOperator<String> text;

        Lack(Reason reason, UnaryOperator<String> text) {
            this.reason = reason;
            this.text = text;
        }

        private static UnaryOperator<String> line(String instead) {
            return text -> text.replaceAll(BOX_LINE, instead);
        }
    }

    @ParameterizedTest
    @EnumSource(Lack.class)
    void common19_whenTheSameLacksAgainAfterTheGrant_noThirdRequestIsTheSame(Lack lack) throws Exception {
        ByHand run = ByHand.granted(BOX).pass(Duration.ofHours(1));
        List<String> requests = requests(run, lack);

        assertThat(run.isProtected(BOX)).isFalse();
        assertNoThirdIsTheSame(requests);
    }

    @ParameterizedTest
    @EnumSource(names = {"ACCOUNTS", "SUCCESS", "PENDING", "UNREADABLE_ROW", "CONTRADICTED_COUNT"})
    void common19_whenTheSameLacksAgainBeforeTheGrant_noThirdRequestIsTheSame(Lack lack) throws Exception {
        ByHand run = ByHand.begun(BOX);
        List<String> requests = requests(run, lack);

        assertThat(run.open("box.grant")).isEmpty();
        assertNoThirdIsTheSame(requests);
    }

    /** As the manual of Microsoft 365 prints Teams' line: it stays there, and no reading can be better than that. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Microsoft Teamsは保護されています。",
                "Boxは保護されています。",
                "Boxは保護されています。 昨日 12:00 - 初期設定の組織",
                "処理が完了しました。 昨日 12:00 - 初期設定の組織"
            })
    void common12_whenALineBeforeTheGrantHasNoTime_theGrantIsOfferedAndALaterLineProves(String line) throws Exception {
        ByHand run = ByHand.begun(BOX);
        UnaryOperator<String> odd = text -> text.replaceAll("(通知\n重大度: 成功しました\n)", "$1" + line + "\n");
        run.paste(odd.apply(run.world.consoleText()));
        run.world.grant(BOX, false);
        run.answer("box.grant", Answer.done(ByHand.SATO)).pass(Duration.ofHours(1));
        run.paste(odd.apply(run.world.consoleText()));

        assertThat(run.isProtected(BOX)).isTrue();
    }

    /** Whatever is said: who answers at once is not asked at once for ever. */
    @ParameterizedTest
    @EnumSource(names = {"ACCOUNTS", "SUCCESS", "PENDING", "UNREADABLE_ROW", "CONTRADICTED_COUNT"})
    void common19_whenAPersonAnswersAtOnceAndItNeverDoes_theDistancesGrow(Lack lack) throws Exception {
        ByHand run = ByHand.begun(BOX);
        int readings = 0;
        Instant end = run.sim.clock.instant().plus(Duration.ofDays(1));
        while (run.sim.clock.instant().isBefore(end) && readings < 100) {
            if (run.open("console.furniture").isPresent()) {
                run.answer("console.furniture", Answer.saw(ByHand.SATO, "no"));
            } else if (run.open("console.read").isPresent()) {
                run.paste(lack.text.apply(run.world.consoleText()));
                readings++;
            } else {
                run.pass(Duration.ofMinutes(10));
            }
        }

        assertThat(readings).isBetween(6, 14);
    }

    private static void assertNoThirdIsTheSame(List<String> requests) {
        assertThat(requests)
                .hasSizeGreaterThan(5)
                .allSatisfy(r ->
                        assertThat(Collections.frequency(requests, r)).as(r).isLessThanOrEqualTo(2));
        assertThat(requests.subList(2, requests.size())).allMatch(r -> r.contains("次のように短く答えることもできます"));
        assertThat(requests.subList(5, requests.size())).allMatch(r -> r.contains("サポート窓口"));
    }

    @ParameterizedTest
    @EnumSource(Lack.class)
    void common12_whatAlmostProves_saysWhyOnEveryScreenInBothLanguages(Lack lack) throws Exception {
        ByHand run = ByHand.granted(BOX).pass(Duration.ofHours(1));
        String pasted = lack.text.apply(run.world.consoleText());
        run.paste(pasted);

        assertThat(run.reasons(BOX)).containsExactly(lack.reason == null ? Reason.INCOMPLETE : lack.reason);
        NotProved why = run.notProved(BOX).get(0);
        assertThat(why.text().ja()).matches("(?s).*[ぁ-ん].*").contains(why.why().line());
        assertThat(why.text()
                        .en()
                        .replace(why.why().line(), "")
                        .replace(why.why().told(), ""))
                .matches("(?s)[\\x00-\\x7F“”’]+");
        ActivationReport report = ActivationReport.of(run.view());
        for (Locale locale : List.of(Locale.JAPANESE, Locale.ENGLISH)) {
            String begins = why.text().in(locale).split("[：:（「“]")[0];
            assertThat(report.markdown(locale)).contains(begins);
            assertThat(report.html(locale)).contains(begins);
            assertThat(report.json(locale))
                    .contains(begins)
                    .contains(why.why().reason().name());
        }
    }

    /** The end says why, too: whoever reads the report need not guess. */
    @Test
    void common12_whenItEndsUnproved_theReasonIsTheEndsOwn() throws Exception {
        ByHand run = ByHand.granted(BOX).pass(Duration.ofHours(1));
        for (int i = 0; i < 40 && !run.view().ended(); i++) {
            run.untilAsked();
            if (run.open("console.read").isPresent()) {
                run.paste(Lack.OTHER_ORGANISATION.text.apply(run.world.consoleText()));
            } else if (run.open("box.grant").isPresent()) {
                run.answer("box.grant", Answer.done(ByHand.SATO));
            }
        }

        assertThat(run.view().ended()).isTrue();
        assertThat(run.view().service(BOX).orElseThrow().detail().ja())
                .contains("初期設定の組織")
                .contains("別の組織");
        assertThat(run.view().service(BOX).orElseThrow().detail().en()).contains("別の組織");
    }

    // ---- a machine, which answers at once

    /** More than one a machine is asked at one moment only for parts that it had not been asked for. */
    private static final int MOST_AT_A_MOMENT = 3;

    /** Every 30 seconds at first, then at a twentieth of the time waited: some 120. */
    private static final int MOST_IN_A_DAY = 150;

    @ParameterizedTest
    @EnumSource(Lack.class)
    void common19_whenAMachineReadsTheSameAgainAndAgain_itIsAskedEverMoreRarely(Lack lack) throws Exception {
        Machine machine = new Machine();
        ByHand run = new ByHand(new Simulation(1, 0), machine).begin(Edition.CONSOLE_2024_04, BOX);
        run.read().world.grant(BOX, false);
        run.answer("box.grant", Answer.done(ByHand.SATO)).pass(Duration.ofHours(1));

        assertBounded(readings(run, machine, lack));
        assertThat(run.isProtected(BOX)).isFalse();
    }

    @ParameterizedTest
    @EnumSource(names = {"ACCOUNTS", "SUCCESS", "PENDING", "UNREADABLE_ROW", "CONTRADICTED_COUNT"})
    void common19_whenAMachineReadsTheSameAgainBeforeTheGrant_itIsAskedEverMoreRarely(Lack lack) throws Exception {
        Machine machine = new Machine();
        ByHand run = new ByHand(new Simulation(1, 0), machine).begin(Edition.CONSOLE_2024_04, BOX);

        assertBounded(readings(run, machine, lack));
        assertThat(run.open("box.grant")).isEmpty();
    }

    /** Nor does a second question lead back to the first at once. */
    @Test
    void common19_whenLinesAreMissingAgainAndAgain_aMachineIsAskedEverMoreRarely() throws Exception {
        Machine machine = new Machine();
        ByHand run = new ByHand(new Simulation(1, 0), machine).begin(Edition.CONSOLE_2024_04, BOX);

        assertBounded(readings(run, machine, t -> t.replace("タスクリスト", "タスクリスト (5)")));
    }

    /** It does not go on for ever: what nobody reads is given up with the run. */
    @Test
    void common19_whenAMachineReadsTheSameToTheEnd_theRunEnds() throws Exception {
        Machine machine = new Machine();
        ByHand run = new ByHand(new Simulation(1, 0), machine).begin(Edition.CONSOLE_2024_04, BOX);
        int readings = 0;
        while (!run.view().ended() && readings < 1000) {
            readings += readings(run, machine, Lack.ACCOUNTS).size();
        }

        assertThat(run.view().ended()).isTrue();
        assertThat(readings).isLessThan(250);
    }

    private static void assertBounded(List<Instant> readings) {
        assertThat(readings)
                .hasSizeBetween(10, MOST_IN_A_DAY)
                .allSatisfy(
                        at -> assertThat(Collections.frequency(readings, at)).isLessThanOrEqualTo(MOST_AT_A_MOMENT));
    }

    private static List<Instant> readings(ByHand run, Machine machine, Lack lack) throws Exception {
        return readings(run, machine, lack.text);
    }

    /** When a machine read in a day, while a person answers every question in one way. */
    private static List<Instant> readings(ByHand run, Machine machine, UnaryOperator<String> text) throws Exception {
        List<Instant> readings = new ArrayList<>();
        Instant end = run.sim.clock.instant().plus(Duration.ofDays(1));
        while (run.sim.clock.instant().isBefore(end)
                && readings.size() <= MOST_IN_A_DAY
                && !run.view().ended()) {
            Optional<Instant> next = run.client.advance(run.sim.id).until();
            Optional<OperatorAction> reading = run.open("console.read");
            Optional<OperatorAction> question = run.open("console.furniture").or(() -> run.open("console.counts"));
            if (reading.isPresent()) {
                readings.add(run.sim.clock.instant());
                String read = text.apply(run.world.consoleText());
                run.client.answerAsRead(machine, run.sim.id, reading.get().id(), Answer.saw("machine", read));
            } else if (question.isPresent()) {
                run.client.answer(run.sim.id, question.get().id(), Answer.saw(ByHand.SATO, "no"));
            } else {
                next.ifPresent(run.sim.clock::advanceTo);
            }
        }
        return readings;
    }

    private static final class Machine implements Operator {
        @Override
        public Attention attention() {
            return Attention.MACHINE;
        }

        @Override
        public boolean accepts(OperatorAction action) {
            return action.step().value().equals("console.read");
        }

        @Override
        public void offer(OperatorAction action) {}
    }

    /** Each request for a reading as a person sees it, answered with a text that does not do. */
    private static List<String> requests(ByHand run, Lack lack) throws Exception {
        List<String> requests = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            run.untilAsked();
            if (run.open("console.furniture").isPresent()) {
                run.answer("console.furniture", Answer.saw(ByHand.SATO, "no"));
            } else if (run.open("console.read").isPresent()) {
                requests.add(words(run.action("console.read")));
                run.paste(lack.text.apply(run.world.consoleText()));
            }
        }
        return requests;
    }

    private static String words(OperatorAction action) {
        return action.title(Locale.JAPANESE) + "\n" + String.join("\n", action.instructions(Locale.JAPANESE));
    }
}
