package io.github.kaitsu.sandbox;

import java.time.Instant;

/**
 * One line behind the console's bell, as the sandbox holds it, whatever a page makes of it.
 *
 * @param list 通知 or タスクリスト
 * @param severity the choice of 重大度 that shows it
 * @param message the sentence without time and organisation
 */
public record ConsoleLine(List list, Severity severity, String message, Instant time, String organisation) {
    /** Which of the two lists. */
    public enum List {
        /** 通知. */
        NOTIFICATIONS,
        /** タスクリスト. */
        TASKS
    }

    /** Under which choice of 重大度. */
    public enum Severity {
        /** 成功しました. */
        SUCCESS,
        /** 保留. */
        PENDING,
        /** 失敗しました. */
        FAILED
    }
}
