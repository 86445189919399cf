package io.github.kaitsu.simulation;

import static io.github.kaitsu.CloudService.BOX;
import static io.github.kaitsu.CloudService.DROPBOX;
import static io.github.kaitsu.CloudService.MICROSOFT_TEAMS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.console.ConsoleEntry;
import io.github.kaitsu.console.ConsoleReading;
import io.github.kaitsu.console.NotProof.Reason;
import io.github.kaitsu.journal.Event;
import io.github.kaitsu.operator.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The lists as the vendor's manuals print them, with 保留 and the accounts added, against a reading of before (COMMON-12, -19). */
class PrintedListsTest {
    private static final String OLD = "SharePoint Onlineは保護されています。 2023/02/09 02:02:18 - 初期設定の組織\n";
    private static final String PENDING = "タスクリスト\n重大度: 保留\n";

    @ParameterizedTest
    @ValueSource(strings = {"lists-dropbox.txt", "lists-microsoft365.txt", "first-sign-in-microsoft365.txt"})
    void common12_whenTheListsAreTheManuals_everyLineIsKept(String name) {
        List<String> printed = printed(name)
                .lines()
                .map(String::strip)
                .filter(l -> l.matches("[A-Z].*(?:保護されています|更新しました|作成しました|確認しました)。(?: 20.*)?"))
                .toList();

        assertThat(printed).hasSizeGreaterThan(5);
        assertThat(ConsoleReading.parse(printed(name)).entries())
                .extracting(ConsoleEntry::text)
                .containsExactlyElementsOf(printed);
    }

    @Test
    void common19_whenTheManualsPrintMoreThanTheyShow_thatIsAskedAboutOnceAndTheLinesProve() throws Exception {
        ByHand run = ByHand.begun(BOX, DROPBOX);
        run.paste("2024/04/11 05:00:00(UTC+00:00)\n" + accounts() + PENDING + "通知\n重大度: 成功しました\n" + OLD);
        run.answer("box.grant", Answer.done(ByHand.SATO));
        String lists = "2024/04/15 01:00:00(UTC+00:00)\n" + printed("lists-dropbox.txt") + accounts(BOX) + PENDING;
        run.paste(lists);
        assertThat(run.isProtected(BOX)).isFalse();

        run.answer("console.counts", Answer.saw(ByHand.SATO, "yes"));
        assertThat(run.isProtected(BOX)).isTrue();
        run.paste(lists).paste(lists.replace("(13)", "(14)"));
        assertThat(run.events(Event.Offered.class))
                .filteredOn(o -> o.step().value().equals("console.counts"))
                .hasSize(1);
    }

    @Test
    void common12_whenTheNotificationsStandUnderTheTasks_theyProveAsTheyStand() throws Exception {
        ByHand run = ByHand.begun(BOX);
        run.paste("2024/04/15 00:00:00(UTC+00:00)\n" + accounts() + PENDING + "通知\n重大度: 成功しました\n" + OLD);
        run.answer("box.grant", Answer.done(ByHand.SATO));
        run.paste("2024/04/15 01:00:00(UTC+00:00)\n" + printed("lists-microsoft365.txt") + accounts(BOX) + PENDING);
        run.answer("console.counts", Answer.saw(ByHand.SATO, "yes"));

        assertThat(run.isProtected(BOX)).isTrue();
    }

    @Test
    void common12_whenTheLineOfTeamsHasNoTime_itSaysSo() throws Exception {
        ByHand run = ByHand.begun(MICROSOFT_TEAMS);
        run.paste("2024/04/11 06:00:00(UTC+00:00)\n" + accounts() + PENDING + "通知\n重大度: 成功しました\n" + OLD);
        run.answer("microsoft-teams.grant", Answer.done(ByHand.SATO));
        String lists = printed("first-sign-in-microsoft365.txt") + accounts(MICROSOFT_TEAMS) + PENDING;
        run.paste(lists);
        for (String step : List.of("microsoft-teams.permission", "microsoft-teams.finish")) {
            if (run.open(step).isPresent()) {
                run.answer(step, Answer.done(ByHand.SATO));
            }
        }
        run.paste(lists);

        assertThat(run.isProtected(MICROSOFT_TEAMS)).isFalse();
        assertThat(run.reasons(MICROSOFT_TEAMS)).containsExactly(Reason.NO_TIME);
    }

    private static String accounts(CloudService... services) {
        return "運用管理 > サービスアカウント\nアカウント名 / 登録トークン\tサービスの種類\n"
                + Stream.of(services)
                        .map(s -> "admin@example.co.jp\t" + s.label(Locale.JAPANESE) + "\n")
                        .collect(Collectors.joining());
    }

    private static String printed(String name) {
        try (InputStream in = PrintedListsTest.class.getResourceAsStream("/manuals/" + name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
