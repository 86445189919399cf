package io.github.kaitsu.sandbox.internal;

import io.github.kaitsu.sandbox.HtmlText;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** A page as a tab shows it. Labels match whole, after width, case, spaces and a closing colon are folded; never a part of one. */
public final class View {
    private static final String PRESSED_NAME = "data-name";

    private final URI address;
    private final int status;
    private final String html;
    private final String text;
    private final List<Element> elements;

    private View(URI address, int status, String html, String text, List<Element> elements) {
        this.address = address;
        this.status = status;
        this.html = html;
        this.text = text;
        this.elements = elements;
    }

    /**
     * What a form sends.
     *
     * @param pasted the names of the fields that were pasted into
     */
    record FilledForm(boolean post, String action, List<Map.Entry<String, String>> values, List<String> pasted) {}

    static View of(URI address, int status, String html) {
        return new View(address, status, html, HtmlText.of(html), html.isBlank() ? List.of() : parse(html));
    }

    public URI address() {
        return address;
    }

    public int status() {
        return status;
    }

    /** The page as it was sent. */
    public String html() {
        return html;
    }

    /** What selecting and copying the page brings. */
    public String text() {
        return text;
    }

    /** The part of the page under a heading, up to the next; links, buttons and fields are only looked for there. */
    public Optional<View> section(String heading) {
        for (int from = 0; from < elements.size(); from++) {
            if (isHeading(elements.get(from)) && same(elements.get(from).getTextContent(), heading)) {
                int to = from + 1;
                while (to < elements.size() && !isHeading(elements.get(to))) {
                    to++;
                }
                return Optional.of(new View(address, status, html, text, elements.subList(from, to)));
            }
        }
        return Optional.empty();
    }

    private static boolean isHeading(Element element) {
        return element.getTagName().equals("h2");
    }

    /** The table's row that has a cell with this text; links and buttons are only looked for there. */
    public Optional<View> row(String cell) {
        return findRow(cell).map(row -> new View(address, status, html, text, all(row)));
    }

    public boolean hasLink(String label) {
        return findLink(label).isPresent();
    }

    public boolean hasButton(String label) {
        return findButton(label).isPresent();
    }

    public boolean hasField(String label) {
        return elements.stream().anyMatch(e -> e.getTagName().equals("label") && same(e.getTextContent(), label));
    }

    /** Whether an element's id ends like this, as browser drivers match ASP.NET's. */
    public boolean hasId(String ending) {
        return elements.stream().anyMatch(e -> e.getAttribute("id").endsWith(ending));
    }

    public List<String> headings() {
        return elements.stream()
                .filter(View::isHeading)
                .map(Element::getTextContent)
                .toList();
    }

    public List<String> paragraphs() {
        return elements.stream()
                .filter(e -> e.getTagName().equals("p"))
                .map(Element::getTextContent)
                .toList();
    }

    /** What the page says went wrong, or nothing. */
    public String error() {
        return elements.stream()
                .filter(e -> (" " + e.getAttribute("class") + " ").contains(" error "))
                .map(Element::getTextContent)
                .findFirst()
                .orElse("");
    }

    /** Whether a checkbox is ticked. */
    public boolean isTicked(String label) {
        return field(elements, label).hasAttribute("checked");
    }

    /** The value of a field, or the chosen option's label. */
    public String value(String label) {
        Element field = field(elements, label);
        return field.getTagName().equals("select")
                ? options(field).stream()
                        .filter(o -> o.hasAttribute("selected"))
                        .findFirst()
                        .map(Element::getTextContent)
                        .orElse("")
                : valueOf(field);
    }

    String link(String label) {
        return address(findLink(label).orElseThrow(() -> missing("link", label)));
    }

    /** A link, or a button that a script makes one. */
    private static String address(Element e) {
        return e.getTagName().equals("a") && !e.hasAttribute(PRESSED_NAME)
                ? e.getAttribute("href")
                : e.getAttribute("data-href");
    }

    /** A button, or what a script makes one; it sends what the two attributes say. */
    private static boolean isButton(Element e) {
        boolean submits = e.getAttribute("type").equals("submit");
        return e.hasAttribute(PRESSED_NAME)
                || (submits && Set.of("button", "input").contains(e.getTagName()));
    }

    private static String buttonLabel(Element e) {
        return e.getTagName().equals("input") ? e.getAttribute("value") : e.getTextContent();
    }

    private static Map.Entry<String, String> sentBy(Element e) {
        return e.hasAttribute(PRESSED_NAME)
                ? Map.entry(e.getAttribute(PRESSED_NAME), e.getAttribute("data-value"))
                : Map.entry(e.getAttribute("name"), e.getAttribute("value"));
    }

    FilledForm fill(String button, Map<String, String> wanted, Set<String> pasted) {
        Element pressed = findButton(button).orElseThrow(() -> missing("button", button));
        List<Element> inside = all(parentForm(pressed));
        Map<Element, String> chosen = new HashMap<>();
        wanted.forEach((label, value) -> chosen.put(field(inside, label), value));
        List<String> names =
                pasted.stream().map(l -> field(inside, l).getAttribute("name")).toList();
        return fill(pressed, chosen, names);
    }

    /** Ticks the checkbox of a row and nothing else. */
    FilledForm tickRow(String cell, String button) {
        Element pressed = findButton(button).orElseThrow(() -> missing("button", button));
        Element box = findRow(cell).stream()
                .flatMap(row -> all(row).stream())
                .filter(e -> e.getAttribute("type").equals("checkbox"))
                .findFirst()
                .orElseThrow(() -> missing("row with a checkbox", cell));
        return fill(pressed, Map.of(box, "on"), List.of());
    }

    private static FilledForm fill(Element pressed, Map<Element, String> chosen, List<String> pasted) {
        Element form = parentForm(pressed);
        List<Element> inside = all(form);
        List<Map.Entry<String, String>> values = new ArrayList<>();
        for (Element e : inside) {
            switch (e.getTagName()) {
                case "input" -> input(e, chosen).ifPresent(v -> values.add(Map.entry(e.getAttribute("name"), v)));
                case "textarea" ->
                    values.add(Map.entry(e.getAttribute("name"), chosen.getOrDefault(e, e.getTextContent())));
                case "select" -> values.add(Map.entry(e.getAttribute("name"), option(e, chosen.get(e))));
                default -> {
                    // nothing that a form sends
                }
            }
        }
        values.add(sentBy(pressed));
        return new FilledForm(form.getAttribute("method").equals("post"), form.getAttribute("action"), values, pasted);
    }

    private static Optional<String> input(Element input, Map<Element, String> chosen) {
        if (input.getAttribute("type").equals("submit")) {
            return Optional.empty();
        }
        if (!input.getAttribute("type").equals("checkbox")) {
            return Optional.of(chosen.getOrDefault(input, input.getAttribute("value")));
        }
        boolean ticked = chosen.containsKey(input) ? !chosen.get(input).isEmpty() : input.hasAttribute("checked");
        return ticked ? Optional.of(input.getAttribute("value")) : Optional.empty();
    }

    private static String option(Element select, @Nullable String label) {
        for (Element option : options(select)) {
            boolean taken = label == null ? option.hasAttribute("selected") : same(option.getTextContent(), label);
            if (taken) {
                return option.getAttribute("value");
            }
        }
        throw new IllegalArgumentException("no option " + label);
    }

    private Optional<Element> findRow(String cell) {
        return elements.stream()
                .filter(e -> e.getTagName().equals("tr"))
                .filter(row ->
                        all(row).stream().anyMatch(e -> e.getTagName().equals("td") && same(e.getTextContent(), cell)))
                .findFirst();
    }

    private Optional<Element> findLink(String label) {
        return elements.stream()
                .filter(e -> !address(e).isEmpty() && same(uncounted(e), label))
                .findFirst();
    }

    /** A tab without the number of what it holds: 通知 (3). */
    private static String uncounted(Element e) {
        String text = e.getTextContent();
        return e.getAttribute("role").equals("tab")
                ? Normalizer.normalize(text, Normalizer.Form.NFKC).replaceFirst("\\(\\s*[0-9]+\\s*\\)\\s*$", "")
                : text;
    }

    private Optional<Element> findButton(String label) {
        return elements.stream()
                .filter(e -> isButton(e) && !e.hasAttribute("disabled") && same(buttonLabel(e), label))
                .findFirst();
    }

    private Element field(List<Element> where, String label) {
        for (Element e : where) {
            if (e.getTagName().equals("label") && same(e.getTextContent(), label)) {
                String id = e.getAttribute("for");
                return where.stream()
                        .filter(f -> f.getAttribute("id").equals(id)
                                && !f.getTagName().equals("label"))
                        .findFirst()
                        .orElseThrow(() -> missing("field", label));
            }
        }
        throw missing("field", label);
    }

    private IllegalStateException missing(String what, String label) {
        return new IllegalStateException("no " + what + " \"" + label + "\" at " + address.getPath() + ":\n" + text);
    }

    private static boolean same(String shown, String wanted) {
        return folded(shown).equals(folded(wanted));
    }

    private static String folded(String label) {
        return Normalizer.normalize(label, Normalizer.Form.NFKC)
                .replaceAll("\\s+", "")
                .replaceAll(":$", "")
                .toLowerCase(Locale.ROOT);
    }

    private static String valueOf(Element field) {
        return field.getTagName().equals("textarea") ? field.getTextContent() : field.getAttribute("value");
    }

    private static List<Element> options(Element select) {
        return all(select).stream().filter(e -> e.getTagName().equals("option")).toList();
    }

    private static Element parentForm(Element element) {
        for (Node n = element; n != null; n = n.getParentNode()) {
            if (n instanceof Element e && e.getTagName().equals("form")) {
                return e;
            }
        }
        throw new IllegalStateException("a button outside of a form");
    }

    private static List<Element> all(Element root) {
        List<Element> out = new ArrayList<>();
        collect(root, out);
        return out;
    }

    private static void collect(Node node, List<Element> out) {
        if (node instanceof Element e) {
            out.add(e);
        }
        for (Node n = node.getFirstChild(); n != null; n = n.getNextSibling()) {
            collect(n, out);
        }
    }

    private static List<Element> parse(String html) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
            Document page = factory.newDocumentBuilder().parse(new InputSource(new StringReader(html)));
            return all(page.getDocumentElement());
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new IllegalStateException("a page of the sandbox is not well-formed", e);
        }
    }
}
