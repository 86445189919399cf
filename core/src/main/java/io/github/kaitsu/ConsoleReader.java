package io.github.kaitsu;

import io.github.kaitsu.ConsoleEntry.Kind;
import io.github.kaitsu.ConsoleReading.ServiceAccountRow;
import io.github.kaitsu.ConsoleVocabulary.Message;
import io.github.kaitsu.internal.PastedText;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the console's lists line by line; see {@link ConsoleReading#parse}. Used once. */
final class ConsoleReader {
    private static final String SPACE = "[\\s\\p{Z}]";
    private static final String SPACES = SPACE + "*";
    private static final String DIGIT = "[0-9０-９]";
    private static final String TWO = "(" + DIGIT + "{2})";
    private static final String SLASH = "[/／]";
    private static final String COLON = "[:：]";
    private static final String DASH = "[-－‐‑‒–—―−ー]";
    private static final String ORGANISATION = "(?:組織|Organi[sz]ation)" + SPACES + COLON;

    private static final Pattern TIME = Pattern.compile("(?<!" + DIGIT + ")(" + DIGIT + "{4})" + SLASH + TWO + SLASH
            + TWO + SPACES + TWO + COLON + TWO + COLON + TWO + "(?!" + DIGIT + ")");
    private static final Pattern DASH_AND_REST = Pattern.compile("^" + SPACES + DASH + SPACES + "(.*)$");
    private static final Pattern AFTER_A_LOST_TIME = Pattern.compile("^" + SPACES + "(?:" + DIGIT + "|" + DASH + ").*");
    private static final Pattern LAST_DASH = Pattern.compile(SPACE + DASH + SPACE + "(.+)$");
    private static final Pattern SENTENCE_END = Pattern.compile("[。｡]|\\.(?=" + SPACE + ")");
    private static final Pattern SEVERITY = Pattern.compile("(?iu)^[^\\p{L}]*(?:" + ORGANISATION + ".*?" + SPACE + ")?"
            + "(?:重大度|Severity)" + SPACES + COLON + "(.*?)(?:" + SPACE + ORGANISATION + ".*)?$");
    private static final String ARROWS = "▼▽▾∨⌄";
    private static final Pattern BULLET = Pattern.compile("^[^\\p{L}\\p{N}]+");
    private static final Pattern APP_ID = Pattern.compile(
            "(?iu)(?:アプリ|app|application) ?id ?: ?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?![0-9a-f-])");
    private static final String PROVISIONED = PastedText.key("Successfully created a service account and synced data.");
    private static final int FIRST_YEAR = 2000;

    private final List<String> lines;
    private final List<@Nullable String> severityAt = new ArrayList<>();
    private final Set<String> severities = new LinkedHashSet<>();
    private final BitSet taken = new BitSet();
    private final Map<Integer, ConsoleEntry> entries = new TreeMap<>();

    ConsoleReader(List<String> lines) {
        this.lines = lines;
    }

    ConsoleReading read() {
        readSeverities();
        readTimedEntries();
        readEntriesThatLostTheirTime();
        ServiceAccounts accounts = new ServiceAccounts();
        return new ConsoleReading(
                List.copyOf(entries.values()),
                accounts.read(),
                accounts.unknown,
                hasCell(ConsoleVocabulary::isTasksHeading),
                hasCell(ConsoleVocabulary::isNotificationsHeading),
                List.copyOf(severities),
                PastedText.key(String.join(" ", lines)).contains(PROVISIONED));
    }

    // ---- severities

    private void readSeverities() {
        String current = null;
        for (int i = 0; i < lines.size(); i++) {
            Optional<String> written = writtenSeverity(lines.get(i));
            if (written.isPresent()) {
                current = severity(written.get(), i);
                if (current != null) {
                    severities.add(current);
                }
            }
            severityAt.add(current);
        }
    }

    private static Optional<String> writtenSeverity(String line) {
        Stream<String> whole = Stream.of(line, PastedText.fold(line)); // as written first: an unknown severity stays so
        return Stream.concat(whole, PastedText.cells(line).stream())
                .map(SEVERITY::matcher)
                .filter(Matcher::find)
                .map(m -> m.group(1))
                .findFirst();
    }

    private @Nullable String severity(String written, int line) {
        taken.set(line);
        String value = withoutDropDown(PastedText.strip(written));
        if (!value.isEmpty()) {
            return value;
        }
        int below = nextFilled(line);
        if (below >= 0 && ConsoleVocabulary.isSeverity(lines.get(below))) {
            taken.set(below);
            return PastedText.strip(lines.get(below));
        }
        return null;
    }

    /** The arrow of a drop-down list, as copied or as text recognition describes it: {@code [dropdown]}. */
    private static String withoutDropDown(String written) {
        String value = written;
        while (value.endsWith("]") && value.lastIndexOf('[') >= 0) {
            value = PastedText.strip(value.substring(0, value.lastIndexOf('[')));
        }
        return PastedText.strip(value, ARROWS);
    }

    // ---- entries

    private void readTimedEntries() {
        for (int i = 0; i < lines.size(); i++) {
            if (!taken.get(i)) {
                readTimedEntry(i);
            }
        }
    }

    private void readTimedEntry(int line) {
        String text = lines.get(line);
        Matcher time = TIME.matcher(text);
        while (time.find()) {
            String rest = text.substring(time.end());
            Matcher dash = DASH_AND_REST.matcher(rest);
            if (dash.find()) {
                Organisation organisation = organisation(dash.group(1), line, false);
                add(line, text.substring(0, time.start()), time, organisation);
                return;
            }
            if (PastedText.strip(rest).isEmpty()) {
                Organisation organisation = organisation("", line, true);
                if (organisation.name != null || isMessage(text.substring(0, time.start()), line)) {
                    add(line, text.substring(0, time.start()), time, organisation);
                }
                return;
            }
        }
    }

    /** What follows the dash, perhaps on the next line, perhaps with the row's own severity in a further cell. */
    private record Organisation(
            @Nullable String name, @Nullable String severity, int lastLine) {}

    private Organisation organisation(String written, int line, boolean dashIsBelow) {
        String text = PastedText.strip(written);
        int lastLine = line;
        int below = nextFilled(line);
        if (text.isEmpty() && below == line + 1 && !taken.get(below)) {
            String next = lines.get(below);
            Matcher dash = DASH_AND_REST.matcher(next);
            boolean hasDash = dash.find();
            boolean isName = hasDash || (!isBareMessage(below) && !isStructure(below));
            if (hasDash == dashIsBelow && isName && !TIME.matcher(next).find()) {
                text = PastedText.strip(hasDash ? dash.group(1) : next);
                lastLine = below;
            }
        }
        List<String> cells = PastedText.cells(text);
        String last = cells.isEmpty() ? "" : cells.get(cells.size() - 1);
        String severity = cells.size() > 1 && ConsoleVocabulary.isSeverity(last) ? last : null;
        String name = severity == null ? text : text.substring(0, text.lastIndexOf(last));
        name = PastedText.strip(name.split("\t", 2)[0]);
        // Two lines run into one: the name is not to be told from the next message.
        boolean isGarbled = TIME.matcher(name).find();
        return new Organisation(name.isEmpty() || isGarbled ? null : name, severity, lastLine);
    }

    private boolean isMessage(String written, int line) {
        return ConsoleVocabulary.message(bare(written)).isPresent()
                || (bare(written).isEmpty() && lastFilled(line) >= 0 && isBareMessage(lastFilled(line)));
    }

    private void add(int line, String written, Matcher time, Organisation organisation) {
        List<String> cells = PastedText.cells(written);
        boolean hasSeverity = cells.size() > 1 && ConsoleVocabulary.isSeverity(cells.get(0));
        String message = bare(hasSeverity ? String.join(" ", cells.subList(1, cells.size())) : written);
        int firstLine = line;
        int above = lastFilled(line);
        if (above >= 0 && isFree(above)) {
            String joined = bare(lines.get(above)) + " " + message;
            // A broken message is told from a whole one by being known: "Drop" above "boxは…" is Dropbox, not Box.
            if (message.isEmpty() || ConsoleVocabulary.message(joined).isPresent()) {
                message = joined;
                firstLine = above;
            }
        }
        String own = hasSeverity ? cells.get(0) : organisation.severity;
        String severity = own != null ? own : severityAt.get(line);
        taken.set(firstLine, organisation.lastLine + 1);
        String raw = PastedText.strip(String.join("\n", lines.subList(firstLine, organisation.lastLine + 1)));
        entries.put(firstLine, entry(message, severity, organisation.name, instant(time), raw));
    }

    private void readEntriesThatLostTheirTime() {
        for (int i = 0; i < lines.size(); i++) {
            if (taken.get(i)) {
                continue;
            }
            String text = lines.get(i);
            if (isBareMessage(i)) {
                entries.put(i, entry(text, severityAt.get(i), null, null, PastedText.strip(text)));
                continue;
            }
            Matcher end = SENTENCE_END.matcher(text);
            if (end.find()
                    && ConsoleVocabulary.message(bare(text.substring(0, end.end())))
                            .isPresent()
                    && AFTER_A_LOST_TIME.matcher(text.substring(end.end())).matches()) {
                Matcher dash = LAST_DASH.matcher(text.substring(end.end()));
                String organisation = dash.find() ? PastedText.strip(dash.group(1)) : null;
                entries.put(
                        i,
                        entry(
                                text.substring(0, end.end()),
                                severityAt.get(i),
                                organisation,
                                null,
                                PastedText.strip(text)));
            }
        }
    }

    private static ConsoleEntry entry(
            String message,
            @Nullable String severity,
            @Nullable String organisation,
            @Nullable Instant time,
            String raw) {
        Optional<Message> known = ConsoleVocabulary.message(bare(message));
        CloudService service = known.map(Message::service)
                .or(() -> ConsoleVocabulary.subject(bare(message)))
                .orElse(null);
        return new ConsoleEntry(
                service, known.map(Message::kind).orElse(Kind.OTHER), severity, organisation, time, raw);
    }

    private static @Nullable Instant instant(Matcher time) {
        int[] part = new int[6];
        for (int i = 0; i < part.length; i++) {
            part[i] = Integer.parseInt(time.group(i + 1)); // reads digits of every width
        }
        try {
            LocalDateTime read = LocalDateTime.of(part[0], part[1], part[2], part[3], part[4], part[5]);
            return read.getYear() < FIRST_YEAR ? null : read.toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            return null;
        }
    }

    // ---- lines

    private static String bare(String text) {
        return BULLET.matcher(PastedText.strip(text)).replaceFirst("");
    }

    private boolean isBareMessage(int line) {
        return !taken.get(line)
                && ConsoleVocabulary.message(bare(lines.get(line))).isPresent();
    }

    /** Whether a line may be the beginning of the message below it. */
    private boolean isFree(int line) {
        return !taken.get(line)
                && !bare(lines.get(line)).isEmpty()
                && !TIME.matcher(lines.get(line)).find()
                && !isStructure(line);
    }

    /** Whether a line is a heading, a column or a filter. */
    private boolean isStructure(int line) {
        return writtenSeverity(lines.get(line)).isPresent()
                || PastedText.cells(lines.get(line)).stream()
                        .anyMatch(c -> ConsoleVocabulary.isTasksHeading(c)
                                || ConsoleVocabulary.isNotificationsHeading(c)
                                || ConsoleVocabulary.isServiceAccountHeading(c)
                                || ConsoleVocabulary.isServiceTypeColumn(c));
    }

    private int nextFilled(int line) {
        for (int i = line + 1; i < lines.size(); i++) {
            if (!PastedText.strip(lines.get(i)).isEmpty()) {
                return i;
            }
        }
        return -1;
    }

    /** The filled line above, if at most one empty line lies between. */
    private int lastFilled(int line) {
        for (int i = line - 1; i >= Math.max(0, line - 2); i--) {
            if (!PastedText.strip(lines.get(i)).isEmpty()) {
                return i;
            }
        }
        return -1;
    }

    private boolean hasCell(Predicate<String> predicate) {
        return lines.stream().map(PastedText::cells).flatMap(List::stream).anyMatch(predicate);
    }

    // ---- service accounts

    private final class ServiceAccounts {
        private final List<ServiceAccountRow> rows = new ArrayList<>();
        private final List<String> unknown = new ArrayList<>();
        private static final int LONGEST_LABEL = 40;

        private enum Place {
            ELSEWHERE,
            PAGE,
            TABLE
        }

        Optional<List<ServiceAccountRow>> read() {
            boolean way = lines.stream().anyMatch(ConsoleVocabulary::isServiceAccountBreadcrumb);
            boolean heading = hasCell(ConsoleVocabulary::isServiceAccountHeading);
            boolean table = lines.stream().anyMatch(ServiceAccounts::isTableHead);
            if (!way && !(heading && table)) {
                return Optional.empty();
            }
            Place place = Place.ELSEWHERE;
            for (int i = 0; i < lines.size(); i++) {
                String line = lines.get(i);
                if (ConsoleVocabulary.isServiceAccountBreadcrumb(line)) {
                    place = Place.PAGE;
                } else if (isTableHead(line)) {
                    place = Place.TABLE;
                } else if (isElsewhere(line)) {
                    place = Place.ELSEWHERE;
                } else if (place != Place.ELSEWHERE && !taken.get(i)) {
                    readRow(line, place);
                }
            }
            return Optional.of(rows);
        }

        private void readRow(String line, Place place) {
            List<String> cells = PastedText.cells(line);
            for (int c = cells.size() - 1; c >= 0; c--) { // from the right: only a status may follow the service
                Optional<CloudService> service = ConsoleVocabulary.service(cells.get(c));
                if (service.isPresent()) {
                    // Before the table a lone label is the open menu 追加, which lists what is not linked.
                    if (cells.size() > 1 || place == Place.TABLE) {
                        rows.add(new ServiceAccountRow(service.get(), appId(line), PastedText.strip(line)));
                    }
                    return;
                }
            }
            if (place == Place.TABLE && (cells.size() > 1 || endsInService(line))) {
                unknown.add(PastedText.strip(line));
            }
        }

        private static boolean isTableHead(String line) {
            return PastedText.cells(line).stream().anyMatch(ConsoleVocabulary::isServiceTypeColumn)
                    || Stream.of(PastedText.fold(line).split(" ")).anyMatch(ConsoleVocabulary::isServiceTypeColumn);
        }

        private static boolean isElsewhere(String line) {
            List<String> cells = PastedText.cells(line);
            return cells.stream().anyMatch(ConsoleVocabulary::isTasksHeading)
                    || cells.stream().anyMatch(ConsoleVocabulary::isNotificationsHeading)
                    || (cells.size() == 1 && ConsoleVocabulary.isOtherPage(cells.get(0)))
                    || writtenSeverity(line).isPresent();
        }

        /** A row whose cells run into each other: not to be read, and not to be overlooked either. */
        private static boolean endsInService(String line) {
            String text = PastedText.fold(line);
            int from = Math.max(0, text.length() - LONGEST_LABEL);
            for (int space = text.indexOf(' ', from); space >= 0; space = text.indexOf(' ', space + 1)) {
                if (ConsoleVocabulary.service(text.substring(space + 1)).isPresent()) {
                    return true;
                }
            }
            return false;
        }

        private static Optional<String> appId(String line) {
            Matcher m = APP_ID.matcher(PastedText.fold(line));
            return m.find() ? Optional.of(m.group(1).toLowerCase(Locale.ROOT)) : Optional.empty();
        }
    }
}
