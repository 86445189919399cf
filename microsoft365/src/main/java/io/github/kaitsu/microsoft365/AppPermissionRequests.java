package io.github.kaitsu.microsoft365;

import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

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

    /** A scope with the rights it knows: "Add-in permissions in SharePoint", tables 1 to 8, at Microsoft Learn. */
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
        SOCIAL_TRIMMING("social/trimming", Right.READ, Right.WRITE, Right.MANAGE, Right.FULL_CONTROL),
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

    /**
     * One scope with one right that it knows.
     *
     * @param baseTemplate of {@link Scope#LIST} only: the list template (1 to 999999) among whose lists the grantor chooses, table 8
     */
    public record Request(Scope scope, Right right, OptionalInt baseTemplate) {
        private static final int LARGEST_TEMPLATE = 999_999;

        public Request {
            if (!scope.knows(right)) {
                throw unknownRight(scope, right.text());
            }
            if (baseTemplate.isPresent()
                    && (scope != Scope.LIST
                            || baseTemplate.getAsInt() < 1
                            || baseTemplate.getAsInt() > LARGEST_TEMPLATE)) {
                throw refusal("property", scope.uri(), "BaseTemplateId", baseTemplate.getAsInt());
            }
        }

        public Request(Scope scope, Right right) {
            this(scope, right, OptionalInt.empty());
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
     * such as comments, namespaces, unpublished properties or a document type.
     *
     * @throws KaitsuException {@link ErrorCode#INVALID_PERMISSION_XML}
     */
    public static AppPermissionRequests parse(String xml) {
        return new AppPermissionParser(xml).parse();
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
            xml.append("\" Right=\"").append(r.right().text());
            if (r.baseTemplate().isPresent()) {
                xml.append("\">\n    <Property Name=\"BaseTemplateId\" Value=\"");
                xml.append(r.baseTemplate().getAsInt()).append("\" />\n  </AppPermissionRequest>\n");
            } else {
                xml.append("\" />\n");
            }
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

        /** Adds a request for one list, to be chosen among those of a template; a template that cannot be is refused at once. */
        public Builder list(Right right, int baseTemplate) {
            requests.add(new Request(Scope.LIST, right, OptionalInt.of(baseTemplate)));
            return this;
        }

        public AppPermissionRequests build() {
            return new AppPermissionRequests(allowAppOnlyPolicy, requests);
        }
    }

    static KaitsuException refusal(String variant, Object... arguments) {
        return KaitsuException.of(ErrorCode.INVALID_PERMISSION_XML, variant, arguments);
    }

    static KaitsuException unknownRight(Scope scope, String right) {
        return refusal("right", scope.uri(), right, scope.rightsText());
    }
}
