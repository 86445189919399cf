package io.github.kaitsu.sandbox.internal.mutation;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;
import org.w3c.dom.Text;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** A page of the sandbox as a tree, to be changed and written again: as HTML that is well-formed XML, too. */
final class PageTree {
    private static final Set<String> VOID = Set.of("meta", "input", "br", "hr");
    private static final Set<String> RAW = Set.of("script", "style");

    private final Document page;

    private PageTree(Document page) {
        this.page = page;
    }

    static PageTree of(String html) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
            return new PageTree(factory.newDocumentBuilder().parse(new InputSource(new StringReader(html))));
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new IllegalStateException("a page of the sandbox is not well-formed", e);
        }
    }

    Locale locale() {
        return Locale.forLanguageTag(page.getDocumentElement().getAttribute("lang"));
    }

    /** All elements of these kinds in the page's order; a copy, so that they may be moved meanwhile. */
    List<Element> all(String... tags) {
        Set<String> wanted = Set.of(tags);
        return everything().filter(e -> wanted.contains(e.getTagName())).toList();
    }

    List<Element> where(Predicate<Element> wanted) {
        return everything().filter(wanted).toList();
    }

    Optional<Element> withId(String id) {
        return everything().filter(e -> e.getAttribute("id").equals(id)).findFirst();
    }

    Optional<Element> last(String tag) {
        return all(tag).stream().reduce((one, later) -> later);
    }

    private Stream<Element> everything() {
        List<Element> out = new ArrayList<>();
        collect(page.getDocumentElement(), out);
        return out.stream();
    }

    private static void collect(Node node, List<Element> out) {
        if (node instanceof Element e) {
            out.add(e);
        }
        children(node).forEach(n -> collect(n, out));
    }

    static List<Node> children(Node parent) {
        List<Node> out = new ArrayList<>();
        for (Node n = parent.getFirstChild(); n != null; n = n.getNextSibling()) {
            out.add(n);
        }
        return out;
    }

    static List<Element> elements(Node parent) {
        return children(parent).stream()
                .filter(Element.class::isInstance)
                .map(Element.class::cast)
                .toList();
    }

    /** An element with a text, and attributes as name, value, name, value. */
    Element element(String tag, String text, String... attributes) {
        Element e = page.createElement(tag);
        for (int i = 0; i < attributes.length; i += 2) {
            e.setAttribute(attributes[i], attributes[i + 1]);
        }
        if (!text.isEmpty()) {
            e.appendChild(page.createTextNode(text));
        }
        return e;
    }

    /** At the end of the page. */
    void append(Element e) {
        last("body").ifPresent(body -> body.appendChild(e));
    }

    static void before(Node where, Node what) {
        parent(where).insertBefore(what, where);
    }

    static void replace(Node old, Node by) {
        parent(old).replaceChild(by, old);
    }

    static void remove(Node node) {
        parent(node).removeChild(node);
    }

    static Node parent(Node node) {
        Node parent = node.getParentNode();
        if (parent == null) {
            throw new IllegalStateException(node.getNodeName() + " is no longer in the page");
        }
        return parent;
    }

    /** The nearest element around a node, or the node itself, that is one of these; otherwise empty. */
    static Optional<Element> around(Node node, String tag) {
        for (Node n = node; n != null; n = n.getParentNode()) {
            if (n instanceof Element e && e.getTagName().equals(tag)) {
                return Optional.of(e);
            }
        }
        return Optional.empty();
    }

    /** Lets the same elements stand in reverse order, each in the place of another. */
    void reverse(List<Element> siblings) {
        List<Node> places = new ArrayList<>();
        for (Element e : siblings) {
            Node place = page.createComment("");
            replace(e, place);
            places.add(place);
        }
        for (int i = 0; i < places.size(); i++) {
            replace(places.get(i), siblings.get(siblings.size() - 1 - i));
        }
    }

    /** Changes the texts in an element. */
    void texts(Node node, UnaryOperator<String> change) {
        for (Node n : children(node)) {
            if (n instanceof Text text) {
                text.setData(change.apply(text.getData()));
            } else {
                texts(n, change);
            }
        }
    }

    String html() {
        StringBuilder out = new StringBuilder("<!DOCTYPE html>\n");
        write(page.getDocumentElement(), out);
        return out.append('\n').toString();
    }

    private static void write(Node node, StringBuilder out) {
        if (node instanceof Text text) {
            boolean raw = text.getParentNode() != null
                    && RAW.contains(text.getParentNode().getNodeName());
            out.append(raw ? text.getData() : escape(text.getData()));
        } else if (node instanceof Element e) {
            out.append('<').append(e.getTagName());
            NamedNodeMap attributes = e.getAttributes();
            for (int i = 0; i < attributes.getLength(); i++) {
                out.append(' ').append(attributes.item(i).getNodeName()).append("=\"");
                out.append(escape(attributes.item(i).getNodeValue())).append('"');
            }
            if (VOID.contains(e.getTagName())) {
                out.append("/>");
                return;
            }
            out.append('>');
            children(e).forEach(n -> write(n, out));
            out.append("</").append(e.getTagName()).append('>');
        }
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
