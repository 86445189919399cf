package io.github.kaitsu.sandbox.internal.mutation;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.w3c.dom.Element;

/** Other forms of the same page: other elements, another order, labels written otherwise. */
final class Shapes {
    private static final Set<String> LABELLED = Set.of("a", "button", "label", "h2", "li", "option");
    private static final Map<Character, Character> HALF_WIDTH = halfWidth();

    /** A script must do what the browser does for a real button. */
    private static final String PRESS = """
            function press(e){var f=e.closest('form'),h=document.createElement('input');h.type='hidden';
            h.name=e.dataset.name;h.value=e.dataset.value;f.appendChild(h);if(e.type!=='submit'){f.submit()}}
            """;

    private Shapes() {}

    static void reorderMenus(PageTree page) {
        for (Element parent : page.all("header", "ul", "table", "tbody", "main")) {
            List<Element> items = PageTree.elements(parent).stream()
                    .filter(e -> switch (parent.getTagName()) {
                        case "header" -> e.getTagName().equals("a");
                        case "main" ->
                            e.getTagName().equals("p") && !PageTree.elements(e).isEmpty();
                        case "ul" -> e.getTagName().equals("li");
                        default -> e.getTagName().equals("tr") && isBody(e);
                    })
                    .toList();
            page.reverse(items);
        }
    }

    private static boolean isBody(Element row) {
        return PageTree.elements(row).stream().noneMatch(c -> c.getTagName().equals("th"));
    }

    static void buttonsAs(PageTree page, String kind) {
        for (Element button : page.where(Shapes::isButton)) {
            boolean wasInput = button.getTagName().equals("input");
            if (wasInput && kind.equals("input")) {
                continue;
            }
            String label = wasInput ? button.getAttribute("value") : button.getTextContent();
            Element other = switch (kind) {
                case "input" -> page.element(kind, "", "type", "submit", "name", "_label", "value", label);
                case "div" -> page.element(kind, label, "role", "button", "tabindex", "0");
                default -> page.element(kind, label, "href", "#");
            };
            for (String attribute : new String[] {"id", "disabled"}) {
                if (button.hasAttribute(attribute)) {
                    other.setAttribute(attribute, button.getAttribute(attribute));
                }
            }
            other.setAttribute("class", "press " + button.getAttribute("class"));
            other.setAttribute("data-name", button.getAttribute("name"));
            other.setAttribute("data-value", button.getAttribute("value"));
            other.setAttribute("onclick", kind.equals("a") ? "press(this);return false" : "press(this)");
            PageTree.replace(button, other);
        }
        page.append(page.element("script", PRESS));
    }

    static boolean isButton(Element e) {
        return e.getAttribute("type").equals("submit")
                && Set.of("button", "input").contains(e.getTagName());
    }

    static void linksAsButtons(PageTree page) {
        for (Element link : page.all("a")) {
            Element button = page.element(
                    "button",
                    link.getTextContent(),
                    "type",
                    "button",
                    "class",
                    "text",
                    "data-href",
                    link.getAttribute("href"),
                    "onclick",
                    "location.href=this.dataset.href");
            if (link.hasAttribute("role")) {
                button.setAttribute("role", link.getAttribute("role"));
            }
            PageTree.replace(link, button);
        }
    }

    // ---- labels

    private static List<Element> labelled(PageTree page) {
        return page.where(e -> LABELLED.contains(e.getTagName())
                && PageTree.elements(e).isEmpty()
                && PageTree.around(e, "td").isEmpty());
    }

    static void fullWidth(PageTree page) {
        labelled(page).forEach(e -> page.texts(e, Shapes::fullWidth));
    }

    private static String fullWidth(String text) {
        StringBuilder out = new StringBuilder();
        text.chars().forEach(c -> out.append((char) (c > ' ' && c < 0x7f ? c + 0xfee0 : c)));
        return out.toString();
    }

    static void halfWidthKana(PageTree page) {
        labelled(page).forEach(e -> page.texts(e, Shapes::halfWidth));
    }

    private static String halfWidth(String text) {
        StringBuilder out = new StringBuilder();
        text.chars().mapToObj(Character::toString).forEach(c -> {
            boolean kana = c.charAt(0) >= '\u30a1' && c.charAt(0) <= '\u30fc';
            String parts = kana ? Normalizer.normalize(c, Normalizer.Form.NFD) : c; // ガ is half-width ｶ and ﾞ
            parts.chars()
                    .forEach(part -> out.append(
                            HALF_WIDTH.getOrDefault((char) part, (char) part).charValue()));
        });
        return out.toString();
    }

    private static Map<Character, Character> halfWidth() {
        Map<Character, Character> out = new HashMap<>();
        for (char half = '\uff66'; half <= '\uff9f'; half++) {
            out.put(
                    Normalizer.normalize(String.valueOf(half), Normalizer.Form.NFKC)
                            .charAt(0),
                    half);
        }
        return out;
    }

    static void spaced(PageTree page) {
        labelled(page).forEach(e -> page.texts(e, t -> "\n\u00a0" + half(t, true) + "\u3000" + half(t, false) + " \n"));
    }

    static void inParts(PageTree page) {
        for (Element e : labelled(page)) {
            if (e.getTagName().equals("option")) {
                continue;
            }
            String label = e.getTextContent();
            PageTree.children(e).forEach(PageTree::remove);
            e.appendChild(page.element("i", "", "class", "icon", "aria-hidden", "true"));
            e.appendChild(page.element("span", half(label, true)));
            e.appendChild(page.element("span", half(label, false)));
        }
    }

    private static String half(String text, boolean first) {
        int middle = text.length() / 2;
        return first ? text.substring(0, middle) : text.substring(middle);
    }
}
