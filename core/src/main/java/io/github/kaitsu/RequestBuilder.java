package io.github.kaitsu;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** What every request is built of but its services. Not thread-safe. */
abstract sealed class RequestBuilder<B extends RequestBuilder<B>>
        permits ActivationRequest.Builder, RemovalRequest.Builder {
    private final CustomerId customer;
    private Optional<String> consoleOrigin = Optional.empty();
    private Duration giveUpAfter = RequestParts.GIVE_UP_AFTER;
    private Optional<String> company = Optional.empty();
    private Optional<String> reference = Optional.empty();
    private Set<String> labels = Set.of();

    RequestBuilder(CustomerId customer) {
        this.customer = Objects.requireNonNull(customer);
    }

    abstract B self();

    /** Takes over everything but the customer and the services. */
    B like(RunRequest other) {
        consoleOrigin = other.consoleOrigin();
        giveUpAfter = other.giveUpAfter();
        company = other.company();
        reference = other.reference();
        labels = other.labels();
        return self();
    }

    /** Checks them. */
    RequestParts parts(List<CloudService> services) {
        return new RequestParts(customer, services, consoleOrigin, giveUpAfter, company, reference, labels);
    }

    /** {@code https://} and a host; default: what the site tells. */
    public B consoleOrigin(String address) {
        this.consoleOrigin = Optional.of(address);
        return self();
    }

    /** Default: 30 days. */
    public B giveUpAfter(Duration duration) {
        this.giveUpAfter = Objects.requireNonNull(duration);
        return self();
    }

    /** The customer's company as persons call it: 1 to 128 characters, none of them invisible. Shown beside the customer. */
    public B company(String name) {
        this.company = Optional.of(name);
        return self();
    }

    /** The run in the host's own books, such as a contract's number: 1 to 64 characters, none of them invisible. */
    public B reference(String number) {
        this.reference = Optional.of(number);
        return self();
    }

    /** Words to sort runs by: at most 20, each of 1 to 64 characters, none of them a space or invisible. */
    public B labels(Collection<String> words) {
        this.labels = new LinkedHashSet<>(words);
        return self();
    }

    public B labels(String... words) {
        return labels(Arrays.asList(words));
    }
}
