package io.github.kaitsu;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What to activate for whom. Immutable; holds no secret.
 *
 * @param services in the order in which they are to be linked
 * @param policies names of the policies to switch on with the grant, as the console shows them; none is valid (COMMON-7)
 * @param consoleOrigin the address of the console, needed where the site alone does not tell it (M365-7)
 * @param sharePointAdminSite {@code https://<name>-admin.sharepoint.com}, else asked for when Teams needs it (M365-5)
 * @param insistOnSharePointPermission ask for the SharePoint permission though Azure ACS has ended (M365-4)
 * @param giveUpAfter ends a run that nobody finishes
 * @param keepForDrift keep the own app's access to the customer's providers after the end, so that drift can be seen; else it is
 *     given back. A removal gives it back in any case
 */
public record ActivationRequest(
        CustomerId customer,
        List<CloudService> services,
        Edition edition,
        List<String> policies,
        Optional<String> consoleOrigin,
        Optional<String> sharePointAdminSite,
        boolean insistOnSharePointPermission,
        Duration giveUpAfter,
        boolean keepForDrift) {

    private static final int LONGEST_POLICY = 128;

    public ActivationRequest {
        Objects.requireNonNull(customer);
        if (services.contains(CloudService.TEAMS_CHAT)) {
            throw KaitsuException.of(ErrorCode.SERVICE_REFUSED, ""); // M365-3
        }
        services = List.copyOf(new LinkedHashSet<>(services));
        if (services.isEmpty()) {
            throw KaitsuException.of(ErrorCode.INVALID_REQUEST, "services");
        }
        policies = policies.stream().map(String::strip).toList();
        for (String policy : policies) {
            if (policy.isEmpty()
                    || policy.length() > LONGEST_POLICY
                    || policy.codePoints().anyMatch(Character::isISOControl)) {
                throw KaitsuException.of(ErrorCode.INVALID_POLICY, "");
            }
        }
        consoleOrigin = consoleOrigin.map(o -> ConsoleOrigin.parse(o).uri().toString());
        sharePointAdminSite =
                sharePointAdminSite.map(s -> SharePointAdminSite.parse(s).uri().toString());
        if (giveUpAfter.isNegative() || giveUpAfter.isZero()) {
            throw KaitsuException.of(ErrorCode.INVALID_REQUEST, "giveUpAfter");
        }
    }

    public static Builder builder(CustomerId customer) {
        return new Builder(customer);
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
        private Duration giveUpAfter = Duration.ofDays(30);
        private boolean keepForDrift;

        private Builder(CustomerId customer) {
            this.customer = customer;
        }

        /** Default: the eight services of the manuals. */
        public Builder services(List<CloudService> some) {
            this.services = some;
            return this;
        }

        public Builder services(CloudService... some) {
            return services(List.of(some));
        }

        public Builder edition(Edition which) {
            this.edition = which;
            return this;
        }

        public Builder policies(List<String> names) {
            this.policies = names;
            return this;
        }

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
            this.giveUpAfter = duration;
            return this;
        }

        /** Default: the own app's access is given back when the run ends. */
        public Builder keepForDrift(boolean keep) {
            this.keepForDrift = keep;
            return this;
        }

        public ActivationRequest build() {
            return new ActivationRequest(
                    customer,
                    services,
                    edition,
                    policies,
                    consoleOrigin,
                    sharePointAdminSite,
                    insistOnSharePointPermission,
                    giveUpAfter,
                    keepForDrift);
        }
    }
}
