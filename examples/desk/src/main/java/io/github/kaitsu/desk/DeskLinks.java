package io.github.kaitsu.desk;

import io.github.kaitsu.CustomerId;
import java.net.URI;
import java.util.Optional;

/** Where links of actions really lead: a customer's sandbox, or as they are where there is none. */
@FunctionalInterface
public interface DeskLinks {
    /** Empty if nowhere. */
    Optional<URI> leadsTo(CustomerId customer, URI address);
}
