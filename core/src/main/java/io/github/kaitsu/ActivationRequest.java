package io.github.kaitsu;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
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
        this.parts = new RequestParts(
                b.customer, b.services, b.consoleOrigin, b.giveUpAfter, b.company, b.reference, b.labels);
        this.edition = b.edition;
        this.policies = b.policies.stream().map(String::strip).toList();
        for (String policy : policies) {
            if (policy.isEmpty()
                    || policy.length() > LONGEST_POLICY
                    || policy.codePoints().anyMatch(Character::isISOControl)) {
                throw KaitsuException.of(ErrorCode.INVALID_POLICY, "");
            }
        }
        this.sharePointAdminSite = b.sharePointAdminSite.map(
                s -> SharePointAdminSite.parse(s).uri().toString());
        this.insistOnSharePointPermission = b.insistOnSharePointPermission;
        this.keepForDrift = b.keepForDrift;
    }

    public static Builder builder(CustomerId customer) {
        return new Builder(customer);
    }

    public Builder toBuilder() {
        Builder b = builder(customer())
                .services(services())
                .edition(edition)
                .policies(policies)
                .insistOnSharePointPermission(insistOnSharePointPermission)
                .giveUpAfter(giveUpAfter())
                .keepForDrift(keepForDrift)
                .labels(labels());
        b.consoleOrigin = consoleOrigin();
        b.sharePointAdminSite = sharePointAdminSite;
        b.company = company();
        b.reference = reference();
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

    /** {@code https://<name>-admin.sharepoint.com}, else asked for when Teams needs it (M365-5). */
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
    public static final class Builder {
        private final CustomerId customer;
        private List<CloudService> services = CloudService.standard();
        private Edition edition = Edition.AUTO;
        private List<String> policies = List.of();
        private Optional<String> consoleOrigin = Optional.empty();
        private Optional<String> sharePointAdminSite = Optional.empty();
        private boolean insistOnSharePointPermission;
        private Duration giveUpAfter = RequestParts.GIVE_UP_AFTER;
        private boolean keepForDrift;
        private Optional<String> company = Optional.empty();
        private Optional<String> reference = Optional.empty();
        private Set<String> labels = Set.of();

        private Builder(CustomerId customer) {
            this.customer = Objects.requireNonNull(customer);
        }

        /** Default: the eight services of the manuals. */
        public Builder services(List<CloudService> some) {
            this.services = List.copyOf(some);
            return this;
        }

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

        /** {@code https://} and a host; default: what the site tells. */
        public Builder consoleOrigin(String address) {
            this.consoleOrigin = Optional.of(address);
            return this;
        }

        public Builder sharePointAdminSite(String address) {
            this.sharePointAdminSite = Optional.of(address);
            return this;
        }

        public Builder insistOnSharePointPermission(boolean insist) {
            this.insistOnSharePointPermission = insist;
            return this;
        }

        /** Default: 30 days. */
        public Builder giveUpAfter(Duration duration) {
            this.giveUpAfter = Objects.requireNonNull(duration);
            return this;
        }

        /** Default: the own app's access is given back when the run ends. */
        public Builder keepForDrift(boolean keep) {
            this.keepForDrift = keep;
            return this;
        }

        /** The customer's company as persons call it: 1 to 128 characters, none of them invisible. Shown beside the customer. */
        public Builder company(String name) {
            this.company = Optional.of(name);
            return this;
        }

        /** The run in the host's own books, such as a contract's number: 1 to 64 characters, none of them invisible. */
        public Builder reference(String number) {
            this.reference = Optional.of(number);
            return this;
        }

        /** Words to sort runs by: at most 20, each of 1 to 64 characters, none of them a space or invisible. */
        public Builder labels(Collection<String> words) {
            this.labels = new LinkedHashSet<>(words);
            return this;
        }

        public Builder labels(String... words) {
            return labels(Arrays.asList(words));
        }

        /**
         * Checks it all.
         *
         * @throws KaitsuException INVALID_REQUEST; SERVICE_REFUSED; INVALID_POLICY; INVALID_CONSOLE_ORIGIN; INVALID_ADMIN_SITE
         */
        public ActivationRequest build() {
            return new ActivationRequest(this);
        }
    }
}
