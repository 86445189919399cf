package io.github.kaitsu;

import io.github.kaitsu.ConsoleEntry.Kind;
import io.github.kaitsu.internal.PastedText;
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

/**
 * The console's words, whole, in Japanese and English (rule COMMON-12). What is compared is {@link PastedText#key}, so width,
 * case and spaces do not matter and everything else does: Box is in Dropbox, 管理 in 運用管理.
 */
final class ConsoleVocabulary {
    record Message(CloudService service, Kind kind) {}

    private static final Map<String, CloudService> SERVICES = services();
    private static final Map<String, Message> MESSAGES = messages();

    private static final Set<String> SUCCESS = keys("成功しました", "Success", "Succeeded");
    private static final Set<String> PENDING = keys("保留", "Pending");
    // No page lists the severities; these are ours, to tell a row's own severity from an organisation's name.
    private static final Set<String> OTHER_SEVERITIES = keys("失敗しました", "失敗", "Failed", "Failure");

    private static final Pattern COUNT = Pattern.compile("\\(\\d+\\)$");
    private static final Set<String> TASKS = keys("タスクリスト", "タスク", "Tasks", "Task List");
    private static final Set<String> NOTIFICATIONS = keys("通知", "Notifications", "Notification");
    private static final Set<String> SERVICE_ACCOUNT = keys("サービスアカウント", "Service Account", "Service Accounts");
    private static final Set<String> SERVICE_TYPE =
            keys("サービスの種類", "Service Type", "Type of service", "Type of services");
    private static final Set<String> ADMINISTRATION = keys("運用管理", "Administration");
    private static final Set<String> OTHER_PAGES = keys(
            "組織管理",
            "Organization Management",
            "ダッシュボード",
            "Dashboard",
            "オートメーションと統合API",
            "Automation and Integration APIs",
            "Outlook向けアドイン",
            "Add-in for Outlook");
    private static final Pattern BREADCRUMB = Pattern.compile("[>›»→⇒]");

    private static final Pattern SUBJECT = Pattern.compile("^(.+?)(?:は|の|を|へ|に|で|が|と)");

    private ConsoleVocabulary() {}

    static Optional<CloudService> service(String label) {
        return Optional.ofNullable(SERVICES.get(PastedText.key(label)));
    }

    /** The service and kind of a whole message; the full stop may be missing. */
    static Optional<Message> message(String text) {
        return Optional.ofNullable(MESSAGES.get(messageKey(text)));
    }

    /** The service that a Japanese sentence of an unknown kind is about: the whole label before its first particle. */
    static Optional<CloudService> subject(String message) {
        Matcher m = SUBJECT.matcher(PastedText.fold(message));
        return m.find() ? service(m.group(1)) : Optional.empty();
    }

    static boolean isSuccess(String severity) {
        return SUCCESS.contains(PastedText.key(severity));
    }

    static boolean isPending(String severity) {
        return PENDING.contains(PastedText.key(severity));
    }

    static boolean isSeverity(String text) {
        return isSuccess(text) || isPending(text) || OTHER_SEVERITIES.contains(PastedText.key(text));
    }

    static boolean isTasksHeading(String cell) {
        return TASKS.contains(headingKey(cell));
    }

    static boolean isNotificationsHeading(String cell) {
        return NOTIFICATIONS.contains(headingKey(cell));
    }

    static boolean isServiceTypeColumn(String cell) {
        return SERVICE_TYPE.contains(PastedText.key(cell));
    }

    static boolean isServiceAccountHeading(String cell) {
        return SERVICE_ACCOUNT.contains(headingKey(cell));
    }

    /** 運用管理 &gt; サービスアカウント, as one line above the page. */
    static boolean isServiceAccountBreadcrumb(String line) {
        String[] parts = BREADCRUMB.split(PastedText.key(line), -1);
        return parts.length == 2 && ADMINISTRATION.contains(parts[0]) && SERVICE_ACCOUNT.contains(parts[1]);
    }

    /** The heading of, or the way to, a page other than the service accounts. */
    static boolean isOtherPage(String line) {
        String[] parts = BREADCRUMB.split(headingKey(line), -1);
        return OTHER_PAGES.contains(parts[parts.length - 1]) || isTasksHeading(line) || isNotificationsHeading(line);
    }

    private static String headingKey(String cell) {
        String key = PastedText.key(cell).replaceFirst("^#+", "");
        return COUNT.matcher(key).replaceFirst("");
    }

    private static String messageKey(String text) {
        String key = PastedText.key(text).replace("ユーザー", "ユーザ").replace("フォルダー", "フォルダ");
        return key.endsWith("。") || key.endsWith(".") ? key.substring(0, key.length() - 1) : key;
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
                sentences()
                        .forEach((sentence, kind) -> messages.put(
                                messageKey(sentence.replace("{}", s.label(language))), new Message(s, kind)));
            }
        }
        // The vendor's help gives this sentence instead of "protected" (KA-0014919).
        messages.put(
                messageKey("You have provisioned for Microsoft Information Protection."),
                new Message(CloudService.MIP, Kind.PROTECTED));
        return Map.copyOf(messages);
    }

    private static Map<String, Kind> sentences() {
        return Map.of(
                "{}は保護されています。", Kind.PROTECTED,
                "{} protected.", Kind.PROTECTED,
                // Attested for Box and Dropbox; in English they are ours, since no source shows an English task list.
                "{}のユーザおよびグループを更新しました。", Kind.USERS_AND_GROUPS_UPDATED,
                "{} users and groups updated.", Kind.USERS_AND_GROUPS_UPDATED,
                "{}の共有フォルダおよび隔離フォルダを作成しました。", Kind.FOLDERS_CREATED,
                "{} shared folder and quarantine folder created.", Kind.FOLDERS_CREATED,
                "{}の共有フォルダを確認しました。", Kind.FOLDERS_CHECKED,
                "{} shared folder checked.", Kind.FOLDERS_CHECKED);
    }

    private static Set<String> keys(String... labels) {
        return Arrays.stream(labels).map(PastedText::key).collect(Collectors.toUnmodifiableSet());
    }
}
