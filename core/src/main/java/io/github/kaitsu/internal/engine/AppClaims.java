package io.github.kaitsu.internal.engine;

import io.github.kaitsu.ActivationId;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.operator.Answer;
import io.github.kaitsu.provision.Mender;
import io.github.kaitsu.provision.ProbeResult.Refused;
import io.github.kaitsu.store.ActivationStore;
import io.github.kaitsu.store.ActivationStore.ClaimKey;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Who of all runs in the store tells the owner of the own app that a provider does not accept it: the first that meets it. The others
 * wait, whichever customer's they are. A word that nobody knows is the app owner's as soon as a second customer meets it.
 *
 * <p>Claimed after the look is written, and given back when the app gets through or the run ends; one that died in between is taken
 * over. What the owner will not mend stays claimed until somebody gets through. Thread-safe.
 */
final class AppClaims {
    private final ActivationStore store;
    private final Journals journals;

    AppClaims(ActivationStore store, Journals journals) {
        this.store = store;
        this.journals = journals;
    }

    private static ClaimKey app(CloudService.Provider provider, Refused refused) {
        return new ClaimKey("app", provider + "/" + refused.app());
    }

    /** A refusal of which nobody knows whose it is. */
    private static ClaimKey word(CloudService.Provider provider, Refused refused) {
        String said = refused.seen().quote().isEmpty()
                ? String.join(" ", refused.seen().arguments())
                : refused.seen().quote();
        return new ClaimKey("app-word", provider + "/" + refused.app() + "/" + said);
    }

    /** Whether a refusal is the app's, or may turn out to be. */
    static boolean mayBeApps(Refused refused) {
        return refused.mender() == Mender.APP_OWNER || refused.mender() == Mender.UNKNOWN;
    }

    /** A look of this run has just met this. */
    void met(RunState state, CloudService.Provider provider, Refused refused) {
        boolean isApps = refused.mender() == Mender.APP_OWNER
                || (refused.mender() == Mender.UNKNOWN && isMetElsewhere(state, provider, refused));
        if (isApps) {
            take(provider, app(provider, refused), state);
        }
    }

    /** Takes it, unless a run has it that still tells. */
    private void take(CloudService.Provider provider, ClaimKey key, RunState state) {
        while (!store.claim(key, state.id().value())) {
            Optional<String> holder = store.claimant(key);
            if (holder.isPresent() && hold(holder.get(), state, provider) != AppHold.NONE) {
                return;
            }
            holder.ifPresent(gone -> store.release(key, gone));
        }
    }

    private boolean isMetElsewhere(RunState state, CloudService.Provider provider, Refused refused) {
        ClaimKey key = word(provider, refused);
        while (!store.claim(key, state.id().value())) {
            Optional<String> holder = store.claimant(key);
            boolean isMet = holder.flatMap(h -> journals.find(ActivationId.of(h)))
                    .filter(other -> !other.isEnded())
                    .filter(other ->
                            !other.request().customer().equals(state.request().customer()))
                    .filter(other -> other.refusals(provider)
                            .anyMatch(r -> r.mender() == Mender.UNKNOWN
                                    && word(provider, r).equals(key)))
                    .isPresent();
            if (isMet) {
                return true;
            }
            holder.ifPresent(gone -> store.release(key, gone));
        }
        return false;
    }

    /** Who tells the owner of the app that it is refused so. */
    AppHold hold(RunState state, CloudService.Provider provider, Refused refused) {
        return store.claimant(app(provider, refused))
                .map(holder -> hold(holder, state, provider))
                .orElse(AppHold.NONE);
    }

    private AppHold hold(String holder, RunState asking, CloudService.Provider provider) {
        boolean isOurs = holder.equals(asking.id().value());
        Optional<RunState> run = isOurs ? Optional.of(asking) : journals.find(ActivationId.of(holder));
        if (run.isEmpty()) {
            return AppHold.NONE;
        }
        if (isGivenUp(run.get(), provider)) {
            return AppHold.GIVEN_UP;
        }
        if (isOurs) {
            return AppHold.OURS;
        }
        return run.get().isEnded() ? AppHold.NONE : AppHold.OTHERS;
    }

    private static boolean isGivenUp(RunState run, CloudService.Provider provider) {
        Answer answer = run.step(CoreSteps.app(provider)).answer;
        return answer instanceof Answer.Declined || answer instanceof Answer.Blocked;
    }

    /** Gives back what this run needs no more. */
    void settle(RunState state) {
        state.everyRefusal()
                .forEach((provider, all) ->
                        all.stream().filter(AppClaims::mayBeApps).forEach(refused -> settle(state, provider, refused)));
    }

    private void settle(RunState state, CloudService.Provider provider, Refused refused) {
        ClaimKey app = app(provider, refused);
        if (!isNeeded(state, provider, r -> app(provider, r).equals(app))) {
            Optional<String> holder = store.claimant(app); // a read; a release costs a lock and the disk
            holder.map(h -> hold(h, state, provider))
                    .filter(hold -> hold == AppHold.GIVEN_UP ? state.getsThrough(provider) : hold == AppHold.OURS)
                    .ifPresent(hold -> store.release(app, holder.get()));
        }
        ClaimKey word = word(provider, refused);
        String own = state.id().value();
        if (!isNeeded(state, provider, r -> word(provider, r).equals(word))
                && store.claimant(word).filter(own::equals).isPresent()) {
            store.release(word, own);
        }
    }

    private static boolean isNeeded(RunState state, CloudService.Provider provider, Predicate<Refused> same) {
        return !state.isEnded()
                && state.refusals(provider).filter(AppClaims::mayBeApps).anyMatch(same);
    }
}
