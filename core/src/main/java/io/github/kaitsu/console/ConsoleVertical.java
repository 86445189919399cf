package io.github.kaitsu.console;

import io.github.kaitsu.console.ConsoleRows.Cell;
import io.github.kaitsu.console.ConsoleRows.Line;
import io.github.kaitsu.console.ConsoleTableHeads.Order;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** A table that was pasted one cell a line: which account belongs to which service is told by the order of the columns. */
final class ConsoleVertical {
    /** A line that is one cell, an account or a service; or a whole row, across which no cell belongs to another. */
    record Item(int line, Line cell) {
        boolean isService() {
            return cell.kind() == Cell.SERVICE;
        }

        boolean isRow() {
            return cell.kind() == Cell.ROW;
        }
    }

    private final Order order;
    private final List<Item> items;
    private final boolean hasWholeRows;

    ConsoleVertical(Order order, List<Item> items) {
        this.order = order == Order.UNKNOWN ? guess(items) : order;
        this.items = items;
        this.hasWholeRows = items.stream().anyMatch(Item::isRow);
    }

    private static Order guess(List<Item> items) {
        if (items.isEmpty()) {
            return Order.UNKNOWN;
        }
        boolean beginsWithAccount = !items.get(0).isService();
        boolean endsWithAccount = !items.get(items.size() - 1).isService();
        return beginsWithAccount == endsWithAccount
                ? Order.UNKNOWN
                : beginsWithAccount ? Order.ACCOUNT_FIRST : Order.SERVICE_FIRST;
    }

    /** Gives each row with its line, and each line that is left over. */
    void read(BiConsumer<Line, Integer> row, IntConsumer leftOver) {
        if (order == Order.SERVICE_FIRST) {
            readServiceFirst(row, leftOver);
        } else {
            readAccountFirst(row, leftOver);
        }
    }

    private void readAccountFirst(BiConsumer<Line, Integer> row, IntConsumer leftOver) {
        Item account = null;
        for (Item item : items) {
            if (item.isRow()) {
                if (account != null) {
                    leftOver.accept(account.line);
                }
                account = null;
            } else if (!item.isService()) {
                if (account != null) {
                    leftOver.accept(account.line);
                }
                account = item;
            } else {
                row.accept(joined(item, account), item.line);
                account = null;
            }
        }
        if (account != null) {
            leftOver.accept(account.line);
        }
    }

    private void readServiceFirst(BiConsumer<Line, Integer> row, IntConsumer leftOver) {
        Item service = null;
        Item account = null;
        for (Item item : items) {
            if (item.isService() || item.isRow()) {
                if (service != null) {
                    row.accept(joined(service, account), service.line);
                }
                service = item.isRow() ? null : item;
                account = null;
            } else if (service == null || account != null) {
                leftOver.accept(item.line);
            } else {
                account = item;
            }
        }
        if (service != null) {
            row.accept(joined(service, account), service.line);
        }
    }

    private Line joined(Item service, @Nullable Item account) {
        boolean isTold = account != null && order != Order.UNKNOWN && !hasWholeRows;
        return new Line(
                Cell.ROW,
                service.cell.service(),
                isTold && account != null ? account.cell.appId() : Optional.empty(),
                isTold && account != null && account.cell.isAppIdKnown(),
                account != null);
    }
}
