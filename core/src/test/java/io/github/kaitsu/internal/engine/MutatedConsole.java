package io.github.kaitsu.internal.engine;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A small console before a grant and after it, how both are pasted, and what happens to the pastes. One seed, one story. */
final class MutatedConsole {
    static final Instant BEFORE = Instant.parse("2026-11-24T00:00:00Z");
    static final Instant AFTER = BEFORE.plus(Duration.ofHours(3));
    private static final Instant GRANTED = BEFORE.plus(Duration.ofMinutes(5));
    private static final String OURS = CustomerId.DEFAULT_ORGANISATION;
    private static final List<String> OTHERS = List.of("関西支社", "ABC商事");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm:ss").withZone(ZoneOffset.UTC);
    /** What shows that there was a count. */
    private static final Pattern COUNT = Pattern.compile("\\(\\d*\\)?$");

    private static final Pattern PAGE = Pattern.compile("タスクリスト|通知|Tasks|Notifications|運用管理 >|Administration >");

    private static final int MOST_PAGES = 7;
    private static final Pattern STILL_A_LINE = Pattern.compile("[0-9]{1,2}[:/][0-9]{2}|。|[^.]\\.( |$)");

    /** What became of the service since its grant. */
    enum Story {
        PROTECTED,
        /** Protected after an earlier failure. */
        PROTECTED_AT_LAST,
        NOTHING,
        PENDING,
        /** The line is of a link of long ago. */
        OLD_LINE,
        /** The service of another organisation became protected. */
        OTHERS_LINE,
        /** Protected, and then not. */
        OPPOSITE,
        FAILED,
        GONE,
        PENDING_AGAIN
    }

    /**
     * @param of which list it stands in; empty for what is no line of a list
     * @param heads whose count it prints; empty for what prints none
     */
    private record Line(String text, String of, boolean isCounted, String heads) {
        Line with(String other) {
            return new Line(other, of, isCounted, heads);
        }
    }

    private record Entry(CloudService service, String message, Instant time, String organisation) {}

    private final Random random;
    private final CloudService service;
    private final Story story;
    private final boolean isEnglish;
    private final boolean isCounted;
    private final List<CloudService> others = new ArrayList<>();
    private final List<Entry> notifications = new ArrayList<>();
    private final List<Entry> tasks = new ArrayList<>();
    private final List<Entry> pending = new ArrayList<>();
    private final List<Entry> failures = new ArrayList<>();
    private final List<Line> before;
    private final List<Line> after;
    private boolean isCut;
    private boolean hasInserted;

    /** Lists of which a whole line is gone, and those whose count nobody can read any more. */
    private final Set<String> shortened = new HashSet<>();

    private final Set<String> uncounted = new HashSet<>();

    MutatedConsole(long seed) {
        random = new Random(seed);
        List<CloudService> all = new ArrayList<>(CloudService.standard());
        all.removeIf(s -> s.provider() == CloudService.Provider.GOOGLE); // whose tasks prove, too
        service = all.remove(random.nextInt(all.size()));
        story = Story.values()[random.nextInt(Story.values().length)];
        isEnglish = random.nextBoolean();
        isCounted = random.nextBoolean();
        for (CloudService other : all) {
            if (random.nextInt(3) == 0) {
                others.add(other);
                long hours = 1L + random.nextInt(400);
                protect(other, BEFORE.minus(Duration.ofHours(hours)), OURS);
            }
        }
        if (story == Story.OLD_LINE) {
            protect(service, BEFORE.minus(Duration.ofDays(3 + random.nextInt(1000))), OURS);
        }
        before = paste(false);
        happen();
        after = paste(true);
    }

    private void protect(CloudService some, Instant at, String organisation) {
        String done = isEnglish ? " users and groups updated." : "のユーザおよびグループを更新しました。";
        String is = isEnglish ? " protected." : "は保護されています。";
        tasks.add(new Entry(some, done, at.minusSeconds(6), organisation));
        notifications.add(new Entry(some, is, at, organisation));
    }

    private void happen() {
        Instant done = minute(10, 60);
        String not = isEnglish ? " is not protected." : "は保護されていません。";
        String running = isEnglish ? " users and groups are being updated." : "のユーザおよびグループを更新しています。";
        String failed = isEnglish ? " users and groups could not be updated." : "のユーザおよびグループを更新できませんでした。";
        switch (story) {
            case PROTECTED, GONE -> protect(service, done, OURS);
            case PROTECTED_AT_LAST -> {
                notifications.add(new Entry(service, not, done.minusSeconds(120), OURS));
                protect(service, done, OURS);
            }
            case OPPOSITE -> {
                protect(service, done, OURS);
                notifications.add(new Entry(service, not, minute(70, 170), OURS));
            }
            case FAILED -> {
                protect(service, done, OURS);
                failures.add(new Entry(service, failed, minute(70, 170), OURS));
            }
            case PENDING -> pending.add(new Entry(service, running, GRANTED, OURS));
            case PENDING_AGAIN -> {
                protect(service, done, OURS);
                pending.add(new Entry(service, running, minute(70, 170), OURS));
            }
            case OTHERS_LINE -> protect(service, done, OTHERS.get(random.nextInt(OTHERS.size())));
            case NOTHING, OLD_LINE -> {}
        }
        if (random.nextBoolean()) { // somebody else at work in another organisation
            protect(CloudService.GMAIL, minute(10, 170), OTHERS.get(0));
        }
    }

    private Instant minute(int from, int to) {
        return BEFORE.plus(Duration.ofMinutes(from + random.nextInt(to - from)));
    }

    // ---- how it is pasted

    private List<Line> paste(boolean isAfter) {
        List<List<Line>> pages = new ArrayList<>(List.of(
                accounts(isAfter),
                list(tasks, true, "成功しました", "Success", isAfter),
                list(pending, true, "保留", "Pending", isAfter),
                list(notifications, false, "成功しました", "Success", isAfter)));
        if (!failures.isEmpty()) {
            pages.add(list(failures, true, "失敗", "Failed", isAfter));
        }
        Collections.shuffle(pages, random);
        return pages.stream().flatMap(List::stream).collect(Collectors.toCollection(ArrayList::new));
    }

    private List<Line> accounts(boolean isAfter) {
        Set<CloudService> listed = EnumSet.noneOf(CloudService.class);
        listed.addAll(others);
        if (isAfter && story != Story.GONE) {
            listed.add(service);
        }
        List<Line> page = new ArrayList<>();
        String count = isCounted ? " (" + listed.size() + ")" : "";
        String list = "accounts" + isAfter;
        page.add(heading((isEnglish ? "Administration > Service Account" : "運用管理 > サービスアカウント") + count, list));
        page.add(heading(isEnglish ? "Account Name / Token\tService Type" : "アカウント名 / 登録トークン\tサービスの種類", ""));
        listed.forEach(s -> page.add(new Line("admin@example.co.jp\t" + label(s), list, isCounted, "")));
        return page;
    }

    private List<Line> list(List<Entry> entries, boolean areTasks, String severity, String english, boolean isAfter) {
        List<Line> page = new ArrayList<>();
        String name = areTasks ? (isEnglish ? "Tasks" : "タスクリスト") : isEnglish ? "Notifications" : "通知";
        String list = name + severity + isAfter;
        page.add(heading(name + (isCounted ? " (" + entries.size() + ")" : ""), list));
        page.add(heading(isEnglish ? "Severity: " + english : "重大度: " + severity, ""));
        entries.stream()
                .sorted(Comparator.comparing(Entry::time).reversed())
                .map(e -> label(e.service) + e.message + " " + TIME.format(e.time) + " - " + e.organisation)
                .forEach(text -> page.add(new Line(text, list, isCounted, "")));
        return page;
    }

    private String label(CloudService some) {
        return some.label(isEnglish ? Locale.ENGLISH : Locale.JAPANESE);
    }

    private static Line heading(String text, String heads) {
        return new Line(text, "", true, heads);
    }

    // ---- what happens to it

    /** One of the pastes loses, doubles, moves, cuts, merges or translates a line. */
    void damage() {
        List<Line> lines = random.nextInt(4) == 0 ? before : after;
        int i = random.nextInt(lines.size());
        switch (random.nextInt(6)) {
            case 0 -> lose(lines.remove(i));
            case 1 -> insert(lines, lines.get(i));
            case 2 -> {
                Line moved = lines.remove(i);
                lose(moved); // out of its list, or nearly so
                insert(lines, moved);
            }
            case 3 -> cut(lines, i);
            case 4 -> merge(lines, i);
            default -> lines.set(i, lines.get(i).with(translated(lines.get(i).text)));
        }
    }

    private void lose(Line line) {
        if (!line.of.isEmpty()) {
            shortened.add(line.of);
        }
        uncounted.add(line.heads);
    }

    /** What is inserted may stand in for a line that the count misses. */
    private void insert(List<Line> lines, Line line) {
        lines.add(random.nextInt(lines.size() + 1), line);
        hasInserted |= !line.of.isEmpty();
    }

    /** Once at most: of two halves one could make a good line, and nobody would see it. */
    private void cut(List<Line> lines, int i) {
        Line line = lines.get(i);
        if (isCut || line.text.length() < 2) {
            return;
        }
        isCut = true;
        int at = 1 + random.nextInt(line.text.length() - 1);
        String rest = random.nextBoolean() ? line.text.substring(at) : line.text.substring(0, at);
        boolean isGone = !line.of.isEmpty()
                && !STILL_A_LINE.matcher(rest).find()
                && !rest.startsWith(label(service) + (isEnglish ? " i" : "は"));
        if (isGone) {
            lose(line); // nothing is left that a line could be told by
        }
        if (!line.heads.isEmpty() && !COUNT.matcher(rest).find()) {
            uncounted.add(line.heads);
        }
        lines.set(i, line.with(rest));
    }

    private void merge(List<Line> lines, int i) {
        if (i + 1 < lines.size()) {
            Line below = lines.remove(i + 1);
            String between = List.of("", " ", "\t").get(random.nextInt(3));
            Line above = lines.get(i);
            String of = above.of.isEmpty() ? below.of : above.of;
            uncounted.add(above.heads);
            uncounted.add(below.heads);
            lines.set(i, new Line(above.text + between + below.text, of, above.isCounted && below.isCounted, ""));
        }
    }

    private static String translated(String text) {
        return text.replace("は保護されています。", " protected.")
                .replace("は保護されていません。", " is not protected.")
                .replace("のユーザおよびグループを更新しました。", " users and groups updated.")
                .replace("重大度: 成功しました", "Severity: Success")
                .replace("重大度: 保留", "Severity: Pending")
                .replace("重大度: 失敗", "Severity: Failed")
                .replace("タスクリスト", "Tasks")
                .replace("通知", "Notifications")
                .replace(OURS, "Default Organization");
    }

    // ---- what is true

    boolean isProtected() {
        return story == Story.PROTECTED || story == Story.PROTECTED_AT_LAST;
    }

    /** Whether a line is gone from a list that prints no count, or none any more, or whose count another line now makes up. */
    boolean hasLostLine() {
        return shortened.stream().anyMatch(list -> !isCounted || hasInserted || uncounted.contains(list));
    }

    CloudService service() {
        return service;
    }

    Story story() {
        return story;
    }

    String before() {
        return text(before);
    }

    String after() {
        return text(after);
    }

    /** The same, page by page in any order. */
    List<String> pagesBefore() {
        return pages(before);
    }

    List<String> pagesAfter() {
        return pages(after);
    }

    private List<String> pages(List<Line> lines) {
        List<List<Line>> pages = new ArrayList<>();
        for (Line line : lines) {
            if (pages.isEmpty() || PAGE.matcher(line.text).lookingAt()) {
                pages.add(new ArrayList<>());
            }
            pages.get(pages.size() - 1).add(line);
        }
        Collections.shuffle(pages, random);
        return pages.stream().limit(MOST_PAGES).map(MutatedConsole::text).toList();
    }

    private static String text(List<Line> lines) {
        return lines.stream().map(Line::text).collect(Collectors.joining("\n"));
    }

    @Override
    public String toString() {
        return story + " of " + service + "\n---- before\n" + before() + "\n---- after\n" + after();
    }
}
