package io.github.kaitsu.console;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.console.ConsoleReading.Listing;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a person types on a phone instead of copying a page (COMMON-19): {@code 保留: 0}, {@code サービスアカウント: Box、Dropbox},
 * {@code Box: listed}, {@code 成功: なし}. One a line, whole; a sentence that merely says so is none, and neither is the filter
 * 重大度: 保留.
 */
final class ConsoleShortForms {
    private static final String NONE_JA = "(?:なし|無し|ありません)";
    private static final Pattern PENDING = Pattern.compile(
            "保留 ?[:：]? ?(?:([0-9]{1,4}) ?件?|" + NONE_JA + ")|(?i:pending ?: ?(?:([0-9]{1,4})|none|nothing))");
    private static final Pattern ACCOUNTS =
            Pattern.compile("(?:サービスアカウント|一覧) ?: ?(.+)|(?i:(?:service accounts?|accounts) ?: ?(.+))");
    private static final Pattern ONE =
            Pattern.compile("(?i)([^:]{1,40}?) ?: ?(?:(一覧にある|一覧にあり|一覧にあります|listed)|一覧にない|一覧になし|一覧にありません|not listed)");
    private static final Pattern NO_SUCCESS = Pattern.compile("成功 ?[:：]? ?" + NONE_JA + "|(?i:success ?: ?none)");
    private static final Pattern NONE = Pattern.compile(NONE_JA + "|(?i:none)");
    private static final Pattern SEPARATOR = Pattern.compile(" ?[、,，・/] ?");
    private static final int LONGEST = 400;

    private final Set<Integer> pending = new LinkedHashSet<>();
    private final Map<CloudService, Listing> listings = new EnumMap<>(CloudService.class);
    private final List<String> unknown = new ArrayList<>();
    private boolean listsAll;
    private boolean contradicts;
    private boolean noSuccess;

    ConsoleShortForms(ConsoleText text) {
        for (int i = 0; i < text.size(); i++) {
            String line = text.folded(i);
            if (!line.isEmpty() && line.length() <= LONGEST && read(line)) {
                text.take(i);
            }
        }
    }

    private boolean read(String line) {
        Matcher count = PENDING.matcher(line);
        if (count.matches()) {
            String written = count.group(1) == null ? count.group(2) : count.group(1);
            pending.add(written == null ? 0 : Integer.parseInt(written));
            return true;
        }
        if (NO_SUCCESS.matcher(line).matches()) {
            noSuccess = true;
            return true;
        }
        Matcher all = ACCOUNTS.matcher(line);
        if (all.matches()) {
            return readAll(all.group(1) == null ? all.group(2) : all.group(1), line);
        }
        Matcher one = ONE.matcher(line);
        Optional<CloudService> service = one.matches() ? typed(one.group(1)) : Optional.empty();
        service.ifPresent(s -> state(s, one.group(2) == null ? Listing.ABSENT : Listing.LISTED));
        return service.isPresent();
    }

    private boolean readAll(String written, String line) {
        List<CloudService> services = new ArrayList<>();
        boolean whole = true;
        if (!NONE.matcher(written).matches()) {
            for (String item : SEPARATOR.split(written)) {
                Optional<CloudService> service = typed(item);
                whole &= service.isPresent();
                service.ifPresent(services::add);
            }
        }
        if (!whole && services.isEmpty()) {
            return false; // some other line with a colon
        }
        services.forEach(s -> state(s, Listing.LISTED));
        if (whole) {
            for (CloudService s : CloudService.values()) {
                if (!services.contains(s)) {
                    state(s, Listing.ABSENT);
                }
            }
        } else {
            unknown.add(line);
        }
        listsAll = true;
        return true;
    }

    private void state(CloudService service, Listing listing) {
        Listing before = listings.putIfAbsent(service, listing);
        if (before != null && before != listing) {
            listings.put(service, Listing.UNKNOWN);
            contradicts = true;
        }
    }

    /** A label, or what the command line takes as well: typed words may be small and short, "Teams". */
    private static Optional<CloudService> typed(String written) {
        return ConsoleVocabulary.service(written).or(() -> CloudService.parse(written));
    }

    /** The numbers of 保留 that were stated; more than one contradicts. */
    Set<Integer> pending() {
        return pending;
    }

    /** Of each service that was spoken of. */
    Map<CloudService, Listing> listings() {
        return listings;
    }

    /** Whether the whole list was given, understood or not. */
    boolean listsAll() {
        return listsAll;
    }

    boolean accountsContradict() {
        return contradicts;
    }

    /** Lists of which not every item is a service. */
    List<String> unknown() {
        return unknown;
    }

    /** {@code 成功: なし}: no line of success in either list. */
    boolean noSuccess() {
        return noSuccess;
    }
}
