package io.github.kaitsu.microsoft365;

import static io.github.kaitsu.microsoft365.AppPermissionRequests.refusal;

import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.microsoft365.AppPermissionRequests.Request;
import io.github.kaitsu.microsoft365.AppPermissionRequests.Right;
import io.github.kaitsu.microsoft365.AppPermissionRequests.Scope;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads the 権限の要求 XML back (M365-8), with the JDK's own parser and nothing that could reach out of the text.
 *
 * <p>Narrower than Microsoft's schema (appmanifest.xsd): what it allows and SharePoint ignores is refused, with the reason.
 */
final class AppPermissionParser {
    private static final int LONGEST = 20_000;
    private static final int LONGEST_SHOWN = 100;
    private static final String ROOT = "AppPermissionRequests";
    private static final String CHILD = "AppPermissionRequest";
    private static final String APP_ONLY = "AllowAppOnlyPolicy";
    private static final String SCOPE = "Scope";
    private static final String RIGHT = "Right";
    private static final String RIGHTS =
            Arrays.stream(Right.values()).map(Right::text).collect(Collectors.joining(", "));
    /** XML's spaces, not Unicode's: SharePoint would take a full-width one for text. */
    private static final Pattern SPACES_AROUND = Pattern.compile("^[ \\t\\r\\n]+|[ \\t\\r\\n]+$");

    private final String xml;

    AppPermissionParser(String xml) {
        if (xml.length() > LONGEST) {
            throw refusal("too-long");
        }
        this.xml = SPACES_AROUND.matcher(xml).replaceAll("");
    }

    AppPermissionRequests parse() {
        if (xml.contains("<!DOCTYPE") || xml.contains("<!ENTITY")) {
            throw refusal("doctype");
        }
        try {
            XMLStreamReader reader = factory().createXMLStreamReader(new StringReader(xml));
            try {
                return root(reader);
            } finally {
                reader.close();
            }
        } catch (XMLStreamException e) {
            throw KaitsuException.because(e, ErrorCode.INVALID_PERMISSION_XML, "xml");
        }
    }

    /** The JDK's own parser, whatever lies on the class path, with nothing that could reach out of the text. */
    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setXMLResolver((publicId, systemId, base, namespace) -> {
            throw new XMLStreamException("external entity refused");
        });
        return factory;
    }

    private static AppPermissionRequests root(XMLStreamReader reader) throws XMLStreamException {
        if (!Optional.ofNullable(reader.getVersion()).orElse("1.0").equals("1.0")) {
            throw refusal("xml"); // .NET reads no other
        }
        if (next(reader) != XMLStreamConstants.START_ELEMENT) {
            throw refusal("xml");
        }
        requireName(reader, ROOT);
        boolean appOnly = xsBoolean(attributes(reader, ROOT, APP_ONLY).getOrDefault(APP_ONLY, "false"));
        List<Request> requests = new ArrayList<>();
        while (next(reader) != XMLStreamConstants.END_ELEMENT) {
            requests.add(request(reader));
        }
        next(reader); // to the end of the document: nothing but spaces may follow
        return new AppPermissionRequests(appOnly, requests);
    }

    private static Request request(XMLStreamReader reader) throws XMLStreamException {
        requireName(reader, CHILD);
        Map<String, String> attributes = attributes(reader, CHILD, SCOPE, RIGHT);
        String scope = required(attributes, SCOPE);
        String right = required(attributes, RIGHT); // optional in the schema; without it nothing is granted
        Request request = new Request(
                Arrays.stream(Scope.values())
                        .filter(s -> s.uri().equals(scope))
                        .findFirst()
                        .orElseThrow(() -> refusal("scope", shown(scope))),
                Arrays.stream(Right.values())
                        .filter(r -> r.text().equals(right))
                        .findFirst()
                        .orElseThrow(() -> refusal("right", shown(scope), shown(right), RIGHTS)));
        if (next(reader) != XMLStreamConstants.END_ELEMENT) {
            throw refusal("element", shown(reader.getLocalName()));
        }
        return request;
    }

    private static Map<String, String> attributes(XMLStreamReader reader, String element, String... known) {
        Map<String, String> found = new HashMap<>();
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            String prefix = reader.getAttributePrefix(i);
            String name = reader.getAttributeLocalName(i);
            if ((prefix != null && !prefix.isEmpty()) || !List.of(known).contains(name)) {
                throw refusal("attribute", element, shown(name));
            }
            found.put(name, reader.getAttributeValue(i));
        }
        return found;
    }

    private static void requireName(XMLStreamReader reader, String name) {
        if (reader.getNamespaceCount() > 0
                || reader.getNamespaceURI() != null
                || !reader.getLocalName().equals(name)) {
            throw refusal("element", shown(reader.getLocalName()));
        }
    }

    /** The next start, end or end of document; spaces are skipped and everything else is refused. */
    private static int next(XMLStreamReader reader) throws XMLStreamException {
        while (true) {
            int event = reader.next();
            switch (event) {
                case XMLStreamConstants.START_ELEMENT,
                        XMLStreamConstants.END_ELEMENT,
                        XMLStreamConstants.END_DOCUMENT -> {
                    return event;
                }
                case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE -> throw refusal("doctype");
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.SPACE -> {
                    if (!reader.isWhiteSpace()) {
                        throw refusal("text");
                    }
                }
                default -> throw refusal("text");
            }
        }
    }

    private static String required(Map<String, String> attributes, String name) {
        return Optional.ofNullable(attributes.get(name)).orElseThrow(() -> refusal("missing", name, CHILD));
    }

    private static boolean xsBoolean(String value) {
        return switch (SPACES_AROUND.matcher(value).replaceAll("")) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default -> throw refusal("app-only");
        };
    }

    private static String shown(String name) {
        String printable = name.replaceAll("\\p{C}", "?");
        return printable.length() <= LONGEST_SHOWN ? printable : printable.substring(0, LONGEST_SHOWN) + "…";
    }
}
