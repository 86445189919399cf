package io.github.kaitsu.sandbox.internal.mutation;

import io.github.kaitsu.sandbox.PageMutation;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What nobody may press while pages are changed: the right button of a wrong page, and all that is something else. */
enum Forbidden {
    DECOY(
            "/decoy",
            "",
            PageMutation.SIMILAR_SERVICE,
            PageMutation.NOTICE_OVER_PAGE,
            PageMutation.SERVICE_TWICE,
            PageMutation.GRANT_TWICE,
            PageMutation.MISLEADING_DIALOG,
            PageMutation.BOX_APP_TWICE),
    GRANT(
            "/console/wizard/[0-9]+/grant",
            "",
            PageMutation.SERVICE_GREYED_OUT,
            PageMutation.SERVICE_TWICE,
            PageMutation.GRANT_MISSING,
            PageMutation.GRANT_DISABLED,
            PageMutation.GRANT_RENAMED,
            PageMutation.GRANT_TWICE,
            PageMutation.OTHER_ORGANISATION,
            PageMutation.OTHER_ACCOUNT),
    CONFIRM("/console/wizard/[0-9]+/grant", Mutations.CONFIRMED, PageMutation.CONFIRMATION_BEFORE_GRANT),
    FINISH("/console/wizard/[0-9]+/done", "", PageMutation.OTHER_ORGANISATION, PageMutation.OTHER_ACCOUNT),
    REFRESH("/console/wizard/[0-9]+/refresh", "", PageMutation.REFRESH_MISSING),
    REMOVE("/console/service-accounts/remove", "", PageMutation.OTHER_ACCOUNT),
    BOX_APP(
            "/master/settings/apps",
            "",
            PageMutation.BOX_APP_MISSING,
            PageMutation.BOX_APP_TWICE,
            PageMutation.BOX_DEFAULT_MISSING,
            PageMutation.SAVE_MISSING,
            PageMutation.OTHER_PROVIDER_ACCOUNT),
    BOX_FOLDER(
            "/folder/[0-9]+/settings",
            "",
            PageMutation.BOX_MUTE_MISSING,
            PageMutation.SAVE_MISSING,
            PageMutation.OTHER_PROVIDER_ACCOUNT),
    CREATE(
            "/_layouts/15/AppInv\\.aspx",
            "BtnCreate",
            PageMutation.FIELD_IDS_CHANGED,
            PageMutation.LOOKUP_FINDS_ANOTHER,
            PageMutation.OTHER_PROVIDER_ACCOUNT);

    private final Pattern path;
    private final String field;
    private final Set<PageMutation> because;

    /**
     * A rule.
     *
     * @param field how the name of a field ends that the press sends; empty for any press
     */
    Forbidden(String path, String field, PageMutation... because) {
        this.path = Pattern.compile(path);
        this.field = field;
        this.because = EnumSet.copyOf(List.of(because));
    }

    boolean is(String requested, Set<String> fields) {
        return path.matcher(requested).matches()
                && (field.isEmpty() || fields.stream().anyMatch(name -> name.endsWith(field)));
    }

    boolean because(PageMutation mutation) {
        return because.contains(mutation);
    }
}
