package io.github.kaitsu.browser.internal;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.Edition;
import io.github.kaitsu.console.PageLabels;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The labels to look for, by key: the catalogue's in both languages, and a few that no manual names because a person needs no name
 * for a bell or a field. Immutable.
 */
record Vocabulary(Edition edition) {
    private static final Map<String, List<String>> MORE = Map.ofEntries(
            Map.entry("console.account", List.of("アカウント名", "Account Name", "Login ID")),
            Map.entry("console.signIn", List.of("Log In", "Sign In")),
            Map.entry("console.bell", List.of("通知とタスク", "通知", "Notifications and tasks", "Notifications")),
            Map.entry("console.goOn", List.of("続行", "Continue")),
            Map.entry("console.severity", List.of("Severity")),
            Map.entry("console.succeeded", List.of("Success")),
            Map.entry("console.taskList", List.of("Tasks")),
            Map.entry("box.appsTab", List.of("アプリ", "Apps", "統合", "Integrations")),
            Map.entry("box.searchField", List.of("Search")),
            Map.entry("google.otherAccount", List.of("別のアカウントを使用", "Use another account")),
            Map.entry("google.terms", List.of("利用規約に同意します", "I agree to the terms of service")),
            Map.entry("google.installAny", List.of("管理者によるインストール", "Admin install", "INSTALL")),
            Map.entry("google.agreeAny", List.of("同意", "ALLOW", "Accept")),
            Map.entry("google.doneAny", List.of("完了", "Done", "Finish")),
            Map.entry(
                    "google.installedAny", List.of("インストールしました", "Trend Micro Cloud App Security has been installed")),
            Map.entry("google.grantedAny", List.of("データアクセス: Granted", "Data access: Granted", "Status: Granted")),
            Map.entry(
                    "provider.code",
                    List.of(
                            "認証コード",
                            "確認コード",
                            "セキュリティコード",
                            "コード",
                            "コードを入力",
                            "Verification code",
                            "Security code",
                            "6-digit code",
                            "Code",
                            "Enter code")),
            Map.entry("provider.verify", List.of("確認", "検証", "次へ", "続行", "送信", "Verify", "Next", "Continue", "Submit")),
            Map.entry(
                    "provider.address",
                    List.of(
                            "メールアドレス",
                            "メール",
                            "Email",
                            "Email address",
                            "メールアドレスまたは電話番号",
                            "Email or phone",
                            "メール、電話、Skype",
                            "Email, phone, or Skype")));

    List<String> of(String key) {
        List<String> all = new ArrayList<>();
        if (!key.endsWith("Any") && !NOT_IN_CATALOGUE.contains(key)) {
            all.addAll(PageLabels.of(edition, key));
        }
        all.addAll(MORE.getOrDefault(key, List.of()));
        return all;
    }

    private static final List<String> NOT_IN_CATALOGUE = List.of(
            "console.bell",
            "console.goOn",
            "box.appsTab",
            "google.otherAccount",
            "google.terms",
            "provider.address",
            "provider.code",
            "provider.verify");

    static List<String> of(CloudService service) {
        return List.of(service.label(Locale.JAPANESE), service.label(Locale.ENGLISH));
    }

    /** For people: the label of one language. */
    String shown(String key, Locale locale) {
        List<String> all = of(key);
        return locale.getLanguage().equals("ja") || all.size() < 2 ? all.get(0) : all.get(1);
    }
}
