package io.github.kaitsu.microsoft365;

import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The 権限の要求 XML of the page AppInv.aspx (rule M365-8): what an app asks SharePoint for.
 *
 * <p>SharePoint silently ignores a scope or right it does not know, so only those of its content are possible, each of which knows
 * each right ("Add-in permissions in SharePoint", table 1, at Microsoft Learn). Immutable.
 *
 * @param allowAppOnlyPolicy whether the app may act without a signed-in user
 */
public record AppPermissionRequests(boolean allowAppOnlyPolicy, List<Request> requests) {

    /** A right over content, as SharePoint writes it. */
    public enum Right {
        /** Reads. */
        READ("Read"),
        /** Reads and writes. */
        WRITE("Write"),
        /** Manages lists and sites; what Cloud App Security asks for (M365-8). */
        MANAGE("Manage"),
        /** Everything. */
        FULL_CONTROL("FullControl");

        private final String text;

        Right(String text) {
            this.text = text;
        }

        /** As it stands in the XML. */
        public String text() {
            return text;
        }
    }

    /** Which content. */
    public enum Scope {
        /** Everything of the tenant: all sites of all users. */
        TENANT("tenant"),
        /** One site collection. */
        SITE_COLLECTION("sitecollection"),
        /** One site. */
        WEB("sitecollection/web"),
        /** One list. */
        LIST("sitecollection/web/list");

        private final String uri;

        Scope(String path) {
            this.uri = "http://sharepoint/content/" + path;
        }

        /** The literal that names the scope; not an address that could be opened. */
        public String uri() {
            return uri;
        }
    }

    /** One scope with one right. */
    public record Request(Scope scope, Right right) {}

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

    /** Begins one without any request; the app may act without a user only if told so. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Reads such an XML back. Strict: what SharePoint would ignore is refused, and so is everything the text does not need,
     * such as comments, namespaces, properties or a document type.
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

        /** Adds a right over a scope; each scope once. */
        public Builder request(Scope scope, Right right) {
            requests.add(new Request(scope, right));
            return this;
        }

        /**
         * Builds it.
         *
         * @throws KaitsuException INVALID_PERMISSION_XML if nothing or one scope twice is requested
         */
        public AppPermissionRequests build() {
            return new AppPermissionRequests(allowAppOnlyPolicy, requests);
        }
    }

    static KaitsuException refusal(String variant, Object... arguments) {
        return KaitsuException.of(ErrorCode.INVALID_PERMISSION_XML, variant, arguments);
    }
}
