package io.github.kaitsu;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which services to remove for whom. Immutable; holds no secret. */
public final class RemovalRequest implements RunRequest {
    private final RequestParts parts;

    private RemovalRequest(RequestParts parts) {
        this.parts = parts;
    }

    /** Begins a removal for this customer; name the services. */
    public static Builder builder(CustomerId customer) {
        return new Builder(customer);
    }

    /** A builder with everything as it is here. */
    public Builder toBuilder() {
        return builder(customer()).like(this).services(services());
    }

    @Override
    public CustomerId customer() {
        return parts.customer();
    }

    /** In the order in which they are removed, which is that of {@link CloudService} backwards. */
    @Override
    public List<CloudService> services() {
        return parts.services();
    }

    @Override
    public Optional<String> consoleOrigin() {
        return parts.consoleOrigin();
    }

    @Override
    public Duration giveUpAfter() {
        return parts.giveUpAfter();
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

    @Override
    public boolean equals(Object o) {
        return o instanceof RemovalRequest other && parts.equals(other.parts);
    }

    @Override
    public int hashCode() {
        return parts.hashCode();
    }

    @Override
    public String toString() {
        return "RemovalRequest[customer=" + customer() + ", services=" + services() + ", consoleOrigin="
                + consoleOrigin() + ", giveUpAfter=" + giveUpAfter() + ", company=" + company() + ", reference="
                + reference() + ", labels=" + labels() + "]";
    }

    /** Not thread-safe. */
    public static final class Builder extends RequestBuilder<Builder> {
        private Collection<CloudService> services = List.of();

        private Builder(CustomerId customer) {
            super(customer);
        }

        @Override
        Builder self() {
            return this;
        }

        /** Required; in any order. */
        public Builder services(Collection<CloudService> some) {
            this.services = List.copyOf(some);
            return this;
        }

        /** The services to remove; at least one. */
        public Builder services(CloudService... some) {
            return services(Arrays.asList(some));
        }

        /**
         * Checks it all.
         *
         * @throws KaitsuException INVALID_REQUEST; SERVICE_REFUSED; INVALID_CONSOLE_ORIGIN
         */
        public RemovalRequest build() {
            List<CloudService> backwards =
                    services.stream().sorted(Comparator.reverseOrder()).toList();
            return new RemovalRequest(parts(backwards));
        }
    }
}
