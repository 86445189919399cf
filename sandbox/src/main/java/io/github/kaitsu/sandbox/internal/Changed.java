package io.github.kaitsu.sandbox.internal;

import io.github.kaitsu.sandbox.HandsOn;
import io.github.kaitsu.sandbox.PageMutation;
import io.github.kaitsu.sandbox.WrongClick;
import io.github.kaitsu.sandbox.internal.mutation.Mutations;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Stands before the pages: answers what leads astray, changes what the pages answer, and writes down who pressed wrongly. */
final class Changed {
    private static final Pattern LINKING = Pattern.compile("/console/wizard/[0-9]+/(grant|done)");
    private static final Pattern REMOVING = Pattern.compile("/console/service-accounts/remove");
    private static final Pattern AT_PROVIDER =
            Pattern.compile("/master/settings/apps|/folder/[0-9]+/settings|/_layouts/15/AppInv\\.aspx");
    private static final String CONFIRMED = "_confirmed";

    private static final Set<PageMutation> DECOYS = EnumSet.of(
            PageMutation.SIMILAR_SERVICE,
            PageMutation.NOTICE_OVER_PAGE,
            PageMutation.SERVICE_TWICE,
            PageMutation.GRANT_TWICE,
            PageMutation.MISLEADING_DIALOG,
            PageMutation.BOX_APP_TWICE);

    private final String site;
    private final Ledger ledger;
    private final Mutations mutations;

    Changed(String site, Ledger ledger) {
        this.site = site;
        this.ledger = ledger;
        Setup setup = ledger.read(World::setup);
        mutations = new Mutations(setup.pages().mutations(), setup.firstOrganisation(), BoxPages.APP);
    }

    Response answer(Request request, Site.Handler pages) {
        Request asked = mutations.has(PageMutation.ENGLISH_LABELS) ? inEnglish(request) : request;
        wrong(asked).ifPresent(mutation -> blame(mutation, asked));
        if (asked.path().equals(Mutations.DECOY)) {
            return Response.html(new Html(asked.locale(), "#7a4b00", site)
                    .text("This page of the sandbox is not to be reached.")
                    .html());
        }
        if (mutations.has(PageMutation.CONFIRMATION_BEFORE_GRANT)
                && !asked.isGet()
                && asked.path().endsWith("/grant")
                && LINKING.matcher(asked.path()).matches()
                && !asked.has(CONFIRMED)) {
            return confirmation(asked);
        }
        Response response = pages.answer(asked);
        return new Response(
                response.status(), response.headers(), mutations.change(site, asked.path(), response.body()));
    }

    private static Request inEnglish(Request r) {
        Map<String, String> cookies = new HashMap<>(r.cookies());
        cookies.put(Response.LANGUAGE_COOKIE, "en");
        return new Request(r.method(), r.uri(), r.query(), r.form(), r.body(), r.headers(), cookies);
    }

    /** The grant goes on only if somebody agrees to something that the manuals never ask. */
    private static Response confirmation(Request r) {
        Labels t = Labels.of(r.locale());
        Form form = Form.post(r.path());
        r.fields("policy")
                .forEach(policy -> form.hidden(Form.BEFORE + "policy", policy).hidden("policy", policy));
        form.hidden(CONFIRMED, "1").button("ok", t.get("console.ok")).quietButton("cancel", t.get("console.cancel"));
        return Response.html(new Html(t.locale(), "#23313f", t.get("wizard.confirm"))
                .asDialog()
                .heading(t.get("wizard.confirm"))
                .text(t.get("wizard.confirm.text"))
                .form(form)
                .html());
    }

    private Optional<PageMutation> wrong(Request r) {
        if (r.path().equals(Mutations.DECOY)) {
            return Optional.of(decoyOf());
        }
        if (r.isGet()) {
            return Optional.empty();
        }
        if (site.equals("console")) {
            boolean links = LINKING.matcher(r.path()).matches();
            if (links && mutations.has(PageMutation.CONFIRMATION_BEFORE_GRANT) && r.has(CONFIRMED)) {
                return Optional.of(PageMutation.CONFIRMATION_BEFORE_GRANT);
            }
            if (links && mutations.has(PageMutation.OTHER_ORGANISATION)) {
                return Optional.of(PageMutation.OTHER_ORGANISATION);
            }
            boolean changes = links || REMOVING.matcher(r.path()).matches();
            return changes ? ifAny(PageMutation.OTHER_ACCOUNT) : Optional.empty();
        }
        if (!AT_PROVIDER.matcher(r.path()).matches()) {
            return Optional.empty();
        }
        boolean creates = r.form().keySet().stream().anyMatch(name -> name.endsWith("BtnCreate"));
        return ifAny(PageMutation.OTHER_PROVIDER_ACCOUNT)
                .or(() -> creates ? ifAny(PageMutation.LOOKUP_FINDS_ANOTHER) : Optional.empty());
    }

    private Optional<PageMutation> ifAny(PageMutation mutation) {
        return mutations.has(mutation) ? Optional.of(mutation) : Optional.empty();
    }

    /** Which of the changes laid the decoy; the first in the order of declaration where several do. */
    private PageMutation decoyOf() {
        return ledger.read(World::setup).pages().mutations().stream()
                .filter(DECOYS::contains)
                .sorted()
                .findFirst()
                .orElse(PageMutation.NOTICE_OVER_PAGE);
    }

    private void blame(PageMutation mutation, Request r) {
        HandsOn.Actor actor = r.actor();
        ledger.record(new Change.WronglyClicked(new WrongClick(mutation, actor, site, r.path())));
    }
}
