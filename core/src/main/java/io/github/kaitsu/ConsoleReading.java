package io.github.kaitsu;

import io.github.kaitsu.ConsoleEntry.Kind;
import io.github.kaitsu.internal.PastedText;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a pasted or scanned text of the console shows: notifications, tasks and service accounts (rule COMMON-12).
 *
 * <p>Whatever was not recognised is absent, never guessed, and "seen and empty" differs from "not seen". Immutable.
 *
 * @param entries the lines of both lists, in the order of the text
 * @param serviceAccounts the rows of the page サービスアカウント / Service Account; empty if the text does not hold that page
 * @param unknownRows lines of that page's table that end in no known service, as pasted; also what only looks like a row
 * @param tasks whether the heading タスクリスト / Tasks was seen; the console shows it beside 通知 while that list is open
 * @param notifications whether the heading 通知 / Notifications was seen, with the same caution
 * @param severities the filters 重大度 / Severity that were seen, as written: with 保留 among them and no {@link #pending}
 *     line, nothing was pending
 * @param provisionedSentence whether the sentence was seen that ends the wizard of {@link Edition#CONSOLE_2024_07}
 */
public record ConsoleReading(
        List<ConsoleEntry> entries,
        Optional<List<ServiceAccountRow>> serviceAccounts,
        List<String> unknownRows,
        boolean tasks,
        boolean notifications,
        List<String> severities,
        boolean provisionedSentence) {

    /**
     * One linked service.
     *
     * @param appId the アプリID of SharePoint Online and Microsoft Teams, a GUID in lower case
     * @param raw the line as pasted
     */
    public record ServiceAccountRow(CloudService service, Optional<String> appId, String raw) {}

    public ConsoleReading {
        entries = List.copyOf(entries);
        serviceAccounts = serviceAccounts.map(List::copyOf);
        unknownRows = List.copyOf(unknownRows);
        severities = List.copyOf(severities);
    }

    /**
     * Reads text in Japanese or English, however it was copied. Text without anything of the console gives an empty reading.
     *
     * @throws KaitsuException {@link ErrorCode#INVALID_CONSOLE_TEXT} if it is longer than any console's page
     */
    public static ConsoleReading parse(String text) {
        if (text.length() > PastedText.LONGEST) {
            throw KaitsuException.of(ErrorCode.INVALID_CONSOLE_TEXT, "too-long");
        }
        return new ConsoleReader(PastedText.lines(text)).read();
    }

    /** Whether anything of the console was recognised. */
    public boolean isRecognised() {
        return !entries.isEmpty()
                || serviceAccounts.isPresent()
                || tasks
                || notifications
                || !severities.isEmpty()
                || provisionedSentence;
    }

    /** The lines under 保留 / Pending: while there is one, no other app can be linked (COMMON-13). */
    public List<ConsoleEntry> pending() {
        return entries.stream().filter(ConsoleEntry::isPending).toList();
    }

    /** Whether the list was shown under 保留 / Pending; without it the absence of a pending line says nothing. */
    public boolean showsPending() {
        return severities.stream().anyMatch(ConsoleVocabulary::isPending);
    }

    /** Whether a service is listed as linked; empty if the text does not hold the page サービスアカウント. */
    public Optional<Boolean> isListed(CloudService service) {
        return serviceAccounts.map(rows -> rows.stream().anyMatch(r -> r.service() == service));
    }

    /** The latest line that says this service of this organisation is protected, under 成功しました or no severity at all. */
    public Optional<ConsoleEntry> protectedEntry(CloudService service, String organisation) {
        return protectedEntries(service, organisation).stream()
                .max(Comparator.comparing(e -> Objects.requireNonNull(e.time()))); // PROTECTED never lacks its time
    }

    /** As {@link #protectedEntry}, but only a line that an earlier reading did not hold (COMMON-12). */
    public Optional<ConsoleEntry> newlyProtectedEntry(
            CloudService service, String organisation, ConsoleReading baseline) {
        return protectedEntries(service, organisation).stream()
                .filter(e -> baseline.entries.stream().noneMatch(e::isSameLineAs))
                .findFirst();
    }

    private List<ConsoleEntry> protectedEntries(CloudService service, String organisation) {
        return entries.stream()
                .filter(e -> e.event() == Kind.PROTECTED && e.service() == service && e.isOf(organisation))
                .filter(e -> e.severity() == null || e.isSuccess())
                .toList();
    }
}
