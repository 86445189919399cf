package io.github.kaitsu;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** What to activate for whom. Immutable; holds no secret. */
public final class ActivationRequest implements RunRequest {
    private static final int LONGEST_POLICY = 128;

    private final RequestParts parts;
    private final Edition edition;
    private final List<String> policies;
    private final Optional<String> sharePointAdminSite;
    private final boolean insistOnSharePointPermission;
    private final boolean keepForDrift;

    private ActivationRequest(Builder b) {
        this.parts = b.parts(b.services);
        this.edition = b.edition;
        this.policies = b.policies.stream().map(String::strip).toList();
        for (String policy : policies) {
            if (policy.isEmpty()
                    || policy.length() > LONGEST_POLICY
                    || policy.codePoints().anyMatch(Character::isISOControl)) {
                throw KaitsuException.of(ErrorCode.INVALID_POLICY, "");
            }
        }
        this.sharePointAdminSite = b.sharePointAdminSite.map(String::strip);
        this.insistOnSharePointPermission = b.insistOnSharePointPermission;
        this.keepForDrift = b.keepForDrift;
    }

    /** Begins a request for this customer, of all eight standard services. */
    public static Builder builder(CustomerId customer) {
        return new Builder(customer);
    }

    /** A builder with everything as it is here. */
    public Builder toBuilder() {
        Builder b = builder(customer())
                .like(this)
                .services(services())
                .edition(edition)
                .policies(policies)
                .insistOnSharePointPermission(insistOnSharePointPermission)
                .keepForDrift(keepForDrift);
        b.sharePointAdminSite = sharePointAdminSite;
        return b;
    }

    @Override
    public CustomerId customer() {
        return parts.customer();
    }

    /** In the order in which they are to be linked. */
    @Override
    public List<CloudService> services() {
        return parts.services();
    }

    /** Which screens the console shows; AUTO asks. */
    public Edition edition() {
        return edition;
    }

    /** Names of the policies to switch on with the grant, as the console shows them; none is valid (COMMON-7). */
    public List<String> policies() {
        return policies;
    }

    /** The address of the console, needed where the site alone does not tell it (M365-7). */
    @Override
    public Optional<String> consoleOrigin() {
        return parts.consoleOrigin();
    }

    /**
     * {@code https://<name>-admin.sharepoint.com}, else asked for when Teams needs it (M365-5). Checked by the service that uses it,
     * before a plan is made or a run begins.
     */
    public Optional<String> sharePointAdminSite() {
        return sharePointAdminSite;
    }

    /** Whether to ask for the SharePoint permission though Azure ACS has ended (M365-4). */
    public boolean insistOnSharePointPermission() {
        return insistOnSharePointPermission;
    }

    @Override
    public Duration giveUpAfter() {
        return parts.giveUpAfter();
    }

    /**
     * Whether to keep the own app's access to the customer's providers after the end, so that drift can be seen; else it is given
     * back. A removal gives it back in any case.
     */
    public boolean keepForDrift() {
        return keepForDrift;
    }

    @Override
    public Optional<String> company() {
        return parts.company();
    }

    @Override
    public Optional<String> reference() {
        return parts.reference();
    }

    @Override
    public Set<String> labels() {
        return parts.labels();
    }

    private List<Object> all() {
        return List.of(parts, edition, policies, sharePointAdminSite, insistOnSharePointPermission, keepForDrift);
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof ActivationRequest other && all().equals(other.all());
    }

    @Override
    public int hashCode() {
        return all().hashCode();
    }

    @Override
    public String toString() {
        return "ActivationRequest[customer=" + customer() + ", services=" + services() + ", edition=" + edition
                + ", policies=" + policies + ", consoleOrigin=" + consoleOrigin() + ", sharePointAdminSite="
                + sharePointAdminSite + ", insistOnSharePointPermission=" + insistOnSharePointPermission
                + ", giveUpAfter=" + giveUpAfter() + ", keepForDrift=" + keepForDrift + ", company=" + company()
                + ", reference=" + reference() + ", labels=" + labels() + "]";
    }

    /** Not thread-safe. */
    public static final class Builder extends RequestBuilder<Builder> {
        private List<CloudService> services = CloudService.standard();
        private Edition edition = Edition.AUTO;
        private List<String> policies = List.of();
        private Optional<String> sharePointAdminSite = Optional.empty();
        private boolean insistOnSharePointPermission;
        private boolean keepForDrift;

        private Builder(CustomerId customer) {
            super(customer);
        }

        @Override
        Builder self() {
            return this;
        }

        /** Default: the eight services of the manuals. */
        public Builder services(List<CloudService> some) {
            this.services = List.copyOf(some);
            return this;
        }

        /** As {@link #services(List)}. */
        public Builder services(CloudService... some) {
            return services(List.of(some));
        }

        /** Default: AUTO. */
        public Builder edition(Edition which) {
            this.edition = Objects.requireNonNull(which);
            return this;
        }

        /** Default: none. Each at most 128 characters. */
        public Builder policies(List<String> names) {
            this.policies = List.copyOf(names);
            return this;
        }

        /**
         * SharePoint's admin site, {@code https://<name>-admin.sharepoint.com}. Default: derived from what Graph tells, else
         * asked.
         */
        public Builder sharePointAdminSite(String address) {
            this.sharePointAdminSite = Optional.of(address);
            return this;
        }

        /** Whether Teams' permission at SharePoint is asked for although the console may not want it (M365-4). Default: no. */
        public Builder insistOnSharePointPermission(boolean insist) {
            this.insistOnSharePointPermission = insist;
            return this;
        }

        /** Default: the own app's access is given back when the run ends. */
        public Builder keepForDrift(boolean keep) {
            this.keepForDrift = keep;
            return this;
        }

        /**
         * Checks it all.
         *
         * @throws KaitsuException INVALID_REQUEST; SERVICE_REFUSED; INVALID_POLICY; INVALID_CONSOLE_ORIGIN
         */
        public ActivationRequest build() {
            return new ActivationRequest(this);
        }
    }
}
