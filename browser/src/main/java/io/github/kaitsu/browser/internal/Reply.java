package io.github.kaitsu.browser.internal;

import io.github.kaitsu.operator.Answer;

/**
 * What came of an action.
 *
 * @param isRead whether it was read off a page by this program, and may count as what a machine has seen; pressing a button is
 *     not enough
 */
public record Reply(Answer answer, boolean isRead) {}
