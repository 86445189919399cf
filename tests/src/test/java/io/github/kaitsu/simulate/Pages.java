package io.github.kaitsu.simulate;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.Edition;
import io.github.kaitsu.simulate.Console.Line;
import io.github.kaitsu.simulate.Console.Said;
import io.github.kaitsu.simulate.Console.Snapshot;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The console's pages as somebody copies them: in either language, with or without cells, clock, counts and furniture. */
final class Pages {
    /** What one press of the mouse shows, and so what one copies at a time. */
    enum Section {
        ACCOUNTS,
        TASKS_DONE,
        TASKS_PENDING,
        NOTIFICATIONS,
        FAILURES,
        WIZARD,
        ORGANISATIONS
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
        /** The number is of all that ever was. */
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

        Style dated() {
            return new Style(english, layout == Layout.TYPED ? Layout.TABS : layout, true, zone, counts, noise);
        }

        Style undated() {
            return new Style(english, layout, false, ZoneOffset.UTC, counts, noise);
        }
    }

    /** Furniture that no list of ours holds, and that stands where a line of 保留 might. */
    static final List<String> NOISE = List.of("このリストは自動的に更新されます。", "ようこそ、佐藤さん");

    static final String APP_ID = "3f2504e0-4f89-11d3-9a0c-0305e82c3301";
    private static final String SENTENCE = "Successfully created a service account and synced data.";
    private static final String NEW_SENTENCE = "サービスアカウントが作成され、データが同期されました。";
    private static final int ONLY_SOME = 7;

    private final Console console;
    private final Snapshot shown;
    private final String organisation;
    private final Style style;
    private final StringBuilder text = new StringBuilder();

    private Pages(Console console, Snapshot shown, String organisation, Style style) {
        this.console = console;
        this.shown = shown;
        this.organisation = organisation;
        this.style = style;
    }

    static String text(Console console, Snapshot shown, String organisation, Set<Section> sections, Style style) {
        Pages pages = new Pages(console, shown, organisation, style);
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
        String zone = style.zone.equals(ZoneOffset.UTC) ? "UTC+00:00" : "UTC+09:00";
        text.append("Trend Micro Cloud App Security\n")
                .append(time(shown.time()))
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
            case WIZARD -> wizard();
            case ORGANISATIONS -> organisations();
        }
    }

    private void accounts() {
        text.append(word("運用管理 > サービスアカウント\n", "Administration > Service Account\n"));
        if (style.noise) {
            text.append(NOISE.get(1)).append('\n');
        }
        line(word("アカウント名 / 登録トークン", "Account Name / Token"), word("サービスの種類", "Service Type"));
        shown.listed().forEach(service -> {
            boolean hasId = shown.unfinished().contains(service) && console.edition != Edition.CONSOLE_2024_07;
            line(hasId ? word("アプリID", "App ID") + ": " + APP_ID : "admin@example.co.jp", label(service));
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
        for (Line line : lines) {
            entry(line);
            if (console.isDuplicating) {
                entry(line);
            }
        }
        text.append('\n');
    }

    /** What cannot be read stands where the line of protection would. */
    private List<Line> lines(Said said) {
        return shown.lines().stream()
                .filter(l -> l.said() == said || (said == Said.PROTECTED && l.said() == Said.UNREADABLE))
                .sorted(Comparator.comparing((Line l) -> l.time() == null ? Instant.EPOCH : l.time())
                        .reversed())
                .toList();
    }

    private void entry(Line line) {
        String time = line.time() == null ? "" : time(line.time());
        String organisation = line.organisation() == null ? "" : "- " + line.organisation();
        line(said(line), (time + " " + organisation).strip());
    }

    private String time(Instant time) {
        return DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm:ss")
                .withZone(style.zone)
                .format(time);
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
            case UNREADABLE -> "は保護されています。";
        };
    }

    private void wizard() {
        CloudService service = shown.wizard();
        if (service == null || console.edition != Edition.CONSOLE_2024_07) {
            return;
        }
        text.append(word(label(service) + "へのアクセス権付与\n", "Grant Access to " + label(service) + "\n"));
        if (shown.unfinished().contains(service)) {
            line(word("アプリID", "App ID") + ": " + APP_ID);
            line(word("完了", "Done"));
        } else if (shown.wizardSucceeded()) {
            line(console.hasNewSentence ? NEW_SENTENCE : SENTENCE);
        } else {
            line(word("ステータスの更新", "Refresh Status"));
        }
        text.append('\n');
    }

    private void organisations() {
        text.append("運用管理 > 組織管理\n組織名\tアクセス権が付与されたサービス\n");
        text.append(organisation).append("\tBox\n");
        if (console.hasTwin) {
            text.append(organisation.replace('〜', '～')).append("\tGmail\n");
        }
        text.append('\n');
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
            case FAILURES, WIZARD, ORGANISATIONS -> {}
        }
    }
}
