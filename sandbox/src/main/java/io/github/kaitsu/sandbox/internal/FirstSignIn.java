package io.github.kaitsu.sandbox.internal;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.sandbox.PageOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * COMMON-5: what the console shows when it is opened for the first time. Each service chosen there is linked at once, with the
 * administrator's address and password, and 通知 tells how that went; × leads to the console without it.
 */
final class FirstSignIn {
    private static final String PROMPT = "first-sign-in";
    private static final String PATH = "/console/first";
    private static final String SEND = "/console/first/send";

    private final Ledger ledger;
    private final World world;
    private final ConsolePages console;
    private final Linking linking;

    FirstSignIn(Ledger ledger, ConsolePages console) {
        this.ledger = ledger;
        this.world = ledger.world();
        this.console = console;
        this.linking = new Linking(ledger);
    }

    /** Empty once it was settled. */
    Optional<Response> answer(Request r) {
        boolean shown = world.setup().pages().has(PageOptions.Trait.FIRST_SIGN_IN)
                && !world.promptsSettled.contains(PROMPT)
                && world.links().isEmpty();
        if (!shown) {
            return Optional.empty();
        }
        Labels t = Labels.of(r.locale());
        return switch (r.method() + " " + r.path()) {
            case "GET /console" -> Optional.of(choose(t));
            case "POST " + PATH -> Optional.of(chosen(r, t));
            case "POST " + SEND -> Optional.of(send(r, t));
            default -> Optional.empty();
        };
    }

    private Response choose(Labels t) {
        Form form = Form.post(PATH);
        for (CloudService service : CloudService.standard()) {
            form.tick("service", service.id(), service.label(t.locale()), false);
        }
        form.button("next", t.get("first.next")).cross("close", t.get("wizard.cross"));
        return Response.html(console.page(t, t.get("first.title"))
                .asDialog()
                .heading(t.get("first.title"))
                .text(t.get("first.choose"))
                .form(form)
                .html());
    }

    private Response chosen(Request r, Labels t) {
        if (r.field("_press").equals("close")) {
            ledger.record(new Change.PromptSettled(PROMPT));
            return Response.redirect("/console");
        }
        List<CloudService> services = services(r.fields("service"));
        return services.isEmpty() ? choose(t) : administrators(services, t, "");
    }

    private Response administrators(List<CloudService> services, Labels t, String error) {
        Form form = Form.post(SEND);
        for (CloudService service : services) {
            form.raw("<h2>" + Html.escape(service.label(t.locale())) + "</h2>")
                    .hidden("_service", service.id())
                    .text("account-" + service.id(), t.get("provider.address"), "")
                    .password("password-" + service.id(), t.get("provider.password"));
        }
        return Response.html(console.page(t, t.get("first.title"))
                .asDialog()
                .heading(t.get("first.title"))
                .text(t.get("first.administrator"))
                .error(error)
                .form(form.button("send", t.get("lmp.reset.send")))
                .html());
    }

    private Response send(Request r, Labels t) {
        List<CloudService> services = services(r.fields("_service"));
        if (!services.stream().allMatch(s -> isRight(r, s))) {
            return administrators(services, t, t.get("provider.wrong"));
        }
        ledger.record(new Change.PromptSettled(PROMPT));
        for (CloudService service : services) {
            int id = world.nextWizard();
            ledger.record(new Change.WizardOpened(id, service, world.setup().firstOrganisation()));
            linking.start(world.wizard(id), List.of());
            linking.consent(world.wizard(id), world.setup().administrator());
        }
        return Response.redirect("/console/notifications");
    }

    private boolean isRight(Request r, CloudService service) {
        return r.field("account-" + service.id()).equalsIgnoreCase(world.setup().administrator())
                && r.raw("password-" + service.id()).equals(ProviderPages.password(world.setup(), service.provider()));
    }

    private static List<CloudService> services(List<String> ids) {
        List<CloudService> out = new ArrayList<>();
        ids.forEach(id -> CloudService.parse(id).ifPresent(out::add));
        return out;
    }
}
