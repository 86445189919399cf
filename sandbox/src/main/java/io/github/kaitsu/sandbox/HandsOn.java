package io.github.kaitsu.sandbox;

/**
 * What an actor did with the pages: pages opened, fields filled, buttons and links pressed.
 *
 * @param looks pages opened
 * @param fields form fields filled or changed
 * @param presses buttons and links pressed
 */
public record HandsOn(int looks, int fields, int presses) {
    public static final HandsOn NOTHING = new HandsOn(0, 0, 0);

    /** Who acts: the value of the request header {@code X-Sandbox-Actor}, a person where it is missing. */
    public enum Actor {
        PERSON,
        BROWSER
    }

    public HandsOn plus(HandsOn other) {
        return new HandsOn(looks + other.looks, fields + other.fields, presses + other.presses);
    }

    /** Clicks and fields: what hands do. */
    public int acts() {
        return fields + presses;
    }

    public int total() {
        return looks + fields + presses;
    }
}
