package io.github.kaitsu.microsoft365;

import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * The 権限の要求 XML of the page AppInv.aspx (rule M365-8): what an app asks SharePoint for.
 *
 * <p>SharePoint silently ignores a scope or right it does not know, so only pairs of Microsoft's published table are possible.
 * Immutable.
 *
 * @param allowAppOnlyPolicy whether the app may act without a signed-in user
 */
public record AppPermissionRequests(boolean allowAppOnlyPolicy, List<Request> requests) {

    /** A right, as SharePoint writes it. */
    public enum Right {
        READ("Read"),
        WRITE("Write"),
        MANAGE("Manage"),
        FULL_CONTROL("FullControl"),
        QUERY_AS_USER_IGNORE_APP_PRINCIPAL("QueryAsUserIgnoreAppPrincipal"),
        SUBMIT_STATUS("SubmitStatus"),
        ELEVATE("Elevate");

        private final String text;

        Right(String text) {
            this.text = text;
        }

        /** As it stands in the XML. */
        public String text() {
            return text;
        }
    }

    /** A scope with the rights it knows: "Add-in permissions in SharePoint", tables 1 to 7, at Microsoft Learn. */
    public enum Scope {
        /** Everything of the tenant: all sites of all users. */
        TENANT("content/tenant", Right.READ, Right.WRITE, Right.MANAGE, Right.FULL_CONTROL),
        SITE_COLLECTION("content/sitecollection", Right.READ, Right.WRITE, Right.MANAGE, Right.FULL_CONTROL),
        WEB("content/sitecollection/web", Right.READ, Right.WRITE, Right.MANAGE, Right.FULL_CONTROL),
        LIST("content/sitecollection/web/list", Right.READ, Right.WRITE, Right.MANAGE, Right.FULL_CONTROL),
        SEARCH("search", Right.QUERY_AS_USER_IGNORE_APP_PRINCIPAL),
        TAXONOMY("taxonomy", Right.READ, Right.WRITE),
        BCS_CONNECTION("bcs/connection", Right.READ),
        SOCIAL_TENANT("social/tenant", Right.READ, Right.WRITE, Right.MANAGE, Right.FULL_CONTROL),
        SOCIAL_CORE("social/core", Right.READ, Right.WRITE, Right.MANAGE, Right.FULL_CONTROL),
        SOCIAL_MICROFEED("social/microfeed", Right.READ, Right.WRITE, Right.MANAGE, Right.FULL_CONTROL),
        PROJECT_SERVER("projectserver", Right.MANAGE),
        PROJECTS("projectserver/projects", Right.READ, Right.WRITE),
        PROJECT("projectserver/projects/project", Right.READ, Right.WRITE),
        ENTERPRISE_RESOURCES("projectserver/enterpriseresources", Right.READ, Right.WRITE),
        STATUSING("projectserver/statusing", Right.SUBMIT_STATUS),
        REPORTING("projectserver/reporting", Right.READ),
        WORKFLOW("projectserver/workflow", Right.ELEVATE);

        private final String uri;
        private final Set<Right> rights;

        Scope(String path, Right... rights) {
            this.uri = "http://sharepoint/" + path;
            this.rights = EnumSet.copyOf(Arrays.asList(rights));
        }

        /** The literal that names the scope; not an address that could be opened. */
        public String uri() {
            return uri;
        }

        public boolean knows(Right right) {
            return rights.contains(right);
        }

        private String rightsText() {
            return rights.stream().map(Right::text).collect(Collectors.joining(", "));
        }
    }

    /** One scope with one right that it knows. */
    public record Request(Scope scope, Right right) {
        public Request {
            if (!scope.knows(right)) {
                throw unknownRight(scope, right.text());
            }
        }
    }

    /** Refuses an empty list and a scope that is requested twice. */
    public AppPermissionRequests {
        requests = List.copyOf(requests);
        if (requests.isEmpty()) {
            throw refusal("empty");
        }
        Set<Scope> seen = EnumSet.noneOf(Scope.class);
        for (Request r : requests) {
            if (!seen.add(r.scope())) {
                throw refusal("duplicate", r.scope().uri());
            }
        }
    }

    /** What Cloud App Security needs for Teams: Manage over the whole tenant, without a user (M365-8). */
    public static AppPermissionRequests tmcas() {
        return builder()
                .allowAppOnlyPolicy(true)
                .request(Scope.TENANT, Right.MANAGE)
                .build();
    }

    public static Builder builder() {
        return new Builder();
    }

    /**
     * Reads such an XML back. Strict: what SharePoint would ignore is refused, and so is everything the text does not need,
     * such as comments, namespaces, {@code Property} or a document type.
     *
     * @throws KaitsuException {@link ErrorCode#INVALID_PERMISSION_XML}
     */
    public static AppPermissionRequests parse(String xml) {
        return new Parser(xml).parse();
    }

    /** The text to paste, as the manual prints it: lines end with a line feed, the last one with nothing. */
    public String toXml() {
        StringBuilder xml = new StringBuilder("<AppPermissionRequests");
        if (allowAppOnlyPolicy) {
            xml.append(" AllowAppOnlyPolicy=\"true\"");
        }
        xml.append(">\n");
        for (Request r : requests) { // no escaping: both texts are ours and hold no special character
            xml.append("  <AppPermissionRequest Scope=\"").append(r.scope().uri());
            xml.append("\" Right=\"").append(r.right().text()).append("\" />\n");
        }
        return xml.append("</AppPermissionRequests>").toString();
    }

    /** Not thread-safe. */
    public static final class Builder {
        private boolean allowAppOnlyPolicy;
        private final List<Request> requests = new ArrayList<>();

        private Builder() {}

        /** Default: false. */
        public Builder allowAppOnlyPolicy(boolean allow) {
            this.allowAppOnlyPolicy = allow;
            return this;
        }

        /** Adds a request; a right that the scope does not know is refused at once. */
        public Builder request(Scope scope, Right right) {
            requests.add(new Request(scope, right));
            return this;
        }

        public AppPermissionRequests build() {
            return new AppPermissionRequests(allowAppOnlyPolicy, requests);
        }
    }

    private static KaitsuException refusal(String variant, Object... arguments) {
        return KaitsuException.of(ErrorCode.INVALID_PERMISSION_XML, variant, arguments);
    }

    private static KaitsuException unknownRight(Scope scope, String right) {
        return refusal("right", scope.uri(), right, scope.rightsText());
    }

    private static final class Parser {
        private static final int LONGEST = 20_000;
        private static final int LONGEST_SHOWN = 100;
        private static final String ROOT = "AppPermissionRequests";
        private static final String CHILD = "AppPermissionRequest";
        private static final String APP_ONLY = "AllowAppOnlyPolicy";
        private static final String SCOPE = "Scope";
        private static final String RIGHT = "Right";

        private final String xml;

        Parser(String xml) {
            if (xml.length() > LONGEST) {
                throw refusal("too-long");
            }
            this.xml = xml.strip();
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
            nextElement(reader, ROOT);
            boolean appOnly = false;
            for (int i = 0; i < reader.getAttributeCount(); i++) {
                if (!name(reader, i).equals(APP_ONLY)) {
                    throw refusal("attribute", ROOT, shown(name(reader, i)));
                }
                appOnly = xsBoolean(reader.getAttributeValue(i));
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
            for (int i = 0; i < reader.getAttributeCount(); i++) {
                if (!Set.of(SCOPE, RIGHT).contains(name(reader, i))) {
                    throw refusal("attribute", CHILD, shown(name(reader, i)));
                }
            }
            String scopeText = attribute(reader, SCOPE);
            String rightText = attribute(reader, RIGHT);
            if (next(reader) != XMLStreamConstants.END_ELEMENT) {
                throw refusal("element", shown(reader.getLocalName()));
            }
            Scope scope = Arrays.stream(Scope.values())
                    .filter(s -> s.uri().equals(scopeText))
                    .findFirst()
                    .orElseThrow(() -> refusal("scope", shown(scopeText)));
            Right right = Arrays.stream(Right.values())
                    .filter(r -> r.text().equals(rightText))
                    .findFirst()
                    .orElseThrow(() -> unknownRight(scope, shown(rightText)));
            return new Request(scope, right);
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

        private static String attribute(XMLStreamReader reader, String name) {
            return Optional.ofNullable(reader.getAttributeValue(null, name))
                    .orElseThrow(() -> refusal("missing", name));
        }

        private static String name(XMLStreamReader reader, int attribute) {
            String prefix = reader.getAttributePrefix(attribute);
            String name = reader.getAttributeLocalName(attribute);
            return prefix == null || prefix.isEmpty() ? name : prefix + ":" + name;
        }

        private static boolean xsBoolean(String value) {
            return switch (value.strip()) {
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
}
