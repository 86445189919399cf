package io.github.kaitsu.console;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.text.PastedText;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Every word and phrase that a reading rests on, found at a place of a text, whatever its width, spaces and line ends. */
final class ConsoleWords {
    /** What may follow a beginning of words, by its next letter. */
    private record Node(Map<Character, Node> next, boolean isWord, boolean isService) {
        /** @param words what is left of each word, and whether it is a service's label */
        static Node of(Map<String, Boolean> words) {
            Map<Character, Map<String, Boolean>> rests = new HashMap<>();
            words.forEach((word, isService) -> {
                if (!word.isEmpty()) {
                    rests.computeIfAbsent(word.charAt(0), c -> new HashMap<>())
                            .merge(word.substring(1), isService, Boolean::logicalOr);
                }
            });
            Map<Character, Node> next = new HashMap<>();
            rests.forEach((c, rest) -> next.put(c, of(rest)));
            return new Node(Map.copyOf(next), words.containsKey(""), words.getOrDefault("", false));
        }
    }

    /** What the readers look for besides labels: endings, negations, short forms. Keys, or made into such. */
    private static final List<String> GRAMMAR = List.of(
            "ました ます ません です でした ている ていた でいる した ています てい ください 中です",
            "処理中 更新中 同期中 実行中 待機中 作成中 確認中 進行中 読み込み中 エラー 失敗 拒否 できません",
            "表示されていません 表示されません 表示されていない 表示されない 表示 出ていません 出ていない 見当たら",
            "とは という と表示 と出 の表示 一覧 一覧にある 一覧にあり 一覧にあります 一覧にない 一覧になし 一覧にありません",
            "なし 無し ありません 成功 件 ページ 合計 全 午前 午後 タイムゾーン 組織 作成 同期 を へのアクセス権付与 用サービスアカウントの準備",
            "年 月 日 時 分 秒 前 時間 週間 か月 ヶ月 ユーザおよびグループを更新しています",
            "error errors fail failed failure denied waiting please cannot could not no",
            "creating updating updated synchronizing synchronising select choose close create created creation",
            "sync synced synchronized synchronised shown displayed listed there see none nothing success pending",
            "account accounts app application id utc gmt jst am pm time zone of total page items rows copyright",
            "users and groups updating grantaccessto serviceaccount serviceaccounts organization organisation",
            "second seconds minute minutes hour hours day days week weeks month months ago",
            "exchange sharepoint teams drive mip google-drive exchange-online sharepoint-online microsoft-teams",
            "successfullycreatedaserviceaccountandsynceddata");

    private static final Node ROOT = root();

    private ConsoleWords() {}

    private static Node root() {
        Map<String, Boolean> words = new HashMap<>();
        Stream.of(
                        ConsoleVocabulary.words(),
                        ConsoleFurniture.words(),
                        GRAMMAR.stream().flatMap(w -> Stream.of(w.split(" "))))
                .flatMap(some -> some)
                .forEach(word -> words.merge(PastedText.key(word), false, Boolean::logicalOr));
        for (CloudService s : CloudService.values()) {
            words.put(PastedText.key(s.label(Locale.JAPANESE)), true);
            words.put(PastedText.key(s.label(Locale.ENGLISH)), true);
        }
        words.remove("");
        return Node.of(words);
    }

    /** Where the longest known word that begins here ends; -1 if none does. A service's label may stand within a word. */
    static int endOfWord(String text, int from) {
        Node node = ROOT;
        int end = -1;
        boolean beginsWithin = from > 0 && isLatin(text.charAt(from)) && isLatin(text.charAt(from - 1));
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (i > from && isBetween(c)) {
                continue;
            }
            Node next = next(node, c);
            if (next == null) {
                break;
            }
            node = next;
            boolean endsWithin = i + 1 < text.length() && isLatin(c) && isLatin(text.charAt(i + 1));
            if (node.isWord && (node.isService || (!beginsWithin && !endsWithin))) {
                end = i + 1;
            }
        }
        return end;
    }

    private static @Nullable Node next(Node node, char c) {
        String one = c < 0x80 ? String.valueOf(c) : Normalizer.normalize(String.valueOf(c), Normalizer.Form.NFKC);
        return one.length() == 1 ? node.next.get(Character.toLowerCase(one.charAt(0))) : null;
    }

    /** White space of every kind, and what quotes a forwarded line. */
    private static boolean isBetween(char c) {
        return Character.isWhitespace(c)
                || Character.isSpaceChar(c)
                || c == '>'
                || Character.getType(c) == Character.FORMAT;
    }

    private static boolean isLatin(char c) {
        return Character.isLetterOrDigit(c) && (c < 0x250 || (c >= 0xFF10 && c <= 0xFF5A));
    }
}
