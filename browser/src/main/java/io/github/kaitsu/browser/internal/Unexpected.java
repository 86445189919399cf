package io.github.kaitsu.browser.internal;

/** A page is not as expected: nothing was pressed, and the action goes to a person. Never seen outside this module. */
final class Unexpected extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why; the texts are in the bundle {@code banner}, under {@code back.<name>}. */
    enum Reason {
        NOT_SHOWN,
        GREYED_OUT,
        AMBIGUOUS,
        OTHER_PLACE,
        OTHER_CUSTOMER,
        OTHER_SERVICE,
        NOT_DONE,
        PERSON_LATE,
        TAKEN_OVER,
        REFUSES_DRIVEN,
        BROKEN
    }

    private final Reason reason;
    private final String wanted;

    Unexpected(Reason reason, String wanted) {
        super(reason + ": " + wanted);
        this.reason = reason;
        this.wanted = wanted;
    }

    String text(BannerTexts texts) {
        return texts.get("back." + reason, wanted);
    }
}
