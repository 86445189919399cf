package io.github.kaitsu.consent.internal;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.consent.AuthorizationServer;
import io.github.kaitsu.consent.AuthorizationServer.Identity;
import io.github.kaitsu.consent.CredentialStore;
import io.github.kaitsu.consent.CredentialStore.Entry;
import io.github.kaitsu.consent.CredentialStore.Hold;
import io.github.kaitsu.consent.OwnAccess.Returned;
import io.github.kaitsu.consent.TokenGrant;
import io.github.kaitsu.vendor.VendorCallException;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The grants in the store, and their way back to the vendor. One grant per customer and provider is in use, under the empty id;
 * those under another id wait to be given back.
 *
 * <p>At some vendors, ending one grant ends all that the same account gave to the app. So a grant nobody wants is not ended
 * while another one of that account is in use; it is forgotten.
 */
public final class HeldGrants {
    private static final Logger LOG = LoggerFactory.getLogger(HeldGrants.class);

    /** What a vendor answers who will not end it, whenever it is asked: the app is gone or its secret is another one. */
    private static final Set<Integer> REFUSALS = Set.of(400, 401, 403, 404);

    private final CredentialStore store;

    public HeldGrants(CredentialStore store) {
        this.store = store;
    }

    /** The providers of whom something is held, usable or not, readable or not. */
    public Set<CloudService.Provider> providers(CustomerId customer) {
        Set<CloudService.Provider> held = EnumSet.noneOf(CloudService.Provider.class);
        keys(key -> key.customer().equals(customer)).forEach(key -> held.add(key.provider()));
        for (CloudService.Provider provider : CloudService.Provider.values()) {
            if (!held.contains(provider) && isDamaged(CredentialStore.Key.grant(customer, provider))) {
                held.add(provider);
            }
        }
        return held;
    }

    private boolean isDamaged(CredentialStore.Key key) {
        try {
            store.load(key);
            return false;
        } catch (KaitsuException e) {
            LOG.warn("the grant of {} at {} cannot be read: {}", key.customer(), key.provider(), e.code());
            return true;
        }
    }

    /** The grant in use, also if the vendor does not accept it any more; none if it is being given back. */
    public Optional<GrantRecord> inUse(CustomerId customer, CloudService.Provider provider) {
        return load(CredentialStore.Key.grant(customer, provider))
                .filter(grant -> grant.state() != GrantRecord.State.RETURNING);
    }

    /** Whose the grant in use is, as far as the vendor said it. */
    Optional<String> tenant(CustomerId customer, CloudService.Provider provider) {
        return inUse(customer, provider).map(GrantRecord::tenant).filter(tenant -> !tenant.isEmpty());
    }

    private Optional<GrantRecord> load(CredentialStore.Key key) {
        return store.load(key).map(Entry::secret).map(GrantRecord::parse);
    }

    // ---- a new one

    /**
     * Puts a new grant in the place of the one before. Another account's is given back at the vendor.
     *
     * @param who gave it
     * @param id names the old one while it waits for that
     */
    void replace(CredentialStore.Key key, GrantRecord fresh, Identity who, String id, AuthorizationServer server)
            throws InterruptedException {
        CredentialStore.Key aside = aside(key, id);
        Optional<Hold> hold = Optional.empty();
        try {
            boolean replaced = false;
            while (!replaced) {
                Optional<Entry> before = store.load(key);
                Optional<GrantRecord> foreign = before.map(Entry::secret)
                        .map(GrantRecord::parse)
                        .filter(old -> server.canRevoke() && mustEnd(old, who));
                if (foreign.isPresent() && hold.isEmpty()) {
                    hold = Optional.of(store.hold(key)); // a refresh under way would leave a newer grant behind
                } else {
                    foreign.ifPresent(old -> keep(aside, old)); // first, so that it is known whatever happens next
                    long expected = before.map(Entry::version).orElseGet(() -> store.version(key));
                    replaced = store.put(key, expected, fresh.bytes()).isPresent();
                }
            }
        } finally {
            hold.ifPresent(Hold::close);
        }
        try {
            giveBack(aside, server);
        } catch (KaitsuException e) { // the new one is stored, and the old one waits
            LOG.warn("a grant of {} could not be given back: {}", server.provider(), e.code());
        }
    }

    private static boolean mustEnd(GrantRecord old, Identity who) {
        return old.state() != GrantRecord.State.DEAD && !isOf(old, who);
    }

    private void keep(CredentialStore.Key aside, GrantRecord grant) {
        byte[] secret = grant.returning().bytes();
        if (store.put(aside, store.version(aside), secret).isEmpty()) {
            throw KaitsuException.of(ErrorCode.STORE_CONFLICT, "consent", aside.id());
        }
    }

    private static CredentialStore.Key aside(CredentialStore.Key key, String id) {
        return new CredentialStore.Key(CredentialStore.Kind.GRANT, key.customer(), key.provider(), id);
    }

    // ---- one that nobody wants

    /**
     * Ends a grant that was not stored. If the vendor cannot be reached it is kept until it is given back.
     *
     * @param who gave it, if that could be found out
     * @param id names it while it waits
     */
    void discard(
            CredentialStore.Key key,
            GrantRecord unwanted,
            Optional<Identity> who,
            String id,
            AuthorizationServer server)
            throws InterruptedException {
        if (end(key, unwanted.grant(), who, server) == Ending.UNREACHABLE) {
            keep(aside(key, id), unwanted);
        }
    }

    /** Ends a grant that was not stored, if that may be. @return whether the vendor could not be reached, so it must be kept */
    boolean isToBeEndedLater(CredentialStore.Key key, GrantRecord unwanted, AuthorizationServer server)
            throws InterruptedException {
        return end(key, unwanted.grant(), who(unwanted), server) == Ending.UNREACHABLE;
    }

    private static Optional<Identity> who(GrantRecord grant) {
        return grant.account().isEmpty()
                ? Optional.empty()
                : Optional.of(new Identity(grant.account(), grant.tenant(), Optional.empty()));
    }

    private boolean accountIsInUse(CredentialStore.Key key, Optional<Identity> who) {
        if (who.isEmpty()) {
            return inUse(key.customer(), key.provider()).isPresent(); // it may be the same
        }
        return keys(other -> other.provider() == key.provider() && other.id().isEmpty()).stream()
                .flatMap(other -> readable(other).stream())
                .filter(GrantRecord::active)
                .anyMatch(grant -> isOf(grant, who.get()));
    }

    /** Another customer's that is damaged is of no use to anybody. */
    private Optional<GrantRecord> readable(CredentialStore.Key key) {
        try {
            return load(key);
        } catch (KaitsuException e) {
            LOG.warn("the grant of {} at {} cannot be read: {}", key.customer(), key.provider(), e.code());
            return Optional.empty();
        }
    }

    private static boolean isOf(GrantRecord grant, Identity who) {
        return who.isCalled(grant.account()) && grant.tenant().equals(who.tenant());
    }

    // ---- the way back

    /**
     * Ends everything held of a customer at one vendor, what waits from earlier included.
     *
     * @throws KaitsuException if the grant in use cannot be read, or STORE_BUSY if its refresh does not come to an end
     */
    public Returned giveBack(CustomerId customer, AuthorizationServer server) throws InterruptedException {
        Set<CredentialStore.Key> keys =
                new LinkedHashSet<>(keys(k -> k.customer().equals(customer) && k.provider() == server.provider()));
        keys.add(CredentialStore.Key.grant(customer, server.provider())); // also if the store leaves it out as damaged
        keys.forEach(this::stopUse); // first, so that nobody uses it any more whatever happens next
        Returned worst = Returned.NOTHING_HELD;
        for (CredentialStore.Key key : keys) {
            Returned one = giveBack(key, server);
            worst = one.compareTo(worst) > 0 ? one : worst;
        }
        return worst;
    }

    private Returned giveBack(CredentialStore.Key key, AuthorizationServer server) throws InterruptedException {
        if (store.load(key).isEmpty()) {
            return Returned.NOTHING_HELD;
        }
        Hold hold = store.hold(key); // a refresh under way would leave a newer grant behind
        try {
            return ended(key, server);
        } finally {
            hold.close();
        }
    }

    private void stopUse(CredentialStore.Key key) {
        Optional<Entry> entry = store.load(key);
        while (entry.isPresent()) {
            GrantRecord grant = GrantRecord.parse(entry.get().secret());
            if (!grant.active()
                    || store.put(key, entry.get().version(), grant.returning().bytes())
                            .isPresent()) {
                return;
            }
            entry = store.load(key);
        }
    }

    private Returned ended(CredentialStore.Key key, AuthorizationServer server) throws InterruptedException {
        Optional<Entry> entry = store.load(key);
        while (entry.isPresent()) {
            GrantRecord grant = GrantRecord.parse(entry.get().secret());
            if (grant.active()) {
                return Returned.NOTHING_HELD; // a new consent has taken its place meanwhile
            }
            Returned what = returned(key, grant, server);
            if (what == Returned.NOT_REVOKED || store.delete(key, entry.get().version())) {
                return what;
            }
            entry = store.load(key);
        }
        return Returned.NOTHING_HELD;
    }

    private Returned returned(CredentialStore.Key key, GrantRecord grant, AuthorizationServer server)
            throws InterruptedException {
        if (grant.state() == GrantRecord.State.DEAD) {
            return server.canRevoke() ? Returned.REVOKED : Returned.DELETED;
        }
        return switch (end(key, grant.grant(), who(grant), server)) {
            case ENDED -> Returned.REVOKED;
            case LEFT -> Returned.DELETED;
            case UNREACHABLE -> Returned.NOT_REVOKED;
        };
    }

    /** What became of a grant at the vendor. */
    private enum Ending {
        ENDED,
        /** It goes on there, and calling again would not end it: for another customer's sake, or since the vendor refuses. */
        LEFT,
        UNREACHABLE
    }

    private Ending end(CredentialStore.Key key, TokenGrant grant, Optional<Identity> who, AuthorizationServer server)
            throws InterruptedException {
        if (!server.canRevoke() || accountIsInUse(key, who)) {
            return Ending.LEFT;
        }
        try {
            server.revoke(grant);
            return Ending.ENDED;
        } catch (VendorCallException e) {
            LOG.warn("a grant of {} could not be given back: {}", server.provider(), e.getMessage());
            return REFUSALS.contains(e.status()) ? Ending.LEFT : Ending.UNREACHABLE;
        }
    }

    private List<CredentialStore.Key> keys(Predicate<CredentialStore.Key> which) {
        return store.keys().stream()
                .filter(key -> key.kind() == CredentialStore.Kind.GRANT)
                .filter(which)
                .toList();
    }
}
