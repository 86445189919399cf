package io.github.kaitsu.console;

import io.github.kaitsu.text.PastedText;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The heads of the console's tables, in one line or one column a line, and the order of their columns. */
final class ConsoleTableHeads {
    private static final Pattern WAY = Pattern.compile("[>›»→⇒]");
    private static final Pattern COMMA = Pattern.compile("[,，]");
    private static final Pattern QUOTE = Pattern.compile("\"");
    private static final int LONGEST = 300;
    private static final int NEAR = 3;

    /** Whose column stands first. */
    enum Order {
        ACCOUNT_FIRST,
        SERVICE_FIRST,
        UNKNOWN
    }

    private final ConsoleText text;

    ConsoleTableHeads(ConsoleText text) {
        this.text = text;
    }

    /** 運用管理 &gt; サービスアカウント, in one line or three. */
    boolean isAccountsWay(int line) {
        if (ConsoleVocabulary.isServiceAccountBreadcrumb(text.line(line))) {
            return true;
        }
        int arrow = text.above(line);
        int top = arrow < 0 ? -1 : text.above(arrow);
        return top >= 0
                && ConsoleVocabulary.isServiceAccountHeading(text.folded(line))
                && WAY.matcher(text.folded(arrow)).matches()
                && ConsoleVocabulary.isAdministration(text.folded(top));
    }

    /**
     * A line that holds the column サービスの種類 / Service Type: as a cell, or among other heads and nothing else. A row that ran
     * into the head stands in it still: {@link #isMixed}.
     */
    boolean isAccountsTable(int line) {
        return ConsoleVocabulary.holdsServiceTypeColumn(text.key(line))
                && (hasCell(line, ConsoleVocabulary::isServiceTypeColumn)
                        || isHeadInWords(line, ConsoleVocabulary::isServiceTypeColumn));
    }

    boolean isOrganisationsTable(int line) {
        return (ConsoleVocabulary.holdsGrantedServicesColumn(text.key(line))
                        && (hasCell(line, ConsoleVocabulary::isGrantedServicesColumn)
                                || isHeadInWords(line, ConsoleVocabulary::isGrantedServicesColumn)))
                || ConsoleVocabulary.isOrganisationsBreadcrumb(text.line(line));
    }

    /** Whether a head holds more than heads: an address or a service's label. */
    boolean isMixed(int line) {
        String folded = text.folded(line);
        return folded.indexOf('@') >= 0 || ConsoleVocabulary.holdsService(folded);
    }

    private boolean hasCell(int line, Predicate<String> column) {
        return cells(line).stream().anyMatch(column);
    }

    /** Cells of the head; commas separate them only where every piece is a head. */
    private List<String> cells(int line) {
        List<String> cells = text.cells(line);
        String folded = text.folded(line);
        if (cells.size() == 1 && folded.length() <= LONGEST && folded.indexOf(',') >= 0) {
            List<String> pieces = COMMA.splitAsStream(
                            QUOTE.matcher(cells.get(0)).replaceAll(""))
                    .map(PastedText::strip)
                    .filter(piece -> !piece.isEmpty())
                    .toList();
            return pieces.stream().allMatch(p -> isHead(p)) ? pieces : cells;
        }
        return cells;
    }

    private static boolean isHead(String cell) {
        return ConsoleVocabulary.isServiceTypeColumn(cell)
                || ConsoleVocabulary.isAccountColumn(cell)
                || ConsoleVocabulary.isAppIdLabel(cell)
                || ConsoleFurniture.isLabel(cell);
    }

    /** Heads with single spaces between them: words are joined, longest first, until every one is a head. */
    private boolean isHeadInWords(int line, Predicate<String> column) {
        String folded = text.folded(line);
        if (folded.length() > LONGEST || folded.indexOf(' ') < 0) {
            return false;
        }
        List<String> words = List.of(folded.split(" "));
        boolean found = false;
        int from = 0;
        while (from < words.size()) {
            int to = words.size();
            while (to > from && !isHead(String.join(" ", words.subList(from, to)))) {
                to--;
            }
            if (to == from) {
                return false;
            }
            found |= column.test(String.join(" ", words.subList(from, to)));
            from = to;
        }
        return found;
    }

    /** The order of the columns account and service at a head of {@link #isAccountsTable}. */
    Order order(int line) {
        String folded = text.folded(line);
        int service = firstOf(folded, SERVICE_WORDS);
        int account = firstOf(folded, ACCOUNT_WORDS);
        if (account >= 0 && service >= 0) {
            return account < service ? Order.ACCOUNT_FIRST : Order.SERVICE_FIRST;
        }
        int above = line;
        int below = line;
        for (int i = 0; i < NEAR; i++) {
            above = above < 0 ? -1 : text.above(above);
            below = below < 0 ? -1 : text.below(below);
            if (above >= 0 && ConsoleVocabulary.isAccountColumn(text.folded(above))) {
                return Order.ACCOUNT_FIRST;
            }
            if (below >= 0 && ConsoleVocabulary.isAccountColumn(text.folded(below))) {
                return Order.SERVICE_FIRST;
            }
        }
        return Order.UNKNOWN;
    }

    private static final Set<String> SERVICE_WORDS = Set.of("サービスの種類", "Service Type", "Type of service");
    private static final Set<String> ACCOUNT_WORDS = Set.of("アカウント名", "登録トークン", "Account Name", "Account ", "Token");

    private static int firstOf(String text, Set<String> words) {
        return words.stream().mapToInt(text::indexOf).filter(i -> i >= 0).min().orElse(-1);
    }

    /** Whether the head has a column of its own for app ids, so that a bare id there is one. */
    boolean hasAppIdColumn(int line) {
        return hasCell(line, ConsoleVocabulary::isAppIdLabel);
    }
}
