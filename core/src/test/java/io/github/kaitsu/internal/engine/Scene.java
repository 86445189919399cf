package io.github.kaitsu.internal.engine;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.Edition;
import io.github.kaitsu.console.ConsoleReading;
import io.github.kaitsu.console.NotProof;
import io.github.kaitsu.internal.engine.Proof.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * What was read of a console before Box was granted and after it, as pages of text, for tables of verdicts. As it begins, the
 * console showed Gmail at 2026-11-24 00:00 UTC, and shows Box too at 01:00, protected at 00:20.
 */
final class Scene {
    static final String ORGANISATION = CustomerId.DEFAULT_ORGANISATION;
    static final Instant READ_BEFORE = Instant.parse("2026-11-24T00:00:00Z");
    static final Instant READ_AFTER = Instant.parse("2026-11-24T01:00:00Z");
    static final long GRANT = 10;

    /** Whether somebody is asked if all lines are shown. */
    enum Asks {
        COUNT
    }

    /** One paste: the pages that are not null, in this order. */
    static final class Pages {
        String header = "";
        String accounts;
        String tasks;
        String pending = "タスクリスト\n重大度: 保留\n";
        String notices;
        String more = "";
        String order = "hatpnm";
        UnaryOperator<String> edit = text -> text;

        String text() {
            StringBuilder text = new StringBuilder();
            order.chars().forEach(page -> {
                String written = switch (page) {
                    case 'h' -> header;
                    case 'a' -> accounts;
                    case 't' -> tasks;
                    case 'p' -> pending;
                    case 'n' -> notices;
                    default -> more;
                };
                text.append(written == null || written.isEmpty() ? "" : written + "\n");
            });
            return edit.apply(text.toString());
        }

        Pages accounts(String... rows) {
            accounts = "運用管理 > サービスアカウント\n追加\t削除\nアカウント名 / 登録トークン\tサービスの種類\n" + lines(rows);
            return this;
        }

        Pages tasks(String... rows) {
            tasks = "タスクリスト\n重大度: 成功しました\n" + lines(rows);
            return this;
        }

        Pages notices(String... rows) {
            notices = "通知\n重大度: 成功しました\n" + lines(rows);
            return this;
        }
    }

    private static final String GMAIL = line("Gmailは保護されています。", "2026/11/20 08:00:00");
    private static final String GMAIL_TASK = line("Gmailのユーザおよびグループを更新しました。", "2026/11/20 07:59:50");
    private static final String GMAIL_ROW = "admin@example.co.jp\tGmail";
    private static final String BOX_ROW = "admin@example.co.jp\tBox";
    static final String BOX = box("2026/11/24 00:20:00");

    private final Pages before =
            new Pages().accounts(GMAIL_ROW).tasks(GMAIL_TASK).notices(GMAIL);
    private final Pages after =
            new Pages().accounts(GMAIL_ROW, BOX_ROW).tasks(GMAIL_TASK).notices(BOX, GMAIL);
    private final List<String> then = new ArrayList<>();
    private boolean hasBaseline = true;
    private boolean isSaidToBeWhole;
    private CloudService service = CloudService.BOX;
    private Edition edition = Edition.CONSOLE_2024_04;
    private String organisation = ORGANISATION;
    private boolean isAdopting;
    private boolean hasLeapt;
    private boolean isConfirmed;
    private boolean isForeign;

    static String line(String message, String time) {
        return message + " " + time + " - " + ORGANISATION;
    }

    static String box(String time) {
        return line("Boxは保護されています。", time);
    }

    private static String lines(String... lines) {
        return String.join("\n", lines);
    }

    // ---- what is read after the grant

    /** Instead of Box's line; nothing for "". */
    Scene line(String instead) {
        return instead.isEmpty() ? notices(GMAIL) : notices(instead, GMAIL);
    }

    Scene notices(String... rows) {
        after.notices(rows);
        return this;
    }

    /** Beside Box's line. */
    Scene and(String line) {
        return notices(line, BOX, GMAIL);
    }

    Scene tasks(String... rows) {
        after.tasks(rows);
        return this;
    }

    Scene accounts(String... rows) {
        after.accounts(rows);
        return this;
    }

    /** Instead of Box's row in サービスアカウント. */
    Scene row(String row) {
        return accounts(GMAIL_ROW, row);
    }

    Scene accountsPage(String text) {
        after.accounts = text;
        return this;
    }

    Scene pending(String... rows) {
        after.pending = "タスクリスト\n重大度: 保留\n" + lines(rows);
        return this;
    }

    Scene header(String clock) {
        after.header = clock;
        return this;
    }

    Scene more(String text) {
        after.more = text;
        return this;
    }

    /** Which pages are pasted, in that order: h, a, t, p, n, m. */
    Scene order(String pages) {
        after.order = pages;
        return this;
    }

    Scene edit(UnaryOperator<String> how) {
        after.edit = how;
        return this;
    }

    Scene replace(String some, String other) {
        return edit(text -> text.replace(some, other));
    }

    Scene whole(String text) {
        return edit(old -> text);
    }

    /** Read after that. */
    Scene then(String text) {
        then.add(text);
        return this;
    }

    // ---- before it

    Scene before(UnaryOperator<Pages> how) {
        var unused = how.apply(before); // it changes what it is given
        return this;
    }

    Scene nothingBefore() {
        hasBaseline = false;
        return this;
    }

    // ---- the rest

    Scene of(CloudService some) {
        service = some;
        return this;
    }

    Scene ofOrganisation(String name) {
        organisation = name;
        return this;
    }

    Scene today() {
        edition = Edition.CONSOLE_2024_07;
        return line("");
    }

    Scene wizard(String text) {
        return today().more(text);
    }

    Scene adopting() {
        isAdopting = true;
        hasBaseline = false;
        return this;
    }

    Scene leapt() {
        hasLeapt = true;
        return this;
    }

    Scene confirmed() {
        isConfirmed = true;
        return this;
    }

    Scene foreign() {
        isForeign = true;
        return this;
    }

    /** Of every count that is greater than its lines a person has said that it is a total. */
    Scene saidToBeWhole() {
        isSaidToBeWhole = true;
        return this;
    }

    /** Reasons and parts that are missing; empty for a proof. */
    Set<Object> verdict() {
        ConsoleKnowledge console = new ConsoleKnowledge(ConsoleReading::parse);
        for (int entry = 1; entry <= GRANT + 10; entry++) {
            console.entry(entry <= GRANT ? READ_BEFORE : READ_AFTER);
        }
        if (hasBaseline) {
            console.add(2, READ_BEFORE, "sato", false, before.text());
        }
        console.add(GRANT + 2, READ_AFTER, "sato", false, after.text());
        for (int i = 0; i < then.size(); i++) {
            console.add(GRANT + 3 + i, READ_AFTER.plusSeconds(60L * (i + 1)), "sato", false, then.get(i));
        }
        if (isSaidToBeWhole) {
            console.learnCounts(GRANT + 9, "sato", true);
        }
        Set<Object> found = new HashSet<>(console.hasOpenCount() ? EnumSet.of(Asks.COUNT) : Set.of());
        if (proof(console).judge() instanceof Verdict.NotYet notYet) {
            notYet.reasons().stream().map(NotProof::reason).forEach(found::add);
            found.addAll(notYet.missing());
        }
        return found;
    }

    private Proof proof(ConsoleKnowledge console) {
        return new Proof(
                service,
                organisation,
                edition,
                console,
                isAdopting ? 0 : GRANT,
                isAdopting,
                isAdopting ? Long.MAX_VALUE : GRANT,
                hasLeapt,
                isConfirmed,
                read -> isForeign);
    }
}
