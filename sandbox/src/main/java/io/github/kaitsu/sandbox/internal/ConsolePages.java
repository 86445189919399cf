package io.github.kaitsu.sandbox.internal;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.Edition;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The console's pages: dashboard, 運用管理, サービスアカウント, 追加; and support's page, which is ours. */
final class ConsolePages {
    static final String ACCOUNTS = "/console/service-accounts";
    private static final String COLOUR = "#23313f";
    private static final List<CloudService> MICROSOFT = List.of(
            CloudService.EXCHANGE_ONLINE,
            CloudService.SHAREPOINT_ONLINE,
            CloudService.ONEDRIVE,
            CloudService.MICROSOFT_TEAMS,
            CloudService.TEAMS_CHAT,
            CloudService.MIP);
    private static final List<CloudService> OTHERS =
            List.of(CloudService.BOX, CloudService.DROPBOX, CloudService.GMAIL, CloudService.GOOGLE_DRIVE);

    private final Ledger ledger;
    private final World world;
    private final BellPage bell;

    ConsolePages(Ledger ledger) {
        this.ledger = ledger;
        this.world = ledger.world();
        this.bell = new BellPage(world);
    }

    Response answer(Request r) {
        Labels t = Labels.of(r.locale());
        return switch (r.method() + " " + r.path()) {
            case "GET /console" -> dashboard(t);
            case "GET /console/administration" -> administration(t);
            case "GET /console/service-status" -> serviceStatus(t);
            case "GET /console/service-accounts" -> accounts(t);
            case "GET /console/service-accounts/add" -> add(r, t);
            case "POST /console/service-accounts" -> askToRemove(r, t);
            case "POST /console/service-accounts/remove" -> remove(r);
            case "GET " + BellPage.PATH -> bell.answer(r, page(t, t.get("console.bell")), t);
            case "GET /support" -> support(t);
            case "POST /support" -> clear(r);
            default ->
                Response.html(
                        404,
                        page(t, "404")
                                .heading("404")
                                .error(t.get("box.missing"))
                                .note(r.path())
                                .html());
        };
    }

    /** A page of the console with its header. */
    Html page(Labels t, String title) {
        return new Html(t.locale(), COLOUR, title)
                .brand(t.get("console.brand"))
                .nav(t.get("console.dashboard"), "/console")
                .nav(t.get("console.administration"), "/console/administration")
                .nav(t.get("console.bell"), BellPage.PATH)
                .account(world.setup().account())
                .clock(ConsoleLines.clock(world.now()));
    }

    private Response dashboard(Labels t) {
        Html page = page(t, t.get("console.dashboard")).heading(t.get("console.dashboard"));
        if (world.setup().edition() == Edition.CONSOLE_2024_07) {
            page.link(t.get("console.serviceStatus"), "/console/service-status");
        }
        StringBuilder counts = new StringBuilder();
        for (String what : List.of("scanned", "bec", "phishing", "ransomware")) {
            counts.append(row(Html.escape(t.get("console.threats." + what)), "0"));
        }
        page.section(t.get("console.threats")).raw("<table>" + counts + "</table>");
        return Response.html(page.html());
    }

    private Response administration(Labels t) {
        Html page = page(t, t.get("console.administration"))
                .heading(t.get("console.administration"))
                .note(t.get("console.old"))
                .link(t.get("console.serviceAccounts"), ACCOUNTS)
                .note(t.get("console.automation"))
                .note(t.get("console.outlook"))
                .section(t.get("console.organisations"));
        StringBuilder rows = new StringBuilder();
        for (String organisation : world.setup().organisations()) {
            String granted = world.listed().stream()
                    .filter(l -> l.organisation().equals(organisation))
                    .map(l -> l.service().label(t.locale()))
                    .collect(Collectors.joining(t.locale().equals(Locale.JAPANESE) ? "、" : ", "));
            boolean born = organisation.equals(world.setup().firstOrganisation());
            String description = born ? span("wide", t.get("console.organisation.born")) : "";
            rows.append(row(span("name", organisation), description, Html.escape(granted)));
        }
        String head = head(
                t.get("console.organisation.name"),
                t.get("console.organisation.description"),
                t.get("console.organisation.services"));
        return Response.html(page.raw("<table>" + head + rows + "</table>").html());
    }

    /** CONSOLE_2024_07: ダッシュボード > サービスのステータス > アクセス権付与. */
    private Response serviceStatus(Labels t) {
        StringBuilder rows = new StringBuilder(head(t.get("console.service"), t.get("console.action")));
        for (CloudService service : CloudService.standard()) {
            boolean granted = isGranted(service);
            String organisation = world.setup().firstOrganisation();
            String action = granted
                    ? Html.escape(t.get("console.granted"))
                    : Html.anchor(t.get("console.grantAccess"), wizardAddress(service, organisation));
            rows.append(row(Html.escape(service.label(t.locale())), action));
        }
        return Response.html(page(t, t.get("console.serviceStatus"))
                .heading(t.get("console.dashboard") + " > " + t.get("console.serviceStatus"))
                .raw("<table>" + rows + "</table>")
                .html());
    }

    private Response accounts(Labels t) {
        StringBuilder rows = new StringBuilder("<tr><th>" + Html.anchor(t.get("console.add"), ACCOUNTS + "/add")
                + "</th><th><button type=\"submit\" class=\"text\" name=\"_press\" value=\"remove\">"
                + Html.escape(t.get("console.remove")) + "</button></th><th>" + Html.escape(t.get("console.account"))
                + "</th><th>" + Html.escape(t.get("console.serviceType")) + "</th></tr>");
        for (Link link : world.listed()) {
            String id = "row-" + link.service().id();
            rows.append("<tr><td><input type=\"checkbox\" name=\"row\" id=\"" + id + "\" value=\""
                    + link.service().id() + "\"/></td><td></td><td><label class=\"tick\" for=\"" + id + "\">"
                    + Html.escape(accountOf(link, t)) + "</label></td><td>"
                    + Html.escape(link.service().label(t.locale())) + "</td></tr>");
        }
        Html page = page(t, t.get("console.serviceAccounts"))
                .heading(t.get("console.administration") + " > " + t.get("console.serviceAccounts"))
                .form(Form.post(ACCOUNTS).raw("<table>" + rows + "</table>"));
        unfinishedTeams()
                .ifPresent(w -> page.note(t.get("console.unfinished"))
                        .link(t.get("console.goOn"), "/console/wizard/" + w.wizard()));
        return Response.html(page.html());
    }

    /** M365-6: the manuals' console shows an app id instead of the account in these two rows. */
    private String accountOf(Link link, Labels t) {
        boolean byAppId = world.setup().edition() == Edition.CONSOLE_2024_04
                && (link.service() == CloudService.SHAREPOINT_ONLINE || link.service() == CloudService.MICROSOFT_TEAMS);
        return byAppId ? t.get("console.appId", link.appId()) : link.administrator();
    }

    private Optional<Link> unfinishedTeams() {
        return world.link(CloudService.MICROSOFT_TEAMS).filter(Link::waitsForDone);
    }

    /** COMMON-6: Microsoft's services lie behind the organisation; what is granted is grey and no link. */
    private Response add(Request r, Labels t) {
        String organisation = r.query("organisation");
        List<String> all = world.setup().organisations();
        Html page =
                page(t, t.get("console.add")).heading(t.get("console.serviceAccounts") + " > " + t.get("console.add"));
        if (all.contains(organisation)) {
            List<CloudService> services = new ArrayList<>(MICROSOFT);
            if (all.indexOf(organisation) > 0) {
                services.addAll(0, OTHERS);
            }
            return Response.html(page.section(organisation)
                    .raw(choice(services, organisation, t))
                    .html());
        }
        page.text(t.get("console.choose")).raw(choice(OTHERS, world.setup().firstOrganisation(), t));
        page.text(t.get("console.chooseOrganisation"));
        all.forEach(o -> page.link(o, ACCOUNTS + "/add?organisation=" + encode(o)));
        return Response.html(page.html());
    }

    private String choice(List<CloudService> services, String organisation, Labels t) {
        StringBuilder items = new StringBuilder("<ul>");
        for (CloudService service : services) {
            String label = service.label(t.locale());
            items.append(
                    isGranted(service)
                            ? "<li class=\"granted\" aria-disabled=\"true\">" + Html.escape(label) + "</li>"
                            : "<li>" + Html.anchor(label, wizardAddress(service, organisation)) + "</li>");
        }
        return items.append("</ul>").toString();
    }

    private boolean isGranted(CloudService service) {
        return world.link(service).filter(Link::listed).isPresent();
    }

    private static String wizardAddress(CloudService service, String organisation) {
        return "/console/wizard?service=" + service.id() + "&organisation=" + encode(organisation);
    }

    private Response askToRemove(Request r, Labels t) {
        Form form = Form.post(ACCOUNTS + "/remove");
        List<CloudService> chosen = chosen(r.fields("row"));
        if (chosen.isEmpty()) {
            return Response.redirect(ACCOUNTS);
        }
        chosen.forEach(s -> form.hidden("_row", s.id()).note(s.label(t.locale())));
        form.button("ok", t.get("console.ok")).quietButton("cancel", t.get("console.cancel"));
        return Response.html(page(t, t.get("console.remove.title"))
                .heading(t.get("console.remove.title"))
                .text(t.get("console.remove.ask"))
                .form(form)
                .html());
    }

    private Response remove(Request r) {
        if (r.field("_press").equals("ok")) {
            chosen(r.fields("_row")).forEach(s -> ledger.record(new Change.Removed(s)));
        }
        return Response.redirect(ACCOUNTS);
    }

    private List<CloudService> chosen(List<String> ids) {
        return ids.stream()
                .flatMap(id -> CloudService.parse(id).stream())
                .filter(this::isGranted)
                .toList();
    }

    /** Ours: stands for a call to the vendor's support, who alone can clear a task that stays 保留. */
    private Response support(Labels t) {
        Html page = page(t, t.get("console.support.title"))
                .heading(t.get("console.support.title"))
                .text(t.get("console.support.text"));
        List<Link> pending =
                world.links().stream().filter(l -> l.pending(world.now())).toList();
        if (pending.isEmpty()) {
            page.note(t.get("console.support.nothing"));
        }
        pending.forEach(l -> page.form(Form.post("/support")
                .note(l.service().label(t.locale()))
                .hidden("_service", l.service().id())
                .button("clear", t.get("console.support.clear"))));
        return Response.html(page.html());
    }

    private Response clear(Request r) {
        CloudService.parse(r.field("_service"))
                .flatMap(world::link)
                .filter(l -> l.pending(world.now()))
                .ifPresent(l -> ledger.record(new Change.TaskCleared(l.service())));
        return Response.redirect("/support");
    }

    private static String span(String style, String text) {
        return "<span class=\"" + style + "\">" + Html.escape(text) + "</span>";
    }

    private static String row(String... cells) {
        return "<tr><td>" + String.join("</td><td>", cells) + "</td></tr>";
    }

    private static String head(String... cells) {
        return Arrays.stream(cells)
                .map(Html::escape)
                .collect(Collectors.joining("</th><th>", "<tr><th>", "</th></tr>"));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
