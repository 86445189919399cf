package io.github.kaitsu.sandbox.internal.mutation;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.w3c.dom.Element;

/** What is missing on a page, stands there twice, or is somebody else's. */
final class Flaws {
    /** Where everything leads that nobody may press. */
    static final String DECOY = "/decoy";

    private static final String WIZARD = "/console/wizard?";

    private Flaws() {}

    static void remove(PageTree page, String id) {
        page.withId(id).ifPresent(PageTree::remove);
    }

    /** A checkbox with its label. */
    static void removeTicks(PageTree page, String name) {
        page.where(e -> e.getAttribute("type").equals("checkbox")
                        && e.getAttribute("name").equals(name))
                .forEach(e -> PageTree.around(e, "div").ifPresent(PageTree::remove));
    }

    static void removeAdd(PageTree page) {
        page.where(e -> e.getAttribute("href").endsWith("/service-accounts/add"))
                .forEach(PageTree::remove);
    }

    // ---- 追加

    private static List<Element> services(PageTree page) {
        return page.where(
                e -> e.getTagName().equals("a") && e.getAttribute("href").startsWith(WIZARD));
    }

    static void greyOut(PageTree page) {
        for (Element link : services(page)) {
            PageTree.replace(
                    link, page.element("span", link.getTextContent(), "class", "granted", "aria-disabled", "true"));
        }
    }

    static void similarServices(PageTree page) {
        String chat = page.locale().equals(Locale.JAPANESE) ? "%sチャット" : "%s Chat";
        for (Element item : items(page)) {
            for (String form : new String[] {"%s for Government", "My%s", chat}) {
                addDecoy(page, item, form);
            }
        }
    }

    static void servicesTwice(PageTree page) {
        items(page).forEach(item -> addDecoy(page, item, "%s"));
    }

    /** The list's item or the table's row of each service. */
    private static List<Element> items(PageTree page) {
        return services(page).stream()
                .flatMap(link -> PageTree.around(link, "li").or(() -> PageTree.around(link, "tr")).stream())
                .toList();
    }

    private static void addDecoy(PageTree page, Element item, String form) {
        Element copy = (Element) item.cloneNode(true);
        List<Element> links = PageTree.elements(copy).stream()
                .flatMap(e -> e.getTagName().equals("a") ? List.of(e).stream() : PageTree.elements(e).stream())
                .toList();
        links.forEach(a -> a.setAttribute("href", DECOY));
        Element named = item.getTagName().equals("tr") ? PageTree.elements(copy).get(0) : links.get(0);
        page.texts(named, form::formatted);
        PageTree.before(item, copy);
    }

    // ---- buttons

    static void disable(PageTree page, String id) {
        page.withId(id).ifPresent(b -> b.setAttribute("disabled", "disabled"));
    }

    static void rename(PageTree page, String id, String more) {
        page.withId(id).ifPresent(b -> page.texts(b, label -> label + more));
    }

    /** The same button again, before the real one's form. */
    static void twice(PageTree page, String id) {
        Optional<Element> button = page.withId(id);
        Optional<Element> form = button.flatMap(b -> PageTree.around(b, "form"));
        form.ifPresent(
                f -> PageTree.before(f, decoyForm(page, button.orElseThrow().getTextContent())));
    }

    private static Element decoyForm(PageTree page, String label) {
        Element form = page.element("form", "", "method", "post", "action", DECOY);
        form.appendChild(page.element("button", label, "type", "submit", "name", "_press", "value", "decoy"));
        return form;
    }

    // ---- dialogs

    /** In front of the page; the label is that of a button which asks for something else. */
    static void dialog(PageTree page, String title, String text, String label, String putOff) {
        Element dialog = page.element("div", "", "class", "box", "role", "dialog", "aria-modal", "true");
        dialog.setAttribute("aria-label", title);
        dialog.appendChild(page.element("h2", title));
        dialog.appendChild(page.element("p", text));
        dialog.appendChild(decoyForm(page, label));
        dialog.appendChild(page.element(
                "button", putOff, "type", "button", "class", "quiet", "onclick", "this.closest('.overlay').remove()"));
        Element overlay = page.element("div", "", "class", "overlay");
        overlay.appendChild(dialog);
        page.append(overlay);
    }

    // ---- Box

    /** The section of an application: its heading and its form. */
    static void removeSection(PageTree page, String heading) {
        for (Element h2 : section(page, heading)) {
            PageTree.remove(formAfter(h2));
            PageTree.remove(h2);
        }
    }

    static void sectionTwice(PageTree page, String heading) {
        for (Element h2 : section(page, heading)) {
            Element form = (Element) formAfter(h2).cloneNode(true);
            form.setAttribute("action", DECOY);
            PageTree.before(h2, h2.cloneNode(true));
            PageTree.before(h2, form);
        }
    }

    private static List<Element> section(PageTree page, String heading) {
        return page.where(e -> e.getTagName().equals("h2") && e.getTextContent().equals(heading));
    }

    private static Element formAfter(Element h2) {
        List<Element> all = PageTree.elements(PageTree.parent(h2));
        return all.get(all.indexOf(h2) + 1);
    }

    static void removeOption(PageTree page, String value) {
        page.where(e -> e.getTagName().equals("option")
                        && e.getAttribute("value").equals(value))
                .forEach(PageTree::remove);
    }

    // ---- AppInv.aspx

    static void renameFieldIds(PageTree page) {
        page.where(e -> e.getAttribute("id").contains("_Txt"))
                .forEach(e -> e.setAttribute("id", e.getAttribute("id").replace("_Txt", "_Input")));
        page.where(e -> e.getAttribute("for").contains("_Txt"))
                .forEach(e -> e.setAttribute("for", e.getAttribute("for").replace("_Txt", "_Input")));
    }

    static void otherTitle(PageTree page, String title) {
        page.where(e -> e.getAttribute("id").endsWith("_TxtTitle")
                        && !e.getAttribute("value").isEmpty())
                .forEach(e -> e.setAttribute("value", title));
    }

    // ---- somebody else's

    static void otherAccount(PageTree page, String account) {
        page.where(e -> e.getAttribute("class").equals("account")).forEach(e -> page.texts(e, old -> account));
    }

    static void otherOrganisation(PageTree page, String ours, String theirs) {
        page.where(e -> e.getAttribute("class").equals("note")
                        && e.getTextContent().equals(ours))
                .forEach(e -> page.texts(e, old -> theirs));
    }

    // ---- the lists, and pages that do not stay

    static void emptyLists(PageTree page) {
        page.where(e -> e.getAttribute("class").equals("row")).forEach(PageTree::remove);
        page.where(e -> e.getAttribute("role").equals("tab"))
                .forEach(tab -> page.texts(tab, t -> t.replaceAll("\\([0-9]+\\)", "(0)")));
    }

    /** Without a Referer, so that nobody's press is counted. */
    static void reload(PageTree page) {
        page.append(page.element("script", """
                setTimeout(function(){var m=document.createElement('meta');m.name='referrer';m.content='no-referrer';
                document.head.appendChild(m);location.replace(location.href)},1500)"""));
    }
}
