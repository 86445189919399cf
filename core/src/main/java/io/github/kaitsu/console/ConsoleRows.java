package io.github.kaitsu.console;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.text.PastedText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads one line as a row of サービスアカウント, or as one cell of it; columns in any order, whatever separates them. */
final class ConsoleRows {
    enum Cell {
        /** A service, with or without its account, in one line. */
        ROW,
        /** A service's label alone. */
        SERVICE,
        /** An account or an app id alone. */
        ACCOUNT,
        /** A row's shape, and no row. */
        UNREADABLE,
        NOTHING
    }

    /**
     * @param appId in lower case
     * @param isAppIdKnown whether the account's cell was there to tell: with an id, or surely without
     */
    record Line(
            Cell kind,
            @Nullable CloudService service,
            Optional<String> appId,
            boolean isAppIdKnown,
            boolean hasAccount) {}

    private static final String GUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";
    private static final Pattern APP_ID =
            Pattern.compile("(?iu)(?:アプリ|app|application) ?id ?:? ?(" + GUID + ")(?![0-9a-f-])");
    private static final Pattern APP_ID_LABEL = Pattern.compile("(?iu)(?:アプリ|app|application) ?id(?![a-z])");
    private static final Pattern NO_APP_ID = Pattern.compile("(?iu)(?:アプリ|app|application) ?id ?: ?(?:none|なし|無し)");
    private static final Pattern BARE_ID = Pattern.compile("(?i)" + GUID);
    private static final Pattern BRACKETS = Pattern.compile("\\[[^\\[\\]]{1,60}]|\\*{3,}");
    private static final Pattern BAR = Pattern.compile("[|｜]");
    private static final Pattern COMMA = Pattern.compile("[,，]");
    private static final int LONGEST_ROW = 1_000;
    private static final int MOST_WORDS = 4;

    private ConsoleRows() {}

    /** @param bareIds whether a GUID without its name is an app id, as under a column of that name */
    static Line read(ConsoleText text, int line, boolean bareIds) {
        String folded = text.folded(line);
        if (folded.length() > LONGEST_ROW) {
            return mayBeRow(folded) ? nothing(Cell.UNREADABLE) : nothing(Cell.NOTHING);
        }
        List<String> cells = cells(text.cells(line));
        return cells.size() > 1 ? several(text, line, cells, bareIds) : single(text, line, cells, bareIds);
    }

    private static boolean mayBeRow(String folded) {
        return folded.indexOf('@') >= 0 || ConsoleVocabulary.holdsService(PastedText.withoutAddresses(folded));
    }

    /** Tabs and wide gaps; where there are none, bars, or commas if that makes an account one of the pieces. */
    private static List<String> cells(List<String> cells) {
        if (cells.size() != 1) {
            return cells;
        }
        String only = cells.get(0);
        if (BAR.matcher(only).find()) {
            return pieces(BAR, only);
        }
        List<String> pieces = pieces(COMMA, only);
        boolean isCsv = pieces.size() > 1 && pieces.stream().anyMatch(ConsoleRows::isAccount);
        return isCsv ? pieces : cells;
    }

    private static List<String> pieces(Pattern separator, String line) {
        List<String> pieces = new ArrayList<>();
        for (String piece : separator.split(line)) {
            String bare = PastedText.strip(piece, "\"");
            if (!bare.isEmpty()) {
                pieces.add(bare);
            }
        }
        return pieces;
    }

    // ---- several cells

    private static Line several(ConsoleText text, int line, List<String> cells, boolean bareIds) {
        CloudService service = null;
        int services = 0;
        boolean isClean = true;
        for (String cell : cells) {
            Optional<CloudService> label = ConsoleVocabulary.printedService(cell);
            if (label.isPresent()) {
                service = label.get();
                services++;
            } else if (!isStatus(cell)) {
                // The end of another row may have run into this one.
                isClean &= !ConsoleVocabulary.holdsService(PastedText.withoutAddresses(cell));
            }
        }
        String folded = text.folded(line);
        // Two accounts are two rows that ran into one, even where the first one's service cannot be seen any more.
        int accounts =
                PastedText.mailAddresses(folded) + (APP_ID_LABEL.matcher(folded).find() ? 1 : 0);
        if (services == 1 && isClean && accounts <= 1) {
            return row(service, folded, cells, bareIds);
        }
        if (services == 0 && cells.stream().allMatch(c -> isStatus(c))) {
            return nothing(Cell.NOTHING);
        }
        return nothing(Cell.UNREADABLE);
    }

    private static Line row(@Nullable CloudService service, String folded, List<String> cells, boolean bareIds) {
        Matcher id = APP_ID.matcher(folded);
        Optional<String> appId = id.find()
                ? Optional.of(id.group(1).toLowerCase(Locale.ROOT))
                : bareIds ? bareId(cells) : Optional.empty();
        boolean hasLabel = APP_ID_LABEL.matcher(folded).find();
        boolean hasAccount = appId.isPresent() || cells.stream().anyMatch(ConsoleRows::isAccount);
        boolean hasOther = cells.stream().anyMatch(c -> isName(c, service));
        boolean isKnown = appId.isPresent() || (!hasLabel && bareId(cells).isEmpty() && (hasAccount || hasOther));
        return new Line(Cell.ROW, service, appId, isKnown, hasAccount);
    }

    private static Optional<String> bareId(List<String> cells) {
        return cells.stream()
                .filter(c -> BARE_ID.matcher(c).matches())
                .map(c -> c.toLowerCase(Locale.ROOT))
                .findFirst();
    }

    /** A cell that is neither the service nor a status: an account's name. */
    private static boolean isName(String cell, @Nullable CloudService service) {
        return ConsoleVocabulary.service(cell).filter(s -> s == service).isEmpty() && !isStatus(cell);
    }

    private static boolean isStatus(String cell) {
        return ConsoleFurniture.is(cell, List.of(cell)) || ConsoleTimes.isOnlyATime(PastedText.fold(cell));
    }

    // ---- one cell, or cells with a single space between them

    private static Line single(ConsoleText text, int line, List<String> cells, boolean bareIds) {
        String cell = cells.isEmpty() ? "" : PastedText.fold(cells.get(0));
        Optional<CloudService> label = ConsoleVocabulary.printedService(cell);
        if (label.isPresent()) {
            return new Line(Cell.SERVICE, label.get(), Optional.empty(), false, false);
        }
        if (isAppIdLabelAlone(cell) || NO_APP_ID.matcher(cell).matches()) {
            return nothing(Cell.NOTHING); // the id, if there is one, stands below; or a person says that there is none
        }
        if (isAccountAlone(cell)) {
            Line row = row(null, cell, cells, bareIds);
            return new Line(Cell.ACCOUNT, null, row.appId(), row.isAppIdKnown(), true);
        }
        if (BARE_ID.matcher(cell).matches()) {
            boolean isNamed = bareIds || (text.above(line) >= 0 && isAppIdLabelAlone(text.folded(text.above(line))));
            return new Line(Cell.ACCOUNT, null, isNamed ? bareId(List.of(cell)) : Optional.empty(), isNamed, true);
        }
        Line row = accountAndService(cell, bareIds);
        if (row != null) {
            return row;
        }
        if (text.isFurniture(line) || ConsoleTimes.isOnlyATime(cell)) {
            return nothing(Cell.NOTHING);
        }
        boolean beginsLikeARow =
                APP_ID_LABEL.matcher(cell).lookingAt() || BRACKETS.matcher(cell).lookingAt();
        boolean holdsAPiece = ConsoleVocabulary.isPieceOfService(cell) || ConsoleVocabulary.endsInPieceOfService(cell);
        return beginsLikeARow || holdsAPiece || mayBeRow(cell) ? nothing(Cell.UNREADABLE) : nothing(Cell.NOTHING);
    }

    /** {@code admin@example.jp Box}: one account, one whole label, and after it at most a known status or a time. */
    private static @Nullable Line accountAndService(String cell, boolean bareIds) {
        List<String> words = List.of(cell.split(" "));
        for (int first = 1; first < Math.min(words.size(), MOST_WORDS + 1); first++) {
            String account = join(words, 0, first);
            if (!isAccountAlone(account)) {
                continue;
            }
            for (int last = Math.min(words.size(), first + MOST_WORDS); last > first; last--) {
                Optional<CloudService> service = ConsoleVocabulary.printedService(join(words, first, last));
                String rest = join(words, last, words.size());
                if (service.isPresent() && (rest.isEmpty() || isStatus(rest))) {
                    return row(service.get(), cell, List.of(account, join(words, first, last)), bareIds);
                }
            }
        }
        return null;
    }

    private static String join(List<String> words, int from, int to) {
        return String.join(" ", words.subList(from, to));
    }

    /** An address, an app id or what was put in place of either, and nothing beside it. */
    private static boolean isAccountAlone(String cell) {
        String rest = PastedText.strip(PastedText.withoutAddresses(cell), "<>\"");
        boolean isAddress =
                PastedText.mailAddresses(cell) == 1 && rest.isEmpty() && !ConsoleVocabulary.isBesideService(cell);
        return isAddress
                || isAppId(cell)
                || BRACKETS.matcher(PastedText.strip(cell)).matches();
    }

    private static boolean isAppId(String cell) {
        Matcher label = APP_ID_LABEL.matcher(cell);
        if (!label.lookingAt()) {
            return false;
        }
        String rest = PastedText.strip(cell.substring(label.end()), ":：");
        return rest.indexOf(' ') < 0 && !ConsoleVocabulary.holdsService(rest);
    }

    private static boolean isAppIdLabelAlone(String cell) {
        return ConsoleVocabulary.isAppIdLabel(PastedText.strip(cell, ":：*"));
    }

    private static boolean isAccount(String cell) {
        return PastedText.mailAddresses(cell) == 1
                || APP_ID_LABEL.matcher(PastedText.fold(cell)).find();
    }

    private static Line nothing(Cell kind) {
        return new Line(kind, null, Optional.empty(), false, false);
    }
}
