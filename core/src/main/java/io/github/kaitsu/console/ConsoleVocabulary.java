package io.github.kaitsu.console;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.console.ConsoleEntry.Kind;
import io.github.kaitsu.console.ConsoleReading.ListKind;
import io.github.kaitsu.text.PastedText;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The words of the console's lists, whole, in Japanese and English (rule COMMON-12). What is compared is
 * {@link PastedText#key}, so width, case and spaces do not matter and everything else does: Box is in Dropbox, 管理 in 運用管理.
 */
final class ConsoleVocabulary {
    record Message(CloudService service, Kind kind) {
        /** Says that something of this service was done. */
        boolean isSuccess() {
            return kind != Kind.NOT_PROTECTED;
        }

        ListKind list() {
            return kind == Kind.PROTECTED || kind == Kind.NOT_PROTECTED ? ListKind.NOTIFICATIONS : ListKind.TASKS;
        }
    }

    private static final Map<String, CloudService> SERVICES = services();
    private static final Map<String, Kind> SENTENCES = sentences();
    private static final String PROVISIONED_MIP = "You have provisioned for Microsoft Information Protection.";
    private static final Map<String, Message> MESSAGES = messages();

    private static final Set<String> SUCCESS = keys("成功しました", "Success", "Succeeded");
    private static final Set<String> PENDING = keys("保留", "Pending");
    // No page lists the severities; these are ours, to tell a row's own severity from an organisation's name.
    private static final Set<String> FAILURE = keys("失敗しました", "失敗", "Failed", "Failure");
    private static final Set<String> ALL = keys("すべて", "全て", "All");

    private static final Set<String> SEVERITY = keys("重大度", "Severity");
    private static final Set<String> TASKS = keys("タスクリスト", "タスク", "Tasks", "Task List");
    private static final Set<String> NOTIFICATIONS = keys("通知", "Notifications", "Notification");
    private static final Set<String> SERVICE_ACCOUNT = keys("サービスアカウント", "Service Account", "Service Accounts");
    private static final Set<String> SERVICE_TYPE =
            keys("サービスの種類", "Service Type", "Type of service", "Type of services");
    private static final Set<String> ACCOUNT_COLUMN = keys(
            "アカウント名 / 登録トークン",
            "アカウント名",
            "登録トークン",
            "アカウント",
            "Account Name / Token",
            "Account Name / Registration Token",
            "Account Name",
            "Account",
            "Token");
    private static final Set<String> GRANTED_SERVICES =
            keys("アクセス権が付与されたサービス", "Granted services", "Services Granted Access", "Services with Granted Access");
    private static final Set<String> APP_ID = keys("アプリID", "App ID", "Application ID");
    private static final Set<String> DONE = keys("完了", "Done");
    private static final Set<String> ADMINISTRATION = keys("運用管理", "Administration");
    private static final Set<String> ORGANISATIONS = keys("組織管理", "Organization Management");
    private static final Set<String> OTHER_PAGES = keys(
            "組織管理",
            "Organization Management",
            "ダッシュボード",
            "Dashboard",
            "オートメーションと統合API",
            "Automation and Integration APIs",
            "Outlook向けアドイン",
            "Add-in for Outlook");
    private static final Set<String> DEFAULT_ORGANISATION = keys("初期設定の組織", "Default Organization");

    private static final Pattern COUNT = Pattern.compile("\\((\\d{1,6})\\)$");
    private static final Pattern CUT_COUNT = Pattern.compile("\\(\\d{0,6}$");
    /** Of lines that are not understood: rather too many, since they only count against us. */
    private static final Pattern OPPOSITE = Pattern.compile(
            "保護(?:されて|でき)い?な|ませ|notprotect|unprotect" + "|失敗|エラー|中止|fail|error|couldnot|cannot|unable|aborted");

    private static final Pattern PROGRESS = Pattern.compile("(?:更新|作成|確認|同期|処理|準備|実行|待機)してい|中です|being|inprogress");
    private static final Pattern BREADCRUMB = Pattern.compile("[>›»→⇒]");
    private static final int PIECE = 4;
    private static final int MOST_WORDS = 4;
    private static final Pattern SUBJECT = Pattern.compile("^(.+?)(?:は|の|を|へ|に|で|が|と)");

    private ConsoleVocabulary() {}

    // ---- services

    static Optional<CloudService> service(String label) {
        return Optional.ofNullable(SERVICES.get(PastedText.key(label)));
    }

    /** As {@link #service}, of something copied: every label begins with a capital, so "box" is what is left of Dropbox. */
    static Optional<CloudService> printedService(String label) {
        return beginsSmall(label) ? Optional.empty() : service(label);
    }

    private static boolean beginsSmall(String text) {
        String folded = PastedText.fold(text);
        return !folded.isEmpty() && Character.isLowerCase(folded.charAt(0));
    }

    /** Whether a label stands anywhere in it, whole or within a longer word: enough to count against us, never for us. */
    static boolean holdsService(String text) {
        String key = PastedText.key(text);
        return SERVICES.keySet().stream().anyMatch(key::contains);
    }

    /** As {@link #holdsService(String)}, of one service; not where only another's label holds its own, as Dropbox does Box. */
    static boolean holdsService(String text, CloudService service) {
        List<String> own = SERVICES.entrySet().stream()
                .filter(s -> s.getValue() == service)
                .map(Map.Entry::getKey)
                .toList();
        String key = PastedText.key(text);
        for (Map.Entry<String, CloudService> other : SERVICES.entrySet()) {
            boolean holdsOwn = other.getValue() != service && own.stream().anyMatch(other.getKey()::contains);
            key = holdsOwn ? key.replace(other.getKey(), "\n") : key;
        }
        return own.stream().anyMatch(key::contains);
    }

    /** Whether a message lost its beginning: none begins small, with a digit, or with what only follows a word. */
    static boolean isFragment(String message) {
        String folded = PastedText.fold(message);
        return folded.isEmpty()
                || beginsSmall(folded)
                || Character.isDigit(folded.charAt(0))
                || Character.UnicodeBlock.HIRAGANA.equals(Character.UnicodeBlock.of(folded.charAt(0)));
    }

    /** Whether what says the opposite of protection stands anywhere in it, or that something went wrong. */
    static boolean holdsOpposite(String text) {
        return OPPOSITE.matcher(PastedText.key(text)).find();
    }

    /** Whether it says the opposite of a service that it names. */
    static boolean isOpposite(String text) {
        return holdsOpposite(text) && holdsService(text);
    }

    /** Whether something is still going on, whatever the list it stands in. */
    static boolean holdsProgress(String text) {
        return PROGRESS.matcher(PastedText.key(text)).find();
    }

    /** Whether a line may be what is left of a label that was cut. */
    static boolean isPieceOfService(String text) {
        String key = PastedText.key(text);
        return key.chars().anyMatch(Character::isLetter)
                && SERVICES.keySet().stream().anyMatch(label -> label.contains(key));
    }

    /** Whether a label, capital and all, stands at an end of an address into which it ran. */
    static boolean isBesideService(String address) {
        return Stream.of(CloudService.values())
                .flatMap(s -> Stream.of(s.label(Locale.JAPANESE), s.label(Locale.ENGLISH)))
                .anyMatch(label -> address.endsWith(label) || address.startsWith(label));
    }

    /** Whether a line ends in what may be the beginning of a label that was cut, long enough to be no other word. */
    static boolean endsInPieceOfService(String folded) {
        int words = 0;
        for (int space = folded.lastIndexOf(' ');
                space >= 0 && words < MOST_WORDS;
                space = folded.lastIndexOf(' ', space - 1)) {
            String key = PastedText.key(folded.substring(space));
            if (key.length() >= PIECE && SERVICES.keySet().stream().anyMatch(label -> label.startsWith(key))) {
                return true;
            }
            words++;
        }
        return false;
    }

    // ---- messages

    /** The service and kind of a whole message; the full stop may be missing. */
    static Optional<Message> message(String text) {
        return beginsSmall(text) ? Optional.empty() : Optional.ofNullable(MESSAGES.get(messageKey(text)));
    }

    /** The service that a sentence of an unknown kind is about: the whole label before its first particle, or at its begin. */
    static Optional<CloudService> subject(String message) {
        String folded = PastedText.fold(message);
        Matcher m = SUBJECT.matcher(folded);
        return m.find() ? printedService(m.group(1)) : englishSubject(folded);
    }

    /** A label and then a word that begins small: "Box is …", not "Box Drive". */
    private static Optional<CloudService> englishSubject(String folded) {
        return Arrays.stream(CloudService.values())
                .filter(s -> folded.startsWith(s.label(Locale.ENGLISH) + " "))
                .filter(s ->
                        beginsSmall(folded.substring(s.label(Locale.ENGLISH).length() + 1)))
                .findFirst();
    }

    // ---- severities

    static boolean isSuccess(String severity) {
        return SUCCESS.contains(PastedText.key(severity));
    }

    static boolean isPending(String severity) {
        return PENDING.contains(PastedText.key(severity));
    }

    /** The severity that a text begins with, as written there; empty if it does not begin with 保留. */
    static Optional<String> pendingInFront(String text) {
        String folded = PastedText.fold(text);
        int end = folded.indexOf(' ');
        String first = end < 0 ? folded : folded.substring(0, end);
        return Stream.of("保留", first)
                .filter(word -> isPending(word) && folded.startsWith(word))
                .findFirst();
    }

    static boolean isFailure(String severity) {
        return FAILURE.contains(PastedText.key(severity));
    }

    /** Not a severity but its filter set to none. */
    static boolean isAll(String severity) {
        return ALL.contains(PastedText.key(severity));
    }

    static boolean isSeverity(String text) {
        return isSuccess(text) || isPending(text) || isFailure(text);
    }

    static boolean isSeverityLabel(String text) {
        return SEVERITY.contains(PastedText.key(text));
    }

    // ---- headings

    static boolean isTasksHeading(String cell) {
        return TASKS.contains(headingKey(cell));
    }

    static boolean isNotificationsHeading(String cell) {
        return NOTIFICATIONS.contains(headingKey(cell));
    }

    /** The list that a heading opens. */
    static Optional<ListKind> list(String cell) {
        return isTasksHeading(cell)
                ? Optional.of(ListKind.TASKS)
                : isNotificationsHeading(cell) ? Optional.of(ListKind.NOTIFICATIONS) : Optional.empty();
    }

    /** The number in parentheses behind a heading; -1 if none is printed. */
    static int printedCount(String cell) {
        Matcher m = COUNT.matcher(PastedText.key(cell));
        return m.find() ? Integer.parseInt(m.group(1)) : -1;
    }

    /** Whether a number in parentheses was begun and not ended. */
    static boolean isCountCut(String cell) {
        return CUT_COUNT.matcher(PastedText.key(cell)).find();
    }

    static boolean isServiceTypeColumn(String cell) {
        return SERVICE_TYPE.contains(PastedText.key(cell));
    }

    /** Whether a line's key holds that column's, alone or among others. */
    static boolean holdsServiceTypeColumn(String key) {
        return SERVICE_TYPE.stream().anyMatch(key::contains);
    }

    static boolean isAccountColumn(String cell) {
        return ACCOUNT_COLUMN.contains(PastedText.key(cell));
    }

    static boolean isGrantedServicesColumn(String cell) {
        return GRANTED_SERVICES.contains(PastedText.key(cell));
    }

    /** Whether a line's key holds that column's, alone or among others. */
    static boolean holdsGrantedServicesColumn(String key) {
        return GRANTED_SERVICES.stream().anyMatch(key::contains);
    }

    static boolean isAppIdLabel(String cell) {
        return APP_ID.contains(PastedText.key(cell));
    }

    static boolean isDone(String cell) {
        return DONE.contains(PastedText.key(cell));
    }

    static boolean isServiceAccountHeading(String cell) {
        return SERVICE_ACCOUNT.contains(headingKey(cell));
    }

    static boolean isAdministration(String cell) {
        return ADMINISTRATION.contains(PastedText.key(cell));
    }

    static boolean isDefaultOrganisation(String name) {
        return DEFAULT_ORGANISATION.contains(PastedText.key(name));
    }

    /** 運用管理 &gt; サービスアカウント, as one line above the page. */
    static boolean isServiceAccountBreadcrumb(String line) {
        String[] parts = BREADCRUMB.split(headingKey(line), -1);
        return parts.length == 2 && ADMINISTRATION.contains(parts[0]) && SERVICE_ACCOUNT.contains(parts[1]);
    }

    /** 運用管理 &gt; 組織管理. */
    static boolean isOrganisationsBreadcrumb(String line) {
        String[] parts = BREADCRUMB.split(headingKey(line), -1);
        return parts.length == 2 && ADMINISTRATION.contains(parts[0]) && ORGANISATIONS.contains(parts[1]);
    }

    /** The heading of, or the way to, a page other than the service accounts. */
    static boolean isOtherPage(String line) {
        String[] parts = BREADCRUMB.split(headingKey(line), -1);
        return OTHER_PAGES.contains(parts[parts.length - 1]) || isTasksHeading(line) || isNotificationsHeading(line);
    }

    private static String headingKey(String cell) {
        String key = PastedText.key(cell);
        int from = 0;
        while (from < key.length() && key.charAt(from) == '#') {
            from++;
        }
        String name = CUT_COUNT.matcher(key.substring(from)).replaceFirst("");
        return COUNT.matcher(name).replaceFirst("");
    }

    private static String messageKey(String text) {
        String key = PastedText.key(text).replace("ユーザー", "ユーザ").replace("フォルダー", "フォルダ");
        return key.endsWith("。") || key.endsWith(".") ? key.substring(0, key.length() - 1) : key;
    }

    // ---- for masking: every word that the reading rests on

    /** Keys, without spaces; of sentences the part beside the service's label. */
    static Stream<String> words() {
        Stream<String> sentences = SENTENCES.keySet().stream()
                .flatMap(s -> Arrays.stream(s.split("\\{}")))
                .flatMap(part -> Stream.of(part, part.replace("ユーザ", "ユーザー").replace("フォルダ", "フォルダー")))
                .map(ConsoleVocabulary::messageKey);
        Stream<String> labels = Stream.of(
                        SERVICES.keySet(),
                        SUCCESS,
                        PENDING,
                        FAILURE,
                        ALL,
                        SEVERITY,
                        TASKS,
                        NOTIFICATIONS,
                        SERVICE_ACCOUNT,
                        SERVICE_TYPE,
                        ACCOUNT_COLUMN,
                        GRANTED_SERVICES,
                        APP_ID,
                        DONE,
                        ADMINISTRATION,
                        ORGANISATIONS,
                        OTHER_PAGES,
                        DEFAULT_ORGANISATION)
                .flatMap(Set::stream);
        return Stream.of(labels, sentences, Stream.of(messageKey(PROVISIONED_MIP)))
                .flatMap(words -> words)
                .filter(word -> !word.isEmpty());
    }

    private static Map<String, CloudService> services() {
        Map<String, CloudService> services = new HashMap<>();
        for (CloudService s : CloudService.values()) {
            services.put(PastedText.key(s.label(Locale.JAPANESE)), s);
            services.put(PastedText.key(s.label(Locale.ENGLISH)), s);
        }
        return Map.copyOf(services);
    }

    private static Map<String, Message> messages() {
        Map<String, Message> messages = new HashMap<>();
        for (CloudService s : CloudService.values()) {
            for (Locale language : List.of(Locale.JAPANESE, Locale.ENGLISH)) {
                SENTENCES.forEach((sentence, kind) ->
                        messages.put(messageKey(sentence.replace("{}", s.label(language))), new Message(s, kind)));
            }
        }
        // The vendor's help gives this sentence instead of "protected" (KA-0014919).
        messages.put(messageKey(PROVISIONED_MIP), new Message(CloudService.MIP, Kind.PROTECTED));
        return Map.copyOf(messages);
    }

    private static Map<String, Kind> sentences() {
        return Map.ofEntries(
                Map.entry("{}は保護されています。", Kind.PROTECTED),
                Map.entry("{} protected.", Kind.PROTECTED),
                // The opposite is attested nowhere; whatever says so counts against us.
                Map.entry("{}は保護されていません。", Kind.NOT_PROTECTED),
                Map.entry("{} not protected.", Kind.NOT_PROTECTED),
                Map.entry("{} is not protected.", Kind.NOT_PROTECTED),
                // Attested for Box and Dropbox; in English they are ours, since no source shows an English task list.
                Map.entry("{}のユーザおよびグループを更新しました。", Kind.USERS_AND_GROUPS_UPDATED),
                Map.entry("{} users and groups updated.", Kind.USERS_AND_GROUPS_UPDATED),
                Map.entry("{}の共有フォルダおよび隔離フォルダを作成しました。", Kind.FOLDERS_CREATED),
                Map.entry("{} shared folder and quarantine folder created.", Kind.FOLDERS_CREATED),
                Map.entry("{}の共有フォルダを確認しました。", Kind.FOLDERS_CHECKED),
                Map.entry("{} shared folder checked.", Kind.FOLDERS_CHECKED));
    }

    static Set<String> keys(String... labels) {
        return Arrays.stream(labels).map(PastedText::key).collect(Collectors.toUnmodifiableSet());
    }
}
