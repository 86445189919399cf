package io.github.kaitsu.console;

import io.github.kaitsu.text.PastedText;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What stands on the console's pages and says nothing: its name, its menus, buttons and column heads (COMMON-19). Nobody of us
 * has seen all of it; what is missing here a person calls furniture once, and it is furniture of that console.
 */
final class ConsoleFurniture {
    private static final Set<String> LABELS = ConsoleVocabulary.keys(
            "Trend Micro Cloud App Security",
            "Cloud App Security",
            "Trend Micro",
            "運用管理",
            "Administration",
            "ダッシュボード",
            "Dashboard",
            "サービスのステータス",
            "Service Status",
            "脅威の検出",
            "リスクのあるユーザの検出",
            "設定の健全性",
            "選択したサービス",
            "脅威の検出数 (全体)",
            "検索されたメッセージとファイル",
            "ビジネスメール詐欺 (BEC)",
            "フィッシング",
            "ランサムウェア",
            "ランサムウェア検出の概要",
            "ランサムウェアメール検出",
            "組織管理",
            "Organization Management",
            "サービスアカウント",
            "Service Account",
            "Service Accounts",
            "オートメーションと統合API",
            "Automation and Integration APIs",
            "Outlook向けアドイン",
            "Add-in for Outlook",
            "古いコンソール",
            "Classic console",
            "ポリシー",
            "Policies",
            "ログ",
            "Logs",
            "レポート",
            "Reports",
            "隔離",
            "Quarantine",
            "ヘルプ",
            "Help",
            "ログオフ",
            "ログアウト",
            "Log Off",
            "Log Out",
            "Sign Out",
            "通知",
            "Notifications",
            "タスクリスト",
            "Tasks",
            "通知とタスク",
            "Notifications and tasks",
            "重大度",
            "Severity",
            "成功しました",
            "Success",
            "保留",
            "Pending",
            "失敗",
            "失敗しました",
            "Failed",
            "すべて",
            "All",
            "表示",
            "Show",
            "[dropdown]",
            "組織",
            "Organization",
            "現在の組織",
            "Current organization",
            "組織名",
            "Organization Name",
            "概要",
            "説明",
            "Description",
            "アクセス権が付与されたサービス",
            "Granted services",
            "追加",
            "Add",
            "削除",
            "Remove",
            "編集",
            "Edit",
            "更新",
            "Refresh",
            "検索",
            "Search",
            "続行",
            "Continue",
            "閉じる",
            "Close",
            "OK",
            "キャンセル",
            "Cancel",
            "詳細",
            "Details",
            "ステータス",
            "Status",
            "処理",
            "Action",
            "サービス",
            "Service",
            "アクセス権付与",
            "Grant Access",
            "付与済み",
            "Granted",
            "移行可能",
            "Migration Available",
            "アクセストークンの再作成",
            "Recreate Access Token",
            "同期ユーザの更新",
            "Update Synchronized Users",
            "Extend Protection to All Targets",
            "Delegate Account Cleanup",
            "Protect with Your Own App",
            "Update Secret or Change App",
            "送信保護用にアップグレード",
            "Microsoft Information Protectionアカウントに移行");

    /** Of the page that grants access; also known to the wizard's reader. */
    private static final Set<String> WIZARD = ConsoleVocabulary.keys(
            "権限の付与",
            "Grant Permission",
            "Sign in with Google",
            "ここをクリック",
            "Click here",
            "インストールの確認",
            "Confirm Installation",
            "ステータスの更新",
            "Update Status",
            "Refresh Status",
            "閉じる",
            "Close",
            "完了",
            "Done",
            "アクセス権の付与が完了した際に自動的に有効にするポリシーを選択",
            "Select the policy to enable automatically when the access grant is complete",
            "高度な脅威対策",
            "Advanced Threat Protection",
            "情報漏えい対策",
            "Data Loss Prevention");

    /** An empty list in words, so that these words are no line of it. */
    private static final Set<String> NOTHING = ConsoleVocabulary.keys(
            "データがありません",
            "データはありません",
            "表示するデータがありません",
            "表示するデータはありません",
            "該当するデータはありません",
            "該当する項目はありません",
            "項目がありません",
            "タスクはありません",
            "タスクがありません",
            "保留のタスクはありません",
            "保留中のタスクはありません",
            "通知はありません",
            "通知がありません",
            "No data",
            "No data available",
            "No data to display",
            "No items",
            "No records",
            "No records found",
            "No tasks",
            "No pending tasks",
            "No notifications");

    private static final Pattern PAGES = Pattern.compile(
            "[0-9]{1,6}(?:[-~/][0-9]{1,6}){0,2}(?:件|ページ|/ページ|items?|rows?)?|(?:[0-9]{1,6}件中)?[0-9]{1,6}[-~][0-9]{1,6}(?:of[0-9]{1,6}|件)?"
                    + "|(?:合計|全|total)[:]?[0-9]{1,6}(?:件)?|(?:ページ|page)[0-9]{1,6}(?:[/]|of)[0-9]{1,6}|[0-9]{1,6}(?:/|of)[0-9]{1,6}");
    private static final Pattern DATE = Pattern.compile("[0-9]{4}[-/][0-9]{1,2}[-/][0-9]{1,2}");
    private static final Pattern COUNT = Pattern.compile("\\([0-9]{1,6}\\)$");
    private static final String ARROWS = "▼▽▾∨⌄×";
    private static final Pattern DROP_DOWN = Pattern.compile("\\[[^\\[\\]]{0,40}]$|[" + ARROWS + "]$");
    private static final List<String> FILTERS = List.of("組織:", "organization:", "organisation:", "現在の組織:");
    private static final int LONGEST_FILTER = 60;
    private static final int LONGEST_BAR = 300;
    private static final int MOST_WORDS = 12;
    private static final List<String> RIGHTS = List.of("©", "(c)20", "copyright©", "copyright(c)");

    private ConsoleFurniture() {}

    /** @param cells the line's cells, as {@link PastedText#cells} gives them */
    static boolean is(String line, List<String> cells) {
        return isLabel(line)
                || (cells.size() > 1 && cells.stream().allMatch(ConsoleFurniture::isLabel))
                || (line.length() <= LONGEST_BAR && isBar(PastedText.fold(line)));
    }

    private static boolean isBar(String folded) {
        return folded.indexOf(' ') >= 0 && isBar(List.of(folded.split(" "))); // one word is a label, or nothing
    }

    /** Labels with single spaces between them, as of a menu in one line; words are joined, the longest first. */
    private static boolean isBar(List<String> words) {
        int from = 0;
        while (from < words.size()) {
            int to = Math.min(words.size(), from + MOST_WORDS);
            while (to > from && !isLabel(String.join(" ", words.subList(from, to)))) {
                to--;
            }
            if (to == from) {
                return false;
            }
            from = to;
        }
        return true;
    }

    /** The way to a page, as it stands above it: {@code 運用管理 > 組織管理}. */
    static boolean isWay(String line) {
        if (line.length() > LONGEST_BAR || line.indexOf('>') < 0) {
            return false;
        }
        List<String> labels = List.of(line.split(">", -1));
        return labels.size() > 1 && labels.stream().allMatch(l -> LABELS.contains(PastedText.key(l)));
    }

    /** One label, word for word. */
    static boolean isLabel(String text) {
        String whole = PastedText.key(text);
        String key = bare(whole);
        return LABELS.contains(key)
                || whole.codePoints().noneMatch(Character::isLetterOrDigit)
                || ConsoleVocabulary.isAccountColumn(key)
                || WIZARD.contains(key)
                || NOTHING.contains(withoutStop(key))
                || (hasDigit(key)
                        && PAGES.matcher(key).matches()
                        && !DATE.matcher(key).matches())
                || isFilter(key)
                || RIGHTS.stream().anyMatch(key::startsWith);
    }

    /** The filter by organisation, and nothing that ran into it. */
    private static boolean isFilter(String key) {
        return key.length() <= LONGEST_FILTER
                && FILTERS.stream().anyMatch(key::startsWith)
                && !ConsoleVocabulary.holdsService(key)
                && !ConsoleTimes.looksLikeATime(key)
                && key.indexOf('。') < 0;
    }

    static boolean isWizards(String text) {
        return WIZARD.contains(PastedText.key(text));
    }

    /** Without a count, a drop-down's arrow and what decorates a label: {@code ▼}, {@code [dropdown]}, {@code +}, {@code ‹}. */
    private static String bare(String key) {
        char last = key.isEmpty() ? ' ' : key.charAt(key.length() - 1);
        String text = last == ']' || ARROWS.indexOf(last) >= 0
                ? DROP_DOWN.matcher(key).replaceFirst("")
                : key;
        text = text.endsWith(")") ? COUNT.matcher(text).replaceFirst("") : text;
        int from = 0;
        while (from < text.length() && "+#*・•>‹›|".indexOf(text.charAt(from)) >= 0) {
            from++;
        }
        return text.substring(from);
    }

    private static boolean hasDigit(String key) {
        return key.chars().anyMatch(c -> c >= '0' && c <= '9');
    }

    private static String withoutStop(String key) {
        return key.endsWith("。") || key.endsWith(".") ? key.substring(0, key.length() - 1) : key;
    }

    /** For masking: the words, as keys. */
    static Stream<String> words() {
        return Stream.of(LABELS, WIZARD, NOTHING).flatMap(Set::stream);
    }
}
