package io.github.kaitsu.microsoft365;

import static io.github.kaitsu.microsoft365.AppPermissionRequests.refusal;
import static io.github.kaitsu.microsoft365.AppPermissionRequests.unknownRight;

import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.microsoft365.AppPermissionRequests.Request;
import io.github.kaitsu.microsoft365.AppPermissionRequests.Right;
import io.github.kaitsu.microsoft365.AppPermissionRequests.Scope;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
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
    private static final String PROPERTY = "Property";
    private static final String NAME = "Name";
    private static final String VALUE = "Value";
    private static final String BASE_TEMPLATE = "BaseTemplateId";
    private static final Pattern TEMPLATE = Pattern.compile("[1-9][0-9]{0,5}");
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
        nextElement(reader, ROOT);
        boolean appOnly = false;
        onlyAttributes(reader, ROOT, Set.of(APP_ONLY));
        if (reader.getAttributeCount() > 0) {
            appOnly = xsBoolean(reader.getAttributeValue(0));
        }
        List<Request> requests = new ArrayList<>();
        while (next(reader) != XMLStreamConstants.END_ELEMENT) {
            requests.add(request(reader));
        }
        next(reader); // to the end of the document: nothing but spaces may follow
        return new AppPermissionRequests(appOnly, requests);
    }

    private static Request request(XMLStreamReader reader) throws XMLStreamException {
        requireName(reader, CHILD);
        onlyAttributes(reader, CHILD, Set.of(SCOPE, RIGHT));
        String scopeText = attribute(reader, CHILD, SCOPE);
        String rightText = attribute(reader, CHILD, RIGHT); // optional in the schema; without it nothing is granted
        Scope scope = Arrays.stream(Scope.values())
                .filter(s -> s.uri().equals(scopeText))
                .findFirst()
                .orElseThrow(() -> refusal("scope", shown(scopeText)));
        Right right = Arrays.stream(Right.values())
                .filter(r -> r.text().equals(rightText))
                .findFirst()
                .orElseThrow(() -> unknownRight(scope, shown(rightText)));
        return new Request(scope, right, baseTemplate(reader, scope));
    }

    /** To the end of the request: the one property that is published, of the one scope that has it. */
    private static OptionalInt baseTemplate(XMLStreamReader reader, Scope scope) throws XMLStreamException {
        OptionalInt template = OptionalInt.empty();
        while (next(reader) != XMLStreamConstants.END_ELEMENT) {
            requireName(reader, PROPERTY);
            onlyAttributes(reader, PROPERTY, Set.of(NAME, VALUE));
            String name = attribute(reader, PROPERTY, NAME);
            String value = attribute(reader, PROPERTY, VALUE);
            if (scope != Scope.LIST
                    || !name.equals(BASE_TEMPLATE)
                    || !TEMPLATE.matcher(value).matches()
                    || template.isPresent()) {
                throw refusal("property", scope.uri(), shown(name), shown(value));
            }
            template = OptionalInt.of(Integer.parseInt(value));
            if (next(reader) != XMLStreamConstants.END_ELEMENT) {
                throw refusal("element", shown(reader.getLocalName()));
            }
        }
        return template;
    }

    private static void onlyAttributes(XMLStreamReader reader, String element, Set<String> known) {
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            if (!known.contains(name(reader, i))) {
                throw refusal("attribute", element, shown(name(reader, i)));
            }
        }
    }

    private static void nextElement(XMLStreamReader reader, String name) throws XMLStreamException {
        if (next(reader) != XMLStreamConstants.START_ELEMENT) {
            throw refusal("xml");
        }
        requireName(reader, name);
    }

    private static void requireName(XMLStreamReader reader, String name) {
        boolean hasNamespace = reader.getNamespaceCount() > 0
                || Optional.ofNullable(reader.getNamespaceURI())
                        .filter(n -> !n.isEmpty())
                        .isPresent();
        if (hasNamespace || !reader.getLocalName().equals(name)) {
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

    private static String attribute(XMLStreamReader reader, String element, String name) {
        return Optional.ofNullable(reader.getAttributeValue(null, name))
                .orElseThrow(() -> refusal("missing", name, element));
    }

    private static String name(XMLStreamReader reader, int attribute) {
        String prefix = reader.getAttributePrefix(attribute);
        String name = reader.getAttributeLocalName(attribute);
        return prefix == null || prefix.isEmpty() ? name : prefix + ":" + name;
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
