package io.github.kaitsu.internal.engine;

import io.github.kaitsu.ActivationRequest;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.consent.OwnAccess;
import io.github.kaitsu.journal.Event;
import io.github.kaitsu.store.ActivationStore.Lease;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Before a run ends, the own app's access is given back and that is noted. A crash between the two repeats it, and then there is
 * nothing left to give back. Thread-safe.
 */
final class GivingBack {
    private static final Logger LOG = LoggerFactory.getLogger(GivingBack.class);

    private final OwnAccess access;

    GivingBack(OwnAccess access) {
        this.access = access;
    }

    /** The events of a decision, and before an end what became of the access. */
    List<Event> before(RunState state, List<Event> events, Lease lease) throws InterruptedException {
        boolean ends = events.stream().anyMatch(Event.Ended.class::isInstance);
        boolean keeps = state.request() instanceof ActivationRequest asked && asked.keepForDrift();
        if (!ends || keeps) {
            return events;
        }
        List<Event> all = new ArrayList<>();
        CustomerId customer = state.request().customer();
        Set<CloudService.Provider> used = state.request().services().stream()
                .map(CloudService::provider)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(CloudService.Provider.class)));
        used.retainAll(held(customer));
        for (CloudService.Provider provider : used) {
            all.add(new Event.AccessReturned(provider, giveBack(customer, provider)));
            boolean ignored = lease.renew(); // a call takes up to half a minute; if it is lost, the append says so
        }
        all.addAll(events);
        return all;
    }

    private Set<CloudService.Provider> held(CustomerId customer) {
        try {
            return access.held(customer);
        } catch (KaitsuException e) {
            LOG.warn("which access of {} is held cannot be read: {}", customer, e.code());
            return EnumSet.allOf(CloudService.Provider.class); // so that the run says what was not given back
        }
    }

    /** What cannot be given back must not keep the run from ending: it becomes an open item. */
    private OwnAccess.Returned giveBack(CustomerId customer, CloudService.Provider provider)
            throws InterruptedException {
        try {
            return access.giveBack(customer, provider);
        } catch (KaitsuException e) {
            LOG.warn("the access to {} of {} could not be given back: {}", provider, customer, e.code());
            return OwnAccess.Returned.STORE_FAILED;
        }
    }
}
