package io.github.kaitsu.sandbox;

/**
 * Something was pressed on a changed page that nobody may press there; {@link MutatedPages} wrote it down.
 *
 * @param mutation how the page was changed
 * @param actor whose press it was
 * @param site the server, as {@code console} or {@code box}
 * @param path the page, without its query
 */
public record WrongClick(PageMutation mutation, HandsOn.Actor actor, String site, String path) {}
