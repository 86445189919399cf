package io.github.kaitsu;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Which generation of the console's screens an activation is guided through. */
public enum Edition {
    /** The first question asks which screen the console shows. */
    AUTO("auto"),
    /** The manuals: 権限の付与, ステータスの更新, 閉じる, then 通知 and タスクリスト. */
    CONSOLE_2024_04("2024-04"),
    /** Today: サービスのステータス, アクセス権付与; ends with a sentence in the wizard; AppInv only where that shows アプリID. */
    CONSOLE_2024_07("2024-07");

    private final String id;

    Edition(String id) {
        this.id = id;
    }

    /** {@code auto}, {@code 2024-04} or {@code 2024-07}. */
    public String id() {
        return id;
    }

    /** Reads {@code auto}, {@code 2024-04} or {@code 2024-07}, in any case; empty for anything else. */
    public static Optional<Edition> parse(String text) {
        String wanted = text.strip().toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(e -> e.id.equals(wanted) || e.name().equalsIgnoreCase(wanted))
                .findFirst();
    }
}
