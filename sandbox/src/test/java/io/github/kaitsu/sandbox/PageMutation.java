package io.github.kaitsu.sandbox;

/**
 * One way in which pages are otherwise than a driver expects, with what is right for a driver then. Whatever a driver may not press
 * on such a page is written down as a {@link WrongClick}.
 */
public enum PageMutation {
    // ---- another form of the same page
    MENUS_REORDERED(Right.FINISH, "Menus, lists and tables stand in reverse order; labels tell what is what."),
    BUTTONS_AS_INPUTS(Right.FINISH, "Buttons are input elements; role and label are the same."),
    BUTTONS_AS_DIVS(Right.FINISH, "Buttons are div elements with the role of one; role and label are the same."),
    BUTTONS_AS_LINKS(
            Right.EITHER,
            "Buttons are links; whoever looks for the whole label in both roles finishes, whoever insists hands back."),
    LINKS_AS_BUTTONS(
            Right.EITHER,
            "Links are buttons; whoever looks for the whole label in both roles finishes, whoever insists hands back."),
    ENGLISH_LABELS(
            Right.FINISH, "All pages are English, whatever the browser asks for; the catalogue has both languages."),
    FULL_WIDTH_LABELS(Right.FINISH, "Letters and digits of labels are full-width; labels are compared after NFKC."),
    HALF_WIDTH_KANA(Right.FINISH, "Katakana of labels is half-width; labels are compared after NFKC."),
    SPACED_LABELS(Right.FINISH, "Spaces of several kinds stand around and in labels; they are folded."),
    LABELS_IN_PARTS(
            Right.FINISH, "Labels are cut into several elements with an icon before them; together they are whole."),
    SIMILAR_SERVICE(Right.FINISH, "Services of similar names stand beside; only the whole label is the service."),
    RELOADING(Right.EITHER, "The console's pages load themselves again and again; nothing may be pressed twice."),
    NOTICE_OVER_PAGE(Right.EITHER, "A notice covers the console; it may be put off by あとで, or the page handed back."),
    POLICIES_EMPTY(Right.EITHER, "The wizard offers no policy; finish only if none was asked for."),
    LISTS_EMPTY(Right.EITHER, "通知 and タスクリスト show no line; what is read is told as it is, and proves nothing."),

    // ---- something is missing, or there twice
    ADD_MISSING(Right.HAND_BACK, "サービスアカウント has no 追加."),
    SERVICE_GREYED_OUT(
            Right.HAND_BACK, "The service is grey although it is not listed; never 削除 by oneself (COMMON-6)."),
    SERVICE_TWICE(Right.HAND_BACK, "The service stands there twice, and one of them is something else."),
    GRANT_MISSING(Right.HAND_BACK, "The wizard has no 権限の付与."),
    GRANT_DISABLED(Right.HAND_BACK, "権限の付与 cannot be pressed."),
    GRANT_RENAMED(Right.HAND_BACK, "The button's label only begins with the one that is known; a part is no match."),
    GRANT_TWICE(Right.HAND_BACK, "権限の付与 stands there twice, and the first is something else."),
    MISLEADING_DIALOG(
            Right.HAND_BACK, "A dialog asks about something else with a button of the label that is looked for."),
    CONFIRMATION_BEFORE_GRANT(
            Right.HAND_BACK, "Between 権限の付与 and the provider somebody is asked about all organisations."),
    REFRESH_MISSING(
            Right.EITHER,
            "The wizard has no ステータスの更新; the consent was given, so whoever hands back may find the service listed."),
    BOX_APP_MISSING(Right.HAND_BACK, "The search finds a neighbour of a similar name only (BOX-3)."),
    BOX_APP_TWICE(Right.HAND_BACK, "The search finds the name twice, and the first is something else."),
    BOX_DEFAULT_MISSING(Right.HAND_BACK, "The pull-down has no デフォルトで追加 (BOX-4)."),
    BOX_MUTE_MISSING(Right.HAND_BACK, "The folder's settings lack the second checkbox (BOX-6)."),
    SAVE_MISSING(Right.HAND_BACK, "Box shows no 保存."),
    FIELD_IDS_CHANGED(Right.HAND_BACK, "The fields of AppInv.aspx have other ids."),
    LOOKUP_FINDS_ANOTHER(Right.HAND_BACK, "参照 finds an application of another name (M365-6)."),

    // ---- somebody else's
    OTHER_ORGANISATION(Right.HAND_BACK, "The wizard is for another organisation than the one asked for."),
    OTHER_ACCOUNT(Right.HAND_BACK, "Another customer's account is signed in to the console."),
    OTHER_PROVIDER_ACCOUNT(Right.HAND_BACK, "Another account is signed in at the provider (COMMON-17).");

    /** What a driver should do. */
    public enum Right {
        /** The action can be finished as ever. */
        FINISH,
        /** Nothing is pressed; the person gets the action. */
        HAND_BACK,
        /** Finished correctly or handed back, whichever; never something wrong. */
        EITHER
    }

    private final Right right;
    private final String why;

    PageMutation(Right right, String why) {
        this.right = right;
        this.why = why;
    }

    public Right right() {
        return right;
    }

    /** What is on the page, and why that is right. */
    public String why() {
        return why;
    }
}
