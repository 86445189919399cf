package io.github.kaitsu.simulation;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.simulation.SimWorld.Line;
import io.github.kaitsu.simulation.SimWorld.Said;
import io.github.kaitsu.simulation.SimWorld.Snapshot;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/** The console's pages as somebody copies them: in either language, with or without cells, clock, counts and furniture. */
@SuppressWarnings("EnumOrdinal") // the order of columns and lists, which nothing keeps
final class SimPages {
    /** What one press of the mouse shows, and so what one copies at a time. */
    enum Section {
        ACCOUNTS,
        TASKS_DONE,
        TASKS_PENDING,
        NOTIFICATIONS,
        FAILURES
    }

    enum Layout {
        LINES,
        TABS,
        CELLS,
        TYPED
    }

    enum Counts {
        NONE,
        EXACT,
        /** The list goes on where nobody scrolled, or so it seems: the number is of all that ever was. */
        TOTAL
    }

    /**
     * How one copies.
     *
     * @param clock whether the header comes with it
     * @param zone of the header and the lists; UTC where the header is left out
     * @param noise lines of the page that say nothing and that nobody has listed
     */
    record Style(boolean english, Layout layout, boolean clock, ZoneOffset zone, Counts counts, boolean noise) {
        static Style plain() {
            return new Style(false, Layout.TABS, false, ZoneOffset.UTC, Counts.NONE, false);
        }

        static Style any(Random moods, Set<SimTrait> traits) {
            boolean clock = moods.nextBoolean();
            Layout layout = Layout.values()[moods.nextInt(traits.contains(SimTrait.TYPES) ? 4 : 3)];
            return new Style(
                    traits.contains(SimTrait.ENGLISH) && moods.nextBoolean(),
                    traits.contains(SimTrait.CELLS) || layout == Layout.TYPED ? layout : Layout.TABS,
                    clock,
                    clock && moods.nextBoolean() ? ZoneOffset.ofHours(9) : ZoneOffset.UTC,
                    traits.contains(SimTrait.COUNTS) ? Counts.values()[moods.nextInt(3)] : Counts.NONE,
                    traits.contains(SimTrait.NOISE));
        }
    }

    /** Furniture that no list of ours holds, and that stands where a line of 保留 might. */
    static final List<String> NOISE = List.of("このリストは自動的に更新されます。", "ようこそ、佐藤さん");

    private static final int ONLY_SOME = 7;

    private final Snapshot shown;
    private final Style style;
    private final StringBuilder text = new StringBuilder();

    private SimPages(Snapshot shown, Style style) {
        this.shown = shown;
        this.style = style;
    }

    static String text(Snapshot shown, Set<Section> sections, Style style) {
        SimPages pages = new SimPages(shown, style);
        if (style.layout == Layout.TYPED) {
            sections.forEach(pages::type);
        } else {
            if (style.clock) {
                pages.header();
            }
            sections.forEach(pages::copy);
        }
        return pages.text.toString();
    }

    private void line(String... cells) {
        String separator = switch (style.layout) {
            case LINES, TYPED -> " ";
            case TABS -> "\t";
            case CELLS -> "\n";
        };
        text.append(String.join(separator, cells)).append('\n');
    }

    private String word(String japanese, String english) {
        return style.english ? english : japanese;
    }

    // ---- copied

    private void header() {
        DateTimeFormatter clock =
                DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm:ss").withZone(style.zone);
        String zone = style.zone.equals(ZoneOffset.UTC) ? "UTC+00:00" : "UTC+09:00";
        text.append("Trend Micro Cloud App Security\n")
                .append(clock.format(shown.time()))
                .append(' ')
                .append(zone)
                .append('\n');
    }

    private void copy(Section section) {
        switch (section) {
            case ACCOUNTS -> accounts();
            case TASKS_DONE -> list(word("タスクリスト", "Tasks"), word("成功しました", "Success"), Said.UPDATED);
            case TASKS_PENDING -> list(word("タスクリスト", "Tasks"), word("保留", "Pending"), Said.UPDATING);
            case NOTIFICATIONS -> list(word("通知", "Notifications"), word("成功しました", "Success"), Said.PROTECTED);
            case FAILURES -> {
                list(word("タスクリスト", "Tasks"), word("失敗しました", "Failed"), Said.FAILED);
                list(word("通知", "Notifications"), word("失敗しました", "Failed"), Said.NOT_PROTECTED);
            }
        }
    }

    private void accounts() {
        text.append(word("運用管理 > サービスアカウント\n", "Administration > Service Account\n"));
        if (style.noise) {
            text.append(NOISE.get(1)).append('\n');
        }
        line(word("アカウント名 / 登録トークン", "Account Name / Token"), word("サービスの種類", "Service Type"));
        shown.listed().forEach(service -> {
            boolean hasId = service == CloudService.MICROSOFT_TEAMS;
            String id = word("アプリID", "App ID") + ": 3f2504e0-4f89-11d3-9a0c-0305e82c3301";
            line(hasId ? id : "admin@example.co.jp", label(service));
        });
        text.append('\n');
    }

    private void list(String heading, String severity, Said said) {
        List<Line> lines = lines(said);
        int printed = lines.size() + (style.counts == Counts.TOTAL ? ONLY_SOME : 0);
        text.append(heading)
                .append(style.counts == Counts.NONE ? "" : " (" + printed + ")")
                .append('\n')
                .append(word("重大度: ", "Severity: "))
                .append(severity)
                .append('\n');
        if (style.noise) {
            text.append(NOISE.get(0)).append('\n');
        }
        lines.forEach(this::entry);
        text.append('\n');
    }

    private List<Line> lines(Said said) {
        return shown.lines().stream()
                .filter(l -> l.said() == said)
                .sorted(Comparator.comparing((Line l) -> l.time() == null ? Instant.EPOCH : l.time())
                        .reversed())
                .toList();
    }

    private void entry(Line line) {
        String time = line.time() == null ? "" : time(line.time(), style.zone);
        if (style.layout == Layout.CELLS && !time.isEmpty()) {
            line(said(line), time + " - " + line.organisation());
        } else {
            line(said(line), time.isEmpty() ? "- " + line.organisation() : time + " - " + line.organisation());
        }
    }

    static String time(Instant time, ZoneId zone) {
        return DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm:ss").withZone(zone).format(time);
    }

    private String label(CloudService service) {
        return service.label(style.english ? Locale.ENGLISH : Locale.JAPANESE);
    }

    private String said(Line line) {
        String label = label(line.service());
        return switch (line.said()) {
            case UPDATING -> word(label + "のユーザおよびグループを更新しています。", label + " users and groups are being updated.");
            case UPDATED -> word(label + "のユーザおよびグループを更新しました。", label + " users and groups updated.");
            case FAILED -> word(label + "のユーザおよびグループを更新できませんでした。", label + " users and groups could not be updated.");
            case PROTECTED -> word(label + "は保護されています。", label + " protected.");
            case NOT_PROTECTED -> word(label + "は保護されていません。", label + " not protected.");
        };
    }

    // ---- typed

    private void type(Section section) {
        switch (section) {
            case ACCOUNTS ->
                line(
                        word("サービスアカウント:", "Accounts:"),
                        shown.listed().isEmpty()
                                ? word("なし", "none")
                                : shown.listed().stream().map(this::label).collect(Collectors.joining("、")));
            case TASKS_PENDING ->
                line(
                        word("保留:", "Pending:"),
                        Integer.toString(lines(Said.UPDATING).size()));
            case TASKS_DONE -> {
                if (lines(Said.UPDATED).isEmpty() && lines(Said.PROTECTED).isEmpty()) {
                    line(word("成功:", "Success:"), word("なし", "none"));
                } else {
                    list(word("タスクリスト", "Tasks"), word("成功しました", "Success"), Said.UPDATED);
                }
            }
            case NOTIFICATIONS -> list(word("通知", "Notifications"), word("成功しました", "Success"), Said.PROTECTED);
            case FAILURES -> {}
        }
    }
}
