package io.github.kaitsu.console;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.Edition;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.console.ConsoleEntry.Kind;
import io.github.kaitsu.text.PastedText;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What a pasted or scanned text of the console shows, in parts (rules COMMON-12, -13, -19, -21).
 *
 * <p>Each part is complete, missing or unreadable. Whatever was not recognised is absent, never guessed; "seen and empty" differs
 * from "not seen", and what looks like a line of a part and could not be read counts against us. Whole pages may be pasted, in
 * any order and more than once. Immutable and thread-safe.
 *
 * @param parts the state of every part, in order
 * @param shortParts the parts that were typed in the short form, not copied
 * @param entries the lines of both lists, and what there has a line's shape, in the order of the text
 * @param success the lines under 成功しました, and those that name no severity and say that something was done; each once
 * @param pending the lines under 保留, and whatever there has a line's shape, its service then perhaps null; each once
 * @param statedPending the number of 保留 as typed in the short form; -1 if none was
 * @param successLists which lists {@link Part#SUCCESS} covers
 * @param rows the rows of サービスアカウント that were understood whole
 * @param listings what is known of each service's row; a service that is not in it is {@link Listing#UNKNOWN}
 * @param organisations the rows of 組織管理
 * @param wizard the page that grants access, if the text holds anything of one
 * @param clock the header's clock, as an instant of its printed zone; of several pages the latest
 * @param unread the lines that were not understood, word for word, each once; the furniture of the console is not among them
 * @param counts the printed counts that differ from the number of lines
 * @param headings what was on the screen, for those who turn its pages
 */
public record ConsoleReading(
        Map<Part, PartState> parts,
        Set<Part> shortParts,
        List<ConsoleEntry> entries,
        List<ConsoleEntry> success,
        List<ConsoleEntry> pending,
        int statedPending,
        Set<ListKind> successLists,
        List<ServiceAccountRow> rows,
        Map<CloudService, Listing> listings,
        List<OrganisationRow> organisations,
        Optional<Wizard> wizard,
        Optional<Instant> clock,
        List<String> unread,
        List<Count> counts,
        Headings headings) {

    /** What a reading can hold. */
    public enum Part {
        /** 運用管理 &gt; サービスアカウント. */
        ACCOUNTS,
        /** 通知 or タスクリスト under 成功しました; which, {@link #successLists} says. */
        SUCCESS,
        /** タスクリスト under 保留. */
        PENDING,
        /** The page that grants access to one service, in {@link Edition#CONSOLE_2024_07} with its result. */
        WIZARD,
        /** 運用管理 &gt; 組織管理. */
        ORGANISATIONS,
        /** The header's clock with its zone. */
        CLOCK
    }

    /** How far a part was read. */
    public enum PartState {
        /** Seen whole: what is not in it, the console does not show. */
        COMPLETE,
        /** Not in the text. */
        MISSING,
        /** Seen, and something of it could not be read or contradicts itself: it says nothing about what is absent. */
        UNREADABLE
    }

    /** The two lists of the bell. */
    public enum ListKind {
        /** 通知. */
        NOTIFICATIONS,
        /** タスクリスト. */
        TASKS
    }

    /** Whether a service is linked, as サービスアカウント shows it. */
    public enum Listing {
        /** It is in a complete list. */
        LISTED,
        /** It is not in a complete list. */
        ABSENT,
        /** The list was not read, or not all of it. */
        UNKNOWN
    }

    /**
     * One linked service.
     *
     * @param appId the アプリID of SharePoint Online and Microsoft Teams, a GUID in lower case
     * @param isAppIdKnown whether the cell of the account was there to tell; if so, no app id means that the row has none
     * @param raw the line as pasted
     */
    public record ServiceAccountRow(CloudService service, Optional<String> appId, boolean isAppIdKnown, String raw) {}

    /** One organisation of the console and the services granted under it; name as written. */
    public record OrganisationRow(String name, List<CloudService> services) {
        /** Keeps an unmodifiable copy. */
        public OrganisationRow {
            services = List.copyOf(services);
        }
    }

    /**
     * The page that grants access to one service.
     *
     * @param sentence a whole line that we do not know and that the page shows as its result
     * @param succeeded whether the sentence that ends the wizard of {@link Edition#CONSOLE_2024_07} stands there as a whole
     *     line, not within a longer one or a quotation
     * @param asksForPermission whether an アプリID with 完了 is shown, so that SharePoint's permission is still to be given
     * @param appId that app id, or one typed in the short form; a GUID in lower case
     * @param titles the services that the pages' titles name; empty where none was copied
     */
    public record Wizard(
            Optional<String> sentence,
            boolean succeeded,
            boolean asksForPermission,
            Optional<String> appId,
            Set<CloudService> titles) {
        /** Keeps an unmodifiable copy. */
        public Wizard {
            titles = Set.copyOf(titles);
        }

        /** Whether it is this service's as far as its titles tell. */
        public boolean mayBeOf(CloudService service) {
            return titles.isEmpty() || titles.equals(Set.of(service));
        }
    }

    /** A printed count that differs from the number of lines read; only a smaller one contradicts. */
    public record Count(Part part, int printed, int read) {}

    /** Which headings, filters and pages were seen. */
    public record Headings(boolean tasks, boolean notifications, List<String> severities, boolean accountsPage) {
        /** Keeps an unmodifiable copy. */
        public Headings {
            severities = List.copyOf(severities);
        }
    }

    /** Keeps unmodifiable copies. */
    public ConsoleReading {
        parts = Collections.unmodifiableMap(new EnumMap<>(parts));
        shortParts = Set.copyOf(shortParts);
        entries = List.copyOf(entries);
        success = List.copyOf(success);
        pending = List.copyOf(pending);
        successLists = Set.copyOf(successLists);
        rows = List.copyOf(rows);
        listings = Map.copyOf(listings);
        organisations = List.copyOf(organisations);
        unread = List.copyOf(unread);
        counts = List.copyOf(counts);
    }

    /**
     * Reads text in Japanese or English, however it was copied. Text without anything of the console gives an empty reading.
     *
     * @throws KaitsuException {@link ErrorCode#INVALID_CONSOLE_TEXT} if it is longer than any console's page
     */
    public static ConsoleReading parse(String text) {
        return parse(text, Set.of());
    }

    /**
     * As {@link #parse(String)}, for a console whose furniture is known.
     *
     * @param furniture what a person called furniture of this console: lines as {@link #furnitureKey} gives them. Such a line is
     *     neither unread nor of an entry's shape; a whole line of a list or table stays what it is
     */
    public static ConsoleReading parse(String text, Set<String> furniture) {
        if (text.length() > PastedText.LONGEST) {
            throw KaitsuException.of(ErrorCode.INVALID_CONSOLE_TEXT, "too-long");
        }
        return new ConsoleReader(text, Set.copyOf(furniture)).read();
    }

    /** A line in the form in which furniture is compared: without width, case and spaces. */
    public static String furnitureKey(String line) {
        return PastedText.key(line);
    }

    /** Whether this part is there, and readable as a whole. */
    public PartState state(Part part) {
        return parts.getOrDefault(part, PartState.MISSING);
    }

    /** Whether a part was given in the short form, by typed words, and not as a copied page. */
    public boolean isShort(Part part) {
        return shortParts.contains(part);
    }

    /** Whether anything of the console was recognised; a clock alone is on too many pages. */
    public boolean isRecognised() {
        boolean hasPart =
                parts.entrySet().stream().anyMatch(p -> p.getKey() != Part.CLOCK && p.getValue() != PartState.MISSING);
        return hasPart
                || !entries.isEmpty()
                || !listings.isEmpty()
                || headings.tasks
                || headings.notifications
                || !headings.severities.isEmpty();
    }

    /** {@link Listing#ABSENT} only if the whole list was read, or a person typed that this service is not in it. */
    public Listing listed(CloudService service) {
        return listings.getOrDefault(service, Listing.UNKNOWN);
    }

    /** The app id of a service's row; of two rows that differ none. */
    public Optional<String> appId(CloudService service) {
        List<String> ids = rows.stream()
                .filter(r -> r.service == service)
                .flatMap(r -> r.appId.stream())
                .distinct()
                .toList();
        return ids.size() == 1 ? Optional.of(ids.get(0)) : Optional.empty();
    }

    /** Whether {@link #appId} is an answer: the id is there, or the row surely has none. */
    public boolean isAppIdKnown(CloudService service) {
        List<ServiceAccountRow> own =
                rows.stream().filter(r -> r.service == service).toList();
        return !own.isEmpty()
                && own.stream().allMatch(ServiceAccountRow::isAppIdKnown)
                && own.stream().map(ServiceAccountRow::appId).distinct().count() == 1;
    }

    /**
     * SHA-256 in hexadecimal over the lines and rows that were understood, whatever their order, spaces and widths: tells
     * whether one text was pasted for two customers. Where no line has a time, over the accounts; empty if none is named there, since
     * such texts may well be alike. Of a part of a text, {@link ConsoleEntry#fingerprint} tells.
     */
    public String fingerprint() {
        return ConsoleFingerprint.of(entries, rows);
    }

    // ---- what was on the screen, for those who turn its pages; the engine goes by the parts above

    /** The rows of the page サービスアカウント; empty if the text does not hold that page. */
    public Optional<List<ServiceAccountRow>> serviceAccounts() {
        return headings.accountsPage ? Optional.of(rows) : Optional.empty();
    }

    /** Whether a service is listed as linked; empty if the text does not hold the page サービスアカウント. */
    public Optional<Boolean> isListed(CloudService service) {
        return serviceAccounts().map(r -> r.stream().anyMatch(row -> row.service == service));
    }

    /** Whether the heading タスクリスト / Tasks was seen. */
    public boolean tasks() {
        return headings.tasks;
    }

    /** Whether the heading 通知 / Notifications was seen. */
    public boolean notifications() {
        return headings.notifications;
    }

    /** The filters 重大度 / Severity that were seen, as written. */
    public List<String> severities() {
        return headings.severities;
    }

    /** Whether a list was shown under 保留 / Pending; without it the absence of a pending line says nothing. */
    public boolean showsPending() {
        return headings.severities.stream().anyMatch(ConsoleVocabulary::isPending);
    }

    /** Whether a list was shown under 失敗 / Failed. */
    public boolean showsFailures() {
        return headings.severities.stream().anyMatch(ConsoleVocabulary::isFailure);
    }

    /** The latest line that says this service of this organisation is protected, under 成功しました or no severity at all. */
    public Optional<ConsoleEntry> protectedEntry(CloudService service, String organisation) {
        return entries.stream()
                .filter(e -> e.event() == Kind.PROTECTED && e.service() == service && e.isOf(organisation))
                .filter(e -> e.severity() == null || e.isSuccess())
                .max(Comparator.comparing(e -> Objects.requireNonNull(e.time()))); // PROTECTED never lacks its time
    }
}
