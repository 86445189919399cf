package io.github.kaitsu.console;

/** One console: at most one service of it may be between link and 成功しました at any time (rule COMMON-13). */
public record ConsoleId(ConsoleSite site, String account) {
    @Override
    public String toString() {
        return site + "/" + account;
    }
}
