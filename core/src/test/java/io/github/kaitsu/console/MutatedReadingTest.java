package io.github.kaitsu.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.console.ConsoleReading.Listing;
import io.github.kaitsu.console.ConsoleReading.Part;
import io.github.kaitsu.console.ConsoleReading.PartState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.statistics.Statistics;
import org.junit.jupiter.api.Test;

/**
 * A good paste that was damaged on its way: whatever happens to its lines, a service that is listed is never called absent, and
 * what is 保留 never disappears (COMMON-13, COMMON-19).
 */
class MutatedReadingTest {
    private static final List<String> ORGANISATIONS = List.of("初期設定の組織", "関西支社", "ABC商事");

    private enum Role {
        HEADING,
        ROW,
        OTHER
    }

    /**
     * @param counted whether the list that the line stands in prints its count
     * @param of whose rows it holds: a service's name, PENDING
     */
    private record Line(String text, Role role, Part part, boolean counted, Set<String> of) {
        Line with(String other) {
            return new Line(other, role, part, counted, of);
        }

        Line and(Line below, String between) {
            Set<String> both = new HashSet<>(of);
            both.addAll(below.of);
            return new Line(text + between + below.text, role, part, counted, both);
        }
    }

    /** A console at one moment, and how it is copied. */
    private static final class Paste {
        final Random random;
        final Set<CloudService> listed = EnumSet.noneOf(CloudService.class);
        final List<String> pending = new ArrayList<>();
        final Set<String> lost = new HashSet<>();
        List<Line> lines = new ArrayList<>();
        final Set<Line> hurt = new HashSet<>();
        boolean countLost;

        Paste(long seed) {
            random = new Random(seed);
            for (CloudService s : CloudService.values()) {
                if (random.nextInt(3) == 0) {
                    listed.add(s);
                }
            }
            List<List<Line>> parts = new ArrayList<>(List.of(accounts(), success(), pending()));
            Collections.shuffle(parts, random);
            parts.forEach(lines::addAll);
        }

        private Locale language() {
            return random.nextInt(4) == 0 ? Locale.ENGLISH : Locale.JAPANESE;
        }

        private <T> T one(List<T> of) {
            return of.get(random.nextInt(of.size()));
        }

        // ---- the pages

        private List<Line> accounts() {
            List<Line> page = new ArrayList<>();
            boolean counted = random.nextBoolean();
            if (counted) {
                page.add(new Line("サービスアカウント (" + listed.size() + ")", Role.HEADING, Part.ACCOUNTS, true, Set.of()));
            } else {
                page.add(new Line(
                        one(List.of("運用管理 > サービスアカウント", "Administration > Service Account")),
                        Role.OTHER,
                        Part.ACCOUNTS,
                        false,
                        Set.of()));
            }
            int layout = random.nextInt(5);
            List<String> head = List.of("アカウント名 / 登録トークン", "サービスの種類");
            add(page, counted, layout == 4 ? head : List.of(row(layout, head)), Role.OTHER, Set.of());
            for (CloudService s : listed) {
                String account = s == CloudService.MICROSOFT_TEAMS && random.nextBoolean()
                        ? "アプリID: 3f2504e0-4f89-41d3-9a0c-0305e82c3301"
                        : "admin" + random.nextInt(100) + "@example.co.jp";
                List<String> cells = List.of(account, s.label(language()));
                add(page, counted, layout == 4 ? cells : List.of(row(layout, cells)), Role.ROW, Set.of(s.name()));
            }
            return page;
        }

        private static String row(int layout, List<String> cells) {
            return switch (layout) {
                case 0 -> String.join("\t", cells);
                case 1 -> String.join(" ", cells);
                case 2 -> "| " + String.join(" | ", cells) + " |";
                default -> "☐\t" + String.join("   ", cells);
            };
        }

        private static void add(List<Line> page, boolean counted, List<String> texts, Role role, Set<String> of) {
            texts.forEach(t -> page.add(new Line(t, role, Part.ACCOUNTS, counted, of)));
        }

        private List<Line> success() {
            List<String> entries = new ArrayList<>();
            for (CloudService s : CloudService.values()) {
                if (random.nextInt(3) == 0) {
                    Locale language = language();
                    String message =
                            s.label(language) + (language.equals(Locale.ENGLISH) ? " protected." : "は保護されています。");
                    entries.add(message + stamp());
                }
            }
            return list(Part.SUCCESS, one(List.of("通知", "タスクリスト")), "成功しました", entries);
        }

        private List<Line> pending() {
            int count = random.nextInt(3);
            for (int i = 0; i < count; i++) {
                String service = random.nextInt(4) == 0
                        ? "Salesforce"
                        : one(List.of(CloudService.values())).label(language());
                pending.add(service + "のユーザおよびグループを更新しています。" + stamp());
            }
            return list(Part.PENDING, "タスクリスト", one(List.of("保留", "Pending")), pending);
        }

        private List<Line> list(Part part, String name, String severity, List<String> entries) {
            boolean counted = random.nextBoolean();
            List<Line> page = new ArrayList<>();
            String count = counted ? " (" + Set.copyOf(entries).size() + ")" : "";
            page.add(new Line(name + count, Role.HEADING, part, counted, Set.of()));
            page.add(new Line("重大度: " + severity, Role.OTHER, part, counted, Set.of()));
            entries.forEach(e -> page.add(new Line(e, Role.ROW, part, counted, Set.of(part.name()))));
            return page;
        }

        private String stamp() {
            return " 2026/11/%02d %02d:%02d:%02d - %s"
                    .formatted(
                            1 + random.nextInt(28),
                            random.nextInt(24),
                            random.nextInt(60),
                            random.nextInt(60),
                            one(ORGANISATIONS));
        }

        // ---- what happens to them

        void damage() {
            int at = random.nextInt(lines.size());
            Line line = lines.get(at);
            if (hurt.contains(line)) {
                return; // what two accidents leave of one line may be anything
            }
            switch (random.nextInt(6)) {
                case 0 -> drop(at);
                case 1 -> {
                    lines.add(at, line);
                    hurt.add(line);
                }
                case 2 -> swapRows(at);
                case 3 ->
                    replace(
                            at,
                            line.text.substring(
                                    0, Math.max(1, line.text.length() - random.nextInt(line.text.length() / 2 + 1))));
                case 4 -> replace(at, line.text.substring(random.nextInt(line.text.length() / 2 + 1)));
                default -> merge(at);
            }
        }

        private void drop(int at) {
            Line line = lines.remove(at);
            countLost |= line.role == Role.HEADING;
            lost.addAll(line.of);
        }

        private void replace(int at, String text) {
            countLost |= lines.get(at).role == Role.HEADING;
            lines.set(at, lines.get(at).with(text));
            hurt.add(lines.get(at));
        }

        private void swapRows(int at) {
            if (at + 1 < lines.size()
                    && lines.get(at).role == Role.ROW
                    && lines.get(at + 1).role == Role.ROW
                    && lines.get(at).part == lines.get(at + 1).part) {
                Collections.swap(lines, at, at + 1);
            }
        }

        private void merge(int at) {
            if (at + 1 < lines.size() && !hurt.contains(lines.get(at + 1))) {
                Line below = lines.remove(at + 1);
                countLost |= below.role == Role.HEADING;
                countLost |= lines.get(at).role == Role.HEADING;
                lines.set(at, lines.get(at).and(below, one(List.of("", " ", "\t"))));
                hurt.add(lines.get(at));
            }
        }

        boolean isCounted(Part part) {
            return !countLost && lines.stream().anyMatch(l -> l.part == part && l.counted);
        }

        String text() {
            return lines.stream().map(Line::text).collect(Collectors.joining("\n"));
        }
    }

    @Property(tries = 2000)
    void common19_whenAPasteIsDamaged_nothingListedIsAbsentAndNothingPendingDisappears(
            @ForAll long seed, @ForAll @IntRange(max = 3) int damages) {
        Paste paste = new Paste(seed);
        for (int i = 0; i < damages; i++) {
            paste.damage();
        }
        ConsoleReading reading = ConsoleReading.parse(paste.text());

        assertAccounts(paste, reading);
        assertPending(paste, reading);
    }

    private static void assertAccounts(Paste paste, ConsoleReading reading) {
        Set<String> absent = paste.listed.stream()
                .filter(s -> reading.listed(s) == Listing.ABSENT)
                .map(Enum::name)
                .collect(Collectors.toSet());
        boolean isAsked = isAsked(reading, Part.ACCOUNTS);
        if (!absent.isEmpty() && !isAsked) {
            assertThat(paste.isCounted(Part.ACCOUNTS)).as(paste.text()).isFalse();
            assertThat(paste.lost).as(paste.text()).containsAll(absent);
        }
        Statistics.label("a listed service called absent")
                .collect(
                        absent.isEmpty()
                                ? "no"
                                : isAsked ? "asked about" : "its line is gone from a list without a count");
    }

    private static void assertPending(Paste paste, ConsoleReading reading) {
        boolean isEmpty = reading.state(Part.PENDING) == PartState.COMPLETE
                && reading.pending().isEmpty();
        boolean isMissed = !paste.pending.isEmpty() && isEmpty;
        boolean isAsked = isAsked(reading, Part.PENDING);
        if (isMissed && !isAsked) {
            assertThat(paste.isCounted(Part.PENDING)).as(paste.text()).isFalse();
            assertThat(paste.lost).as(paste.text()).contains(Part.PENDING.name());
        }
        Statistics.label("a pending line that is missed")
                .collect(!isMissed ? "no" : isAsked ? "asked about" : "gone from a list without a count");
    }

    private static boolean isAsked(ConsoleReading reading, Part part) {
        return reading.counts().stream().anyMatch(c -> c.part() == part);
    }

    /** The rule has to be able to fail: an undamaged paste is read whole. */
    @Test
    void common19_whenAPasteIsWhole_everyPartIsComplete() {
        for (long seed = 0; seed < 500; seed++) {
            Paste paste = new Paste(seed);
            ConsoleReading reading = ConsoleReading.parse(paste.text());

            assertThat(Arrays.asList(Part.ACCOUNTS, Part.SUCCESS, Part.PENDING))
                    .as(paste.text())
                    .allMatch(p -> reading.state(p) == PartState.COMPLETE);
            assertThat(reading.counts()).as(paste.text()).isEmpty();
            assertThat(reading.unread()).as(paste.text()).isEmpty();
            assertThat(reading.pending())
                    .as(paste.text())
                    .hasSize(Set.copyOf(paste.pending).size());
            for (CloudService s : CloudService.values()) {
                assertThat(reading.listed(s))
                        .as(paste.text())
                        .isEqualTo(paste.listed.contains(s) ? Listing.LISTED : Listing.ABSENT);
            }
        }
    }
}
