package io.github.kaitsu.console;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.console.ConsoleOutline.Place;
import io.github.kaitsu.console.ConsoleReading.ServiceAccountRow;
import io.github.kaitsu.console.ConsoleRows.Cell;
import io.github.kaitsu.console.ConsoleRows.Line;
import io.github.kaitsu.console.ConsoleTableHeads.Order;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The page サービスアカウント (COMMON-6, COMMON-19): its rows, and whatever has a row's shape and is none we can read. That a
 * service is not listed may be said only where nothing of that kind is left.
 */
final class ConsoleAccounts {
    private final ConsoleText text;
    private final ConsoleOutline outline;
    private final List<ServiceAccountRow> rows = new ArrayList<>();
    private final List<String> unreadable = new ArrayList<>();
    private boolean isPage;
    private boolean isHeadless;
    private int printed = -1;
    private boolean isCountCut;

    ConsoleAccounts(ConsoleText text, ConsoleOutline outline) {
        this.text = text;
        this.outline = outline;
        List<Integer> starts = outline.accountPages();
        for (int p = 0; p < starts.size(); p++) {
            readPage(starts.get(p), p + 1 < starts.size() ? starts.get(p + 1) : text.size());
        }
        readStrayRows();
        outline.mixedWithRows().stream().filter(i -> !text.isTaken(i)).forEach(this::refuse);
    }

    private void readPage(int start, int end) {
        new Page(start, end).read();
    }

    /** Rows that stand under no heading: enough to say that a service is listed, never that one is not. */
    private void readStrayRows() {
        for (int i = 0; i < text.size(); i++) {
            if (text.isBlank(i) || text.isTaken(i) || outline.place(i) == Place.ORGANISATIONS) {
                continue;
            }
            Line line = ConsoleRows.read(text, i, false);
            if (line.kind() == Cell.ROW && line.hasAccount()) {
                accept(i, line.service(), line.appId(), line.isAppIdKnown());
                isHeadless |= !isPage;
            }
        }
    }

    private void accept(int line, @Nullable CloudService service, Optional<String> appId, boolean isAppIdKnown) {
        if (service != null) {
            text.take(line);
            rows.add(new ServiceAccountRow(service, appId, isAppIdKnown, text.text(line, line)));
        }
    }

    private void refuse(int line) {
        if (!text.isCalledFurniture(line)) {
            text.take(line);
            text.keepUnread(line, line);
            unreadable.add(text.text(line, line));
        }
    }

    // ---- one page, from its way or title to the next

    private final class Page {
        private final int start;
        private final int end;
        private final boolean isWay;
        private final List<Integer> menu = new ArrayList<>();
        private final List<ConsoleVertical.Item> items = new ArrayList<>();
        private final List<Integer> suspicious = new ArrayList<>();
        private int head = -1;

        Page(int start, int end) {
            this.start = start;
            this.end = end;
            this.isWay = outline.heads().isAccountsWay(start);
        }

        void read() {
            text.cells(start).stream()
                    .filter(c -> ConsoleVocabulary.isServiceAccountHeading(c)
                            || ConsoleVocabulary.isServiceAccountBreadcrumb(c))
                    .forEach(c -> printed = Math.max(printed, ConsoleVocabulary.printedCount(c)));
            isCountCut |= text.cells(start).stream().anyMatch(ConsoleVocabulary::isCountCut);
            boolean isTitle = !isWay && outline.place(start) != Place.TABLE && !outline.isInList(start);
            for (int i = start; i < end; i++) {
                if (text.isBlank(i)) {
                    continue;
                }
                Place place = outline.place(i);
                if (place == Place.TABLE && outline.heads().isAccountsTable(i)) {
                    readHead(i);
                } else if (!text.isTaken(i) && (place == Place.ACCOUNTS || place == Place.TABLE)) {
                    readLine(i, place == Place.TABLE);
                } else if (!text.isTaken(i) && isTitle && outline.isSameSpot(start, i)) {
                    readBelowTitle(i);
                }
            }
            finish();
        }

        private void readHead(int line) {
            head = head < 0 ? line : head;
            isPage = true;
            if (outline.heads().isMixed(line)) {
                refuse(line);
            }
        }

        /** The word may be the page's title or its name in a menu: only a whole row below it makes it a page. */
        private void readBelowTitle(int line) {
            Line row = ConsoleRows.read(text, line, false);
            if (row.kind() == Cell.ROW && row.hasAccount()) {
                take(line, row);
                isPage = true;
            } else if (row.kind() == Cell.UNREADABLE) {
                suspicious.add(line);
            }
        }

        private void take(int line, Line row) {
            accept(line, row.service(), row.appId(), row.isAppIdKnown());
            items.add(new ConsoleVertical.Item(line, row));
        }

        private void readLine(int i, boolean inTable) {
            Line line = ConsoleRows.read(text, i, inTable && outline.heads().hasAppIdColumn(head < 0 ? start : head));
            switch (line.kind()) {
                case ROW -> take(i, line);
                case SERVICE -> {
                    if (inTable) {
                        items.add(new ConsoleVertical.Item(i, line));
                    } else {
                        menu.add(i);
                    }
                }
                case ACCOUNT -> items.add(new ConsoleVertical.Item(i, line));
                case UNREADABLE -> {
                    if (inTable) {
                        refuse(i);
                    } else {
                        suspicious.add(i);
                    }
                }
                case NOTHING -> {
                    if (inTable && ConsoleTimes.isOnlyATime(text.folded(i))) {
                        text.take(i); // a cell of its own, such as when the account was made
                    }
                }
            }
        }

        private void finish() {
            isPage |= isWay;
            boolean isBelowTitle = !isWay && head < 0 && !items.isEmpty();
            if (isBelowTitle) {
                suspicious.forEach(ConsoleAccounts.this::refuse);
            } else if (head < 0 && isWay) {
                // Without the table's head nothing tells the rows from the menu 追加.
                menu.forEach(ConsoleAccounts.this::refuse);
                suspicious.forEach(ConsoleAccounts.this::refuse);
            } else {
                menu.forEach(text::take);
            }
            if (head >= 0 || isWay) {
                items.forEach(item -> text.take(item.line()));
                Order order = head < 0 ? Order.UNKNOWN : outline.heads().order(head);
                new ConsoleVertical(order, items)
                        .read(
                                (row, line) -> accept(line, row.service(), row.appId(), row.isAppIdKnown()),
                                ConsoleAccounts.this::refuse);
            }
        }
    }

    // ---- what was found

    List<ServiceAccountRow> rows() {
        return rows;
    }

    /** The lines that may be rows and cannot be read as such. */
    List<String> unreadable() {
        return unreadable;
    }

    /** Whether the page itself was seen, by its heading or the head of its table. */
    boolean isPage() {
        return isPage;
    }

    /** Rows without the page around them. */
    boolean isHeadless() {
        return isHeadless;
    }

    /** The number printed behind the heading; -1 if none. */
    int printed() {
        return printed;
    }

    /** Whether a number was begun there and not ended. */
    boolean isCountCut() {
        return isCountCut;
    }
}
