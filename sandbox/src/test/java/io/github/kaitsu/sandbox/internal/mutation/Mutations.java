package io.github.kaitsu.sandbox.internal.mutation;

import io.github.kaitsu.sandbox.PageMutation;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Changes finished pages as a sandbox's options say. Immutable. */
public final class Mutations {
    /** What is pressed at this path was not to be pressed. */
    public static final String DECOY = Flaws.DECOY;

    /** The field of whoever agreed to be asked before the grant. */
    public static final String CONFIRMED = "_confirmed";

    private static final String GRANT = "press-grant";
    private static final String SAVE = "press-save";

    private final Set<PageMutation> all;
    private final String organisation;
    private final String boxApp;

    /**
     * Changes the pages of one customer.
     *
     * @param organisation whose wizard may be taken for another's
     * @param boxApp the name of the application in Box
     */
    public Mutations(Set<PageMutation> all, String organisation, String boxApp) {
        this.all = Set.copyOf(all);
        this.organisation = organisation;
        this.boxApp = boxApp;
    }

    public boolean has(PageMutation mutation) {
        return all.contains(mutation);
    }

    /** Why a press at this path is wrong, if it is; the first change in the order of declaration. */
    public Optional<PageMutation> forbids(String path, Set<String> fields) {
        return all.stream()
                .filter(m -> Arrays.stream(Forbidden.values()).anyMatch(f -> f.because(m) && f.is(path, fields)))
                .sorted()
                .findFirst();
    }

    /** Whether somebody is asked before this request is carried out. */
    public boolean confirms(String method, String path, Set<String> fields) {
        return has(PageMutation.CONFIRMATION_BEFORE_GRANT)
                && method.equals("POST")
                && Forbidden.GRANT.is(path, fields)
                && !fields.contains(CONFIRMED);
    }

    /** The page as the browser gets it. */
    public String change(String site, String path, String html) {
        if (all.isEmpty() || !html.startsWith("<!DOCTYPE html>")) {
            return html;
        }
        PageTree page = PageTree.of(html);
        all.stream().sorted().forEach(m -> change(m, site, path, page)); // in the order of declaration
        return page.html();
    }

    private void change(PageMutation mutation, String site, String path, PageTree page) {
        boolean inConsole = site.equals("console") && path.startsWith("/console");
        boolean inWizard = path.startsWith("/console/wizard/");
        boolean inBox = site.equals("box");
        boolean ja = page.locale().equals(Locale.JAPANESE);
        switch (mutation) {
            case MENUS_REORDERED -> Shapes.reorderMenus(page);
            case BUTTONS_AS_INPUTS -> Shapes.buttonsAs(page, "input");
            case BUTTONS_AS_DIVS -> Shapes.buttonsAs(page, "div");
            case BUTTONS_AS_LINKS -> Shapes.buttonsAs(page, "a");
            case LINKS_AS_BUTTONS -> Shapes.linksAsButtons(page);
            case FULL_WIDTH_LABELS -> Shapes.fullWidth(page);
            case HALF_WIDTH_KANA -> Shapes.halfWidthKana(page);
            case SPACED_LABELS -> Shapes.spaced(page);
            case LABELS_IN_PARTS -> Shapes.inParts(page);
            case SIMILAR_SERVICE -> Flaws.similarServices(page);
            case POLICIES_EMPTY -> Flaws.removeTicks(page, "policy");
            case ADD_MISSING -> Flaws.removeAdd(page);
            case SERVICE_GREYED_OUT -> Flaws.greyOut(page);
            case SERVICE_TWICE -> Flaws.servicesTwice(page);
            case GRANT_MISSING -> Flaws.remove(page, GRANT);
            case GRANT_DISABLED -> Flaws.disable(page, GRANT);
            case GRANT_RENAMED -> Flaws.rename(page, GRANT, ja ? "（組織全体）" : " (whole organization)");
            case GRANT_TWICE -> Flaws.twice(page, GRANT);
            case REFRESH_MISSING -> Flaws.remove(page, "press-refresh");
            case BOX_DEFAULT_MISSING -> Flaws.removeOption(page, "default");
            case BOX_MUTE_MISSING -> Flaws.removeTicks(page, "mute");
            case FIELD_IDS_CHANGED -> Flaws.renameFieldIds(page);
            case LOOKUP_FINDS_ANOTHER -> Flaws.otherTitle(page, "Contoso Backup");
            case OTHER_ORGANISATION ->
                Flaws.otherOrganisation(page, organisation, ja ? "別会社の組織" : "Somebody Else's Organization");
            default -> {
                if (inConsole) {
                    changeConsole(mutation, page, inWizard, ja);
                } else if (inBox) {
                    changeBox(mutation, page);
                }
                if (mutation == PageMutation.OTHER_PROVIDER_ACCOUNT && !site.equals("console")) {
                    Flaws.otherAccount(page, "somebody@other.example");
                }
            }
        }
    }

    private static void changeConsole(PageMutation mutation, PageTree page, boolean inWizard, boolean ja) {
        if (mutation == PageMutation.RELOADING) {
            Flaws.reload(page);
        } else if (mutation == PageMutation.LISTS_EMPTY) {
            Flaws.emptyLists(page);
        } else if (mutation == PageMutation.OTHER_ACCOUNT) {
            Flaws.otherAccount(page, "CAS9999");
        } else if (mutation == PageMutation.NOTICE_OVER_PAGE) {
            String text = ja ? "新しいコンソールへの移行のお知らせ" : "You can move to the new console.";
            Flaws.dialog(page, ja ? "お知らせ" : "Notice", text, ja ? "移行する" : "Move", ja ? "あとで" : "Later");
        } else if (mutation == PageMutation.MISLEADING_DIALOG && inWizard) {
            String text = ja ? "すべての組織に権限を付与します。" : "All organizations will be granted.";
            String label = page.withId(GRANT).map(b -> b.getTextContent()).orElse(ja ? "閉じる" : "Close");
            Flaws.dialog(page, ja ? "確認" : "Confirmation", text, label, ja ? "キャンセル" : "Cancel");
        }
    }

    private void changeBox(PageMutation mutation, PageTree page) {
        if (mutation == PageMutation.SAVE_MISSING) {
            page.where(e -> e.getAttribute("id").equals(SAVE)).forEach(PageTree::remove);
        } else if (mutation == PageMutation.BOX_APP_MISSING) {
            Flaws.removeSection(page, boxApp);
        } else if (mutation == PageMutation.BOX_APP_TWICE) {
            Flaws.sectionTwice(page, boxApp);
        }
    }
}
