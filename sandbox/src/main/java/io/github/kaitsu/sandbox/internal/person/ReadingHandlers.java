package io.github.kaitsu.sandbox.internal.person;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.console.ConsoleEntry;
import io.github.kaitsu.console.ConsoleReading;
import io.github.kaitsu.console.ConsoleReading.Part;
import io.github.kaitsu.operator.Answer;
import io.github.kaitsu.operator.OperatorAction;
import io.github.kaitsu.sandbox.ConsoleLine;
import io.github.kaitsu.sandbox.internal.View;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is read in the console and asked about it (COMMON-11 to COMMON-13, COMMON-19): the truth, as far as the sandbox knows it. */
final class ReadingHandlers {
    /** A 保留 of this age is what the last grant left, not one that got stuck. */
    private static final Duration JUST_NOW = Duration.ofHours(1);

    private static final String REFRESH = "ステータスの更新";
    private static final String CLOSE = "閉じる";
    private static final int MANY_USERS = 10_000;

    /** With these words an action asks for Google's tasks where the notifications have no line. */
    private static final String TASKS_OF_GOOGLE = "read-success-google";

    private final Browser browser;
    private final Replies replies;
    private final Map<Bell, String> copied = new EnumMap<>(Bell.class);
    private @Nullable Instant pendingReadAt;
    private @Nullable View openWindow;
    private @Nullable View unfinished;

    ReadingHandlers(Browser browser, Replies replies) {
        this.browser = browser;
        this.replies = replies;
    }

    void teach(ActionHandlers duties) {
        for (String key : List.of("read", "read-again")) {
            duties.put("console.read", key, this::read);
        }
        duties.put("console.counts", "counts", a -> replies.yesOrNo(copiedToTheEnd()));
        duties.put("console.furniture", "furniture", a -> replies.yesOrNo(isFurniture(a)));
        duties.put("console.users", "users", a -> replies.saw(users()));
        for (CloudService service : CloudService.values()) {
            duties.put(service.id() + ".own-text", "own-text", a -> replies.yesOrNo(true)); // copied from this sandbox
            duties.put(service.id() + ".sentence", "sentence", a -> replies.yesOrNo(reportsSuccess(a, service)));
        }
    }

    // ---- the pages (COMMON-12, COMMON-13)

    private Answer read(OperatorAction action) {
        boolean tasksOfGoogle =
                action.template().lines().stream().anyMatch(s -> s.code().equals(TASKS_OF_GOOGLE));
        List<CloudService> google = tasksOfGoogle ? googleIn(action) : List.of();
        return read(
                EnumSet.copyOf(action.form().parts()), google, action.customer().organisation());
    }

    /** The services that the action names in its title; of those, Google's. */
    private static List<CloudService> googleIn(OperatorAction action) {
        List<String> names = Arrays.asList(action.template().arguments().get(0).split(", "));
        return Arrays.stream(CloudService.values())
                .filter(s -> s.provider() == CloudService.Provider.GOOGLE)
                .filter(s -> names.contains(s.label(Locale.JAPANESE)))
                .toList();
    }

    /**
     * Reads these parts and nothing else, and hands them in as one answer: each page is copied and pasted. サービスアカウント comes last,
     * since the next grant goes on from there.
     *
     * @param google the services whose tasks are copied, too, where 通知 has no line of them
     */
    Answer read(Set<Part> parts, List<CloudService> google, String organisation) {
        List<String> pages = new ArrayList<>();
        copied.clear();
        if (parts.contains(Part.WIZARD)) {
            window().ifPresent(pages::add);
        }
        if (parts.contains(Part.SUCCESS)) {
            pages.add(copy(Bell.NOTIFICATIONS_SUCCESS));
            if (!showsAll(google, organisation)) {
                pages.add(copy(Bell.TASKS_SUCCESS));
            }
        }
        if (parts.contains(Part.PENDING)) {
            pages.add(copy(Bell.TASKS_PENDING));
            pendingReadAt = browser.sandbox.clock().instant();
        }
        if (parts.contains(Part.ORGANISATIONS)) {
            pages.add(browser.console("運用管理").text());
        }
        if (parts.contains(Part.ACCOUNTS)) {
            pages.add(browser.accounts().text());
        }
        if (pages.isEmpty()) { // the clock is in every page's header
            pages.add(browser.dashboard().text());
        }
        browser.copied(pages.size());
        browser.pasted(pages.size());
        return replies.saw(String.join("\n", pages));
    }

    private String copy(Bell bell) {
        String text = browser.bell(bell).text();
        copied.put(bell, text);
        return text;
    }

    /** Whether 通知, copied just now, says that each of them is protected. */
    private boolean showsAll(List<CloudService> services, String organisation) {
        ConsoleReading read = ConsoleReading.parse(copied.getOrDefault(Bell.NOTIFICATIONS_SUCCESS, ""));
        return services.stream()
                .allMatch(s -> read.protectedEntry(s, organisation).isPresent());
    }

    // ---- the window of a grant that ends with a sentence

    /** It stays open beside the console's tab until it shows its sentence; the one before is gone. */
    void windowStays(@Nullable View wizard) {
        openWindow = wizard;
    }

    /** It stays open until its 完了 may be pressed (COMMON-9); the one before is gone. */
    void unfinishedStays(@Nullable View wizard) {
        unfinished = wizard;
    }

    /** What the window of the last grant shows now; closed once it shows the sentence. */
    private Optional<String> window() {
        if (unfinished != null) {
            unfinished = browser.visitor.reload(unfinished);
            return Optional.of(unfinished.text());
        }
        if (openWindow == null) {
            return Optional.empty();
        }
        View now = browser.visitor.press(openWindow, REFRESH);
        boolean isThere = now.hasButton(CLOSE); // else the session has ended, and the window with it
        openWindow = isThere && now.hasButton(REFRESH) ? now : null;
        if (isThere && openWindow == null) {
            browser.visitor.press(now, CLOSE);
        }
        return isThere ? Optional.of(now.text()) : Optional.empty();
    }

    // ---- what somebody did before

    /** Something is granted now: what was read of 保留 is old. */
    void granting() {
        pendingReadAt = null;
        openWindow = null;
    }

    static boolean isListed(View accounts, CloudService service) {
        return ConsoleReading.parse(accounts.text()).isListed(service).orElse(false);
    }

    /** Not listed, yet 保留 since a moment ago: the grant was given, only nobody said so. */
    boolean justGranted(OperatorAction action, CloudService service) {
        Instant now = browser.sandbox.clock().instant();
        if (pendingReadAt != null && pendingReadAt.plus(JUST_NOW).isAfter(now)) {
            return false; // seen without it, and nothing granted since
        }
        return ConsoleReading.parse(browser.bell(Bell.TASKS_PENDING).text()).pending().stream()
                .filter(e -> e.service() == service && e.isOf(action.customer().organisation()))
                .map(ConsoleEntry::time)
                .anyMatch(t -> t != null && t.plus(JUST_NOW).isAfter(now));
    }

    // ---- questions about what was read (COMMON-11, COMMON-19)

    /** Each line that the lists hold is in what was copied of them; of a list that has grown since, the older ones are. */
    private boolean copiedToTheEnd() {
        return copied.entrySet().stream().allMatch(read -> {
            String text = ConsoleReading.furnitureKey(read.getValue());
            Optional<Instant> clock = ConsoleReading.parse(read.getValue()).clock();
            return browser.sandbox.consoleLines(Locale.JAPANESE).stream()
                    .filter(read.getKey()::shows)
                    .filter(line -> clock.isEmpty() || !line.time().isAfter(clock.get()))
                    .allMatch(line -> text.contains(ConsoleReading.furnitureKey(line.message())));
        });
    }

    /** No line of a list and no service's row is among them, not even a piece of one. */
    private boolean isFurniture(OperatorAction action) {
        Set<String> content = browser.sandbox.consoleLines(Locale.JAPANESE).stream()
                .map(ConsoleLine::message)
                .map(ConsoleReading::furnitureKey)
                .collect(Collectors.toSet());
        Arrays.stream(CloudService.values())
                .map(s -> ConsoleReading.furnitureKey(s.label(Locale.JAPANESE)))
                .forEach(content::add);
        return action.template().lines().stream()
                .flatMap(line -> line.arguments().stream())
                .map(line -> ConsoleReading.furnitureKey(String.valueOf(line)))
                .noneMatch(line -> content.stream().anyMatch(c -> line.contains(c) || c.contains(line)));
    }

    private String users() {
        return browser.sandbox.users() < MANY_USERS ? "under-10000" : "10000-or-more";
    }

    /** Only where the lists say so, too, and the sentence is not the one that is shown meanwhile. */
    private boolean reportsSuccess(OperatorAction action, CloudService service) {
        String sentence = action.template().arguments().get(2);
        boolean isProtected = browser.sandbox.consoleLines(Locale.JAPANESE).stream()
                .filter(Bell.NOTIFICATIONS_SUCCESS::shows)
                .anyMatch(line -> line.message().startsWith(service.label(Locale.JAPANESE)));
        return isProtected && !sentence.contains("しています") && !sentence.contains("ません");
    }
}
