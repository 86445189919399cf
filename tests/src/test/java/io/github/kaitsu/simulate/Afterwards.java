package io.github.kaitsu.simulate;

import io.github.kaitsu.ActivationView;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.consent.OwnAccess;
import io.github.kaitsu.journal.Event;
import io.github.kaitsu.journal.JournalEntry;
import io.github.kaitsu.journal.codec.JournalCodec;
import io.github.kaitsu.report.ActivationReport;
import io.github.kaitsu.report.ScreenJson;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is looked at when a run is over, or now and then: that the journal says it all, and that nothing leaked or was lost. */
final class Afterwards {
    private final Simulation sim;
    private final Run run;
    private final Observer observer;

    Afterwards(Simulation sim, Run run, Observer observer) {
        this.sim = sim;
        this.run = run;
        this.observer = observer;
    }

    void check(Node node) {
        replays(node);
        List<JournalEntry> journal = sim.store.truth.load(run.id).orElseThrow().entries();
        StringBuilder output = new StringBuilder();
        for (JournalEntry entry : journal) {
            var tree = JournalCodec.write(entry);
            output.append(tree);
            if (!JournalCodec.read(tree, "journal", entry.number()).equals(entry)) {
                sim.world.violated("what is read is what was written", () -> entry.toString());
            }
        }
        ActivationView view = observer.view(run.id);
        output.append(ScreenJson.of(view, Locale.JAPANESE))
                .append(ActivationReport.of(view).markdown(Locale.ENGLISH))
                .append(view);
        int leak = output.indexOf(Secrets.CANARY);
        if (leak >= 0) {
            String where = output.substring(Math.max(0, leak - 120), leak);
            sim.world.violated("no secret in any output", () -> run.id + " shows what comes after: " + where);
        }
        accessGivenBack(journal);
    }

    /** A process that knows nothing but the journal says the same as one that was there. */
    void replays(@Nullable Node node) {
        if (node == null || node.isDead) {
            return;
        }
        ActivationView fresh = observer.freshView(run.id);
        ActivationView there;
        try {
            there = sim.undisturbed(
                    () -> node.client().find(run.id).orElseThrow().view());
        } catch (KaitsuException e) {
            return; // its store fails just now
        } catch (Crash e) {
            return;
        }
        if (!said(fresh).equals(said(there))) {
            sim.world.violated(
                    "the journal replays to the view", () -> run.id + "\n" + said(fresh) + "\nis not\n" + said(there));
        }
    }

    private static String said(ActivationView view) {
        StringBuilder all = new StringBuilder();
        view.services().forEach(s -> {
            all.append(s.service()).append(' ').append(s.status()).append(' ').append(s.failure());
            s.steps()
                    .forEach(step -> all.append('\n')
                            .append(step.step())
                            .append(step.evidence())
                            .append(step.skip()));
        });
        view.openActions().forEach(a -> all.append('\n').append(a.id()));
        return all.toString();
    }

    private void accessGivenBack(List<JournalEntry> journal) {
        if (run.keepsAccess()) {
            return;
        }
        Map<CloudService.Provider, OwnAccess.Returned> returned = new EnumMap<>(CloudService.Provider.class);
        for (JournalEntry entry : journal) {
            if (entry.event() instanceof Event.AccessReturned back) {
                returned.put(back.provider(), back.what());
            }
        }
        run.services.stream().map(s -> s.provider()).distinct().forEach(provider -> {
            Optional<Vendors.Consent> consent = sim.vendors.of(run.organisation.customer, provider);
            boolean isOpen =
                    consent.filter(c -> !c.isRevoked && !c.isLostHonestly).isPresent();
            OwnAccess.Returned said = returned.get(provider);
            boolean isSaid = said == OwnAccess.Returned.NOT_REVOKED
                    || said == OwnAccess.Returned.STORE_FAILED
                    || said == OwnAccess.Returned.DELETED;
            boolean isUnsaved = sim.chaos.has(Fault.TOKEN_STORE_FAILS);
            if (isOpen && !isSaid && !isUnsaved) {
                sim.world.violated(
                        "access is given back, or it is said that it was not", () -> run.id + " " + provider);
            }
        });
    }

    static void assertTokensKept(Simulation sim) {
        for (Run run : sim.runs()) {
            if (run.isEnded) {
                continue; // and has given it back
            }
            CustomerId customer = run.organisation.customer;
            for (CloudService.Provider provider : CloudService.Provider.values()) {
                sim.vendors
                        .of(customer, provider)
                        .filter(c -> !c.isRevoked && !c.isLostHonestly)
                        .filter(c -> !Vendors.isKept(sim.vendors, customer, provider, c))
                        .ifPresent(c ->
                                sim.world.violated("no refresh token is lost", () -> customer + " at " + provider));
            }
        }
    }

    /** What is said after the end is shown, and changes nothing that was written. */
    void secondThoughts(@Nullable Node node) {
        if (node == null || sim.store.truth.load(run.id).isEmpty()) {
            return;
        }
        try {
            if (sim.chaos.has(Fault.TAKES_BACK)) {
                run.person.takeBack(node.client());
            }
            if (sim.chaos.has(Fault.SECOND_PERSON)) {
                run.person.contradict(node.client());
            }
        } catch (Crash e) {
            return;
        } catch (KaitsuException e) {
            if (e.code() != ErrorCode.IO_ERROR) {
                throw e;
            }
        }
        observer.view(run.id);
    }

    void forget(@Nullable Node node) {
        if (node == null) {
            return;
        }
        try {
            node.client().forget(run.id);
            sim.reach.rare("forgotten");
            if (sim.store.truth.load(run.id).isPresent()) {
                sim.world.violated("what is forgotten is gone", () -> run.id.value());
            }
        } catch (Crash e) {
            // forgotten or whole
        } catch (KaitsuException e) {
            if (e.code() != ErrorCode.IO_ERROR && e.code() != ErrorCode.ACTIVATION_NEEDED) {
                throw e;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
