package io.github.kaitsu.invite.internal;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * HTML as a tree, so that nothing can be forgotten: a text is always escaped, an address is always one that a browser may go to, and
 * what is not escaped, style and script, is a file of this jar.
 */
final class Html {
    private static final Pattern NAME = Pattern.compile("[a-z][A-Za-z0-9-]*");
    private static final Set<String> VOID = Set.of("meta", "input", "br", "link");
    private static final Set<String> ADDRESSES = Set.of("href", "action", "src", "formaction");
    private static final Pattern ADDRESS =
            Pattern.compile("https?://[^\\s]+|mailto:[^\\s]*|/(?!/)[^\\s\\\\]*|\\?[^\\s]*|#[a-z-]+");
    /** What commands a page's direction or does not show; a line break and a tab stay. */
    private static final Pattern INVISIBLE =
            Pattern.compile("[\\p{Cf}\\x{2028}\\x{2029}]|[\\p{Cc}&&[^\\n\\t]]|[\\p{Cs}]");

    private Html() {}

    /** Something inside an element. */
    sealed interface Part {}

    /** Something on a page. */
    sealed interface Node extends Part {}

    record Attribute(String name, String value) implements Part {}

    private record Text(String text) implements Node {}

    private record Element(String name, List<Part> parts) implements Node {}

    private record Several(List<Node> nodes) implements Node {}

    private record File(String element, Asset content) implements Node {}

    // ---- making

    static Node text(String text) {
        return new Text(text);
    }

    static Node el(String name, Part... parts) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(name);
        }
        return new Element(name, List.of(parts));
    }

    /** An element with nothing in it but a text. */
    static Node el(String name, String text) {
        return el(name, text(text));
    }

    /** An element of a class with a text. */
    static Node el(String name, String classes, String text) {
        return el(name, is("class", classes), text(text));
    }

    /** @throws IllegalArgumentException if it is to be an address and is none that a browser may go to */
    static Attribute is(String name, String value) {
        if (!NAME.matcher(name).matches() || name.startsWith("on") || name.equals("style")) {
            throw new IllegalArgumentException(name);
        }
        if (ADDRESSES.contains(name) && !ADDRESS.matcher(value).matches()) {
            throw new IllegalArgumentException("no address for " + name);
        }
        return new Attribute(name, value);
    }

    /** An attribute without a value. */
    static Attribute is(String name) {
        return is(name, "");
    }

    static Node all(List<Node> nodes) {
        return new Several(List.copyOf(nodes));
    }

    static Node all(Stream<Node> nodes) {
        return new Several(nodes.toList());
    }

    static Node all(Node... nodes) {
        return new Several(Arrays.asList(nodes));
    }

    static Node maybe(Optional<Node> node) {
        return new Several(node.stream().toList());
    }

    static Node nothing() {
        return new Several(List.of());
    }

    static Node style(Asset sheet) {
        return new File("style", sheet);
    }

    static Node script(Asset script) {
        return new File("script", script);
    }

    // ---- writing

    static String document(Node html) {
        StringBuilder out = new StringBuilder("<!DOCTYPE html>\n");
        write(html, out);
        return out.append('\n').toString();
    }

    static String piece(Node node) {
        StringBuilder out = new StringBuilder();
        write(node, out);
        return out.toString();
    }

    private static void write(Node node, StringBuilder out) {
        if (node instanceof Text text) {
            escape(text.text(), out);
        } else if (node instanceof Several several) {
            several.nodes().forEach(n -> write(n, out));
        } else if (node instanceof File file) {
            out.append('<')
                    .append(file.element())
                    .append('>')
                    .append(file.content().text());
            out.append("</").append(file.element()).append('>');
        } else if (node instanceof Element element) {
            write(element, out);
        }
    }

    private static void write(Element element, StringBuilder out) {
        out.append('<').append(element.name());
        for (Part part : element.parts()) {
            if (part instanceof Attribute attribute) {
                out.append(' ').append(attribute.name());
                if (!attribute.value().isEmpty()) {
                    escape(attribute.value(), out.append("=\""));
                    out.append('"');
                }
            }
        }
        out.append('>');
        int begin = out.length();
        for (Part part : element.parts()) {
            if (part instanceof Node node) {
                write(node, out);
            }
        }
        if (element.name().equals("textarea") && out.length() > begin && out.charAt(begin) == '\n') {
            out.insert(begin, '\n'); // a browser drops the first line break
        }
        if (!VOID.contains(element.name())) {
            out.append("</").append(element.name()).append('>');
        }
    }

    private static void escape(String text, StringBuilder out) {
        String visible = INVISIBLE.matcher(text).replaceAll("");
        for (int i = 0; i < visible.length(); i++) {
            char c = visible.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.append(c);
            }
        }
    }
}
