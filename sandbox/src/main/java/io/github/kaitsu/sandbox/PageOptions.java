package io.github.kaitsu.sandbox;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/**
 * In what the pages differ from the plainest that the manuals show. Immutable.
 *
 * @param traits what the pages show besides
 * @param delayMillis real milliseconds before each page is answered
 */
public record PageOptions(Set<Trait> traits, long delayMillis) {
    /** Something that a customer's pages may show or not. */
    public enum Trait {
        /** Signing in to the console asks for a code each time; setting it up after the prompt asks, too (COMMON-4). */
        CODE_AT_CONSOLE,
        /** Signing in at a provider asks for a code after the password. */
        CODE_AT_PROVIDERS,
        /** Google signs nobody in within a driven browser, which requests with the actor {@code browser} come from. */
        REFUSES_DRIVEN,
        /** The console opens for the first time with the choice of services (COMMON-5). */
        FIRST_SIGN_IN,
        /** A provider's window closes by itself as soon as the sentence of COMMON-8 stands in it. */
        WINDOW_CLOSES,
        /** 設定 of a folder is reached only by its … menu or a right click (BOX-6). */
        FOLDER_MENUS,
        /** AppInv.aspx stands in the master page of an ordinary site: other beginnings of the ids, another number of 作成. */
        SITE_MASTER_PAGE,
        /** The numbers beside 通知 and タスクリスト count all lines of a list, whichever 重大度 is chosen (the manual prints 13 over 4). */
        TOTAL_COUNTS,
        /** Today's window of Teams ends with アプリID and 完了 as the manuals' does, and its row of サービスアカウント does not show the id (M365-4). */
        TEAMS_APP_ID
    }

    /**
     * Keeps an unmodifiable copy.
     *
     * @throws IllegalArgumentException if the delay is negative
     */
    public PageOptions {
        traits = Set.copyOf(traits);
        if (delayMillis < 0) {
            throw new IllegalArgumentException("pages cannot be shown before they are asked for");
        }
    }

    /** The manuals' pages and nothing else. */
    public static PageOptions plain() {
        return new PageOptions(Set.of(), 0);
    }

    /** What a customer meets today: codes at every sign-in, folder menus. */
    public static PageOptions faithful() {
        return plain().with(Trait.CODE_AT_CONSOLE, Trait.CODE_AT_PROVIDERS, Trait.FOLDER_MENUS);
    }

    /** The same, with these traits as well. */
    public PageOptions with(Trait... more) {
        EnumSet<Trait> all = EnumSet.noneOf(Trait.class);
        all.addAll(traits);
        all.addAll(Arrays.asList(more));
        return new PageOptions(all, delayMillis);
    }

    /** Each page is answered only after this much real time. */
    public PageOptions slow(Duration delay) {
        return new PageOptions(traits, delay.toMillis());
    }

    /** Whether pages have this trait. */
    public boolean has(Trait trait) {
        return traits.contains(trait);
    }
}
