package io.github.kaitsu.sandbox.internal;

import io.github.kaitsu.sandbox.PageMutation;
import io.github.kaitsu.sandbox.WrongClick;
import io.github.kaitsu.sandbox.internal.mutation.Mutations;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Answers what leads astray, changes what the pages answer, and tells who pressed wrongly. */
public final class Changed implements PageFilter {
    private final Set<PageMutation> mutations;
    private final Consumer<WrongClick> told;

    public Changed(Set<PageMutation> mutations, Consumer<WrongClick> told) {
        this.mutations = mutations;
        this.told = told;
    }

    @Override
    public Site.Handler over(String site, Setup setup, Site.Handler pages) {
        Mutations changes = new Mutations(mutations, setup.firstOrganisation(), BoxPages.APP);
        return new Site.Handler() {
            @Override
            public Response answer(Request request) {
                return isForPrograms(request)
                        ? pages.answer(request)
                        : Changed.this.answer(site, changes, request, pages);
            }

            @Override
            public boolean isForPrograms(Request request) {
                return pages.isForPrograms(request);
            }
        };
    }

    private Response answer(String site, Mutations changes, Request request, Site.Handler pages) {
        Request asked = changes.has(PageMutation.ENGLISH_LABELS) ? inEnglish(request) : request;
        boolean decoy = asked.path().equals(Mutations.DECOY);
        if (decoy || !asked.isGet()) {
            changes.forbids(asked.path(), asked.form().keySet())
                    .ifPresent(because -> told.accept(new WrongClick(because, asked.actor(), site, asked.path())));
        }
        if (decoy) {
            String text = "This page of the sandbox is not to be reached.";
            return Response.html(
                    new Html(asked.locale(), "#7a4b00", site).text(text).html());
        }
        if (changes.confirms(asked.method(), asked.path(), asked.form().keySet())) {
            return confirmation(asked);
        }
        Response response = pages.answer(asked);
        String body = changes.change(site, asked.path(), response.body());
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
