package io.github.kaitsu.store;

import io.github.kaitsu.ActivationId;
import java.util.List;
import java.util.Optional;

/**
 * A page of a list of runs, by their ids.
 *
 * @param total how many runs there are on all pages, as far as is known
 * @param next after which run the next page begins; empty on the last one
 */
public record RunPage(List<RunHead> items, long total, Optional<ActivationId> next) {
    /** Keeps a copy of the list. */
    public RunPage {
        items = List.copyOf(items);
    }
}
