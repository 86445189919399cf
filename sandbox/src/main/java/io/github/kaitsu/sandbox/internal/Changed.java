package io.github.kaitsu.sandbox.internal;

import io.github.kaitsu.sandbox.PageMutation;
import io.github.kaitsu.sandbox.WrongClick;
import io.github.kaitsu.sandbox.internal.mutation.Mutations;
import java.util.HashMap;
import java.util.Map;

/** Stands before the pages: answers what leads astray, changes what the pages answer, and writes down who pressed wrongly. */
final class Changed {
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
        boolean decoy = asked.path().equals(Mutations.DECOY);
        if (decoy || !asked.isGet()) {
            mutations
                    .forbids(asked.path(), asked.form().keySet())
                    .ifPresent(because -> ledger.record(
                            new Change.WronglyClicked(new WrongClick(because, asked.actor(), site, asked.path()))));
        }
        if (decoy) {
            String text = "This page of the sandbox is not to be reached.";
            return Response.html(
                    new Html(asked.locale(), "#7a4b00", site).text(text).html());
        }
        if (mutations.confirms(asked.method(), asked.path(), asked.form().keySet())) {
            return confirmation(asked);
        }
        Response response = pages.answer(asked);
        String body = mutations.change(site, asked.path(), response.body());
        return new Response(response.status(), response.headers(), body);
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
        r.fields("policy").forEach(p -> form.hidden(Form.BEFORE + "policy", p).hidden("policy", p));
        form.hidden(Mutations.CONFIRMED, "1")
                .button("ok", t.get("console.ok"))
                .quietButton("cancel", t.get("console.cancel"));
        return Response.html(new Html(t.locale(), "#23313f", t.get("wizard.confirm"))
                .asDialog()
                .heading(t.get("wizard.confirm"))
                .text(t.get("wizard.confirm.text"))
                .form(form)
                .html());
    }
}
