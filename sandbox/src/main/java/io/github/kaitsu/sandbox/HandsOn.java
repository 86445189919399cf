package io.github.kaitsu.sandbox;

/**
 * What an actor did: what the hands did, in five kinds, and the pages seen meanwhile. Immutable.
 *
 * <p>How it is counted, so that nothing counts twice and nothing is hidden:
 * <ul>
 *   <li>A <em>look</em> is a page that is shown, whatever brought it. Looks are no work of hands and stand beside the kinds.
 *   <li>A <em>click</em> is a button or link pressed: a form sent, an entry of a menu, a tab, a choice of the drop-down list
 *       重大度 (opening the list and choosing is one). A page opened from outside, by the link of an action or a mail, a bookmark or
 *       its address, is one click, too. Redirections, pages that a form's answer brings, and loading a page again are looks only.
 *   <li>A <em>field</em> is a field typed into, a box ticked or an entry of a form's list chosen, however many keys that took.
 *   <li>A <em>copy</em> is one selection copied: a page for a reading, or a value that goes into a field.
 *   <li>A <em>paste</em> is one copy put somewhere: a clipboard holds one thing, so each copy needs its own. A field that is pasted
 *       into is a copy and a paste, and no field.
 *   <li>An <em>answer</em> is one answer given to Kaitsu, and accepted by it.
 * </ul>
 *
 * <p>Scrolling, going from one window to another and closing one are not counted.
 *
 * <p>The pages see looks, clicks, fields and, where the request says so, fields pasted into. What they cannot see is reported by
 * {@link Sandbox#counted}.
 *
 * @param looks pages opened
 * @param clicks buttons and links pressed, and pages opened from outside
 * @param fields form fields typed into, ticked or chosen
 * @param copies pages and values copied
 * @param pastes copies put into a field or handed in
 * @param answers answers given
 */
public record HandsOn(int looks, int clicks, int fields, int copies, int pastes, int answers) {
    /** Nobody looked at or did anything. */
    public static final HandsOn NOTHING = new HandsOn(0, 0, 0, 0, 0, 0);

    /** Who acts: the value of the request header {@code X-Sandbox-Actor}, a person where it is missing. */
    public enum Actor {
        /** A person. */
        PERSON,
        /** A driven browser. */
        BROWSER
    }

    /** What hands do. */
    public enum Kind {
        /** Buttons and links pressed, and pages opened from outside. */
        CLICKS,
        /** Form fields typed into, ticked or chosen. */
        FIELDS,
        /** Pages and values copied. */
        COPIES,
        /** Copies put into a field or handed in. */
        PASTES,
        /** Answers given to Kaitsu and accepted. */
        ANSWERS
    }

    /** So many pages opened, and nothing done. */
    public static HandsOn looks(int pages) {
        return new HandsOn(pages, 0, 0, 0, 0, 0);
    }

    /** So many times one thing, and no page seen. */
    public static HandsOn of(Kind kind, int times) {
        return switch (kind) {
            case CLICKS -> new HandsOn(0, times, 0, 0, 0, 0);
            case FIELDS -> new HandsOn(0, 0, times, 0, 0, 0);
            case COPIES -> new HandsOn(0, 0, 0, times, 0, 0);
            case PASTES -> new HandsOn(0, 0, 0, 0, times, 0);
            case ANSWERS -> new HandsOn(0, 0, 0, 0, 0, times);
        };
    }

    /** Both together. */
    public HandsOn plus(HandsOn other) {
        return new HandsOn(
                looks + other.looks,
                clicks + other.clicks,
                fields + other.fields,
                copies + other.copies,
                pastes + other.pastes,
                answers + other.answers);
    }

    /** How often one kind was done. */
    public int count(Kind kind) {
        return switch (kind) {
            case CLICKS -> clicks;
            case FIELDS -> fields;
            case COPIES -> copies;
            case PASTES -> pastes;
            case ANSWERS -> answers;
        };
    }

    /** What hands did: the sum of all kinds, without looks. */
    public int acts() {
        return clicks + fields + copies + pastes + answers;
    }

    /** Everything that was done, and the pages opened. */
    public int total() {
        return looks + acts();
    }
}
