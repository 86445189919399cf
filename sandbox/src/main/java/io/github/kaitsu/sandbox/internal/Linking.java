package io.github.kaitsu.sandbox.internal;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.sandbox.Scenario;
import io.github.kaitsu.sandbox.Violation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a grant does to the world, and which rule it breaks. */
final class Linking {
    private final Ledger ledger;
    private final World world;

    Linking(Ledger ledger) {
        this.ledger = ledger;
        this.world = ledger.world();
    }

    /** 権限の付与 was pressed. */
    void start(Wizard wizard, List<String> policies) {
        List<Change> changes = new ArrayList<>();
        somethingUnsettled(wizard).ifPresent(why -> blame(changes, wizard, Violation.Kind.LINK_DURING_PENDING, why));
        changes.add(new Change.GrantStarted(wizard.id(), policies));
        ledger.record(changes.toArray(Change[]::new));
    }

    /** The button that binds the customer was pressed at the provider. */
    void consent(Wizard wizard, String administrator) {
        List<Change> changes = new ArrayList<>();
        somethingUnsettled(wizard).ifPresent(why -> blame(changes, wizard, Violation.Kind.LINK_DURING_PENDING, why));
        Optional<String> failure = failure(wizard.service());
        if (failure.isPresent()) {
            changes.add(new Change.LinkFailed(wizard.id(), wizard.service(), failure.get()));
        } else {
            if (world.link(wizard.service())
                    .filter(l -> l.isProtected(world.now()))
                    .isPresent()) {
                String why = wizard.service().id() + " is linked and protected";
                changes.add(violated(wizard, Violation.Kind.SECOND_GRANT, why));
            }
            changes.add(new Change.Linked(link(wizard, administrator)));
        }
        ledger.record(changes.toArray(Change[]::new));
    }

    /** The provider's page was left by its refusing button. */
    void deny(Wizard wizard) {
        ledger.record(new Change.LinkFailed(wizard.id(), wizard.service(), "DENIED"));
    }

    /** 完了 was pressed in the Teams wizard. */
    void finishTeams(Wizard wizard) {
        Link link = world.link(CloudService.MICROSOFT_TEAMS)
                .filter(l -> l.wizard() == wizard.id() && l.waitsForDone())
                .orElseThrow(() -> new IllegalStateException("this wizard has nothing to finish"));
        Instant until = world.getsStuck(link.service())
                ? null
                : world.now().plus(world.setup().synchronisation());
        ledger.record(new Change.TeamsFinished(wizard.id(), world.hasAppPermission(link), world.now(), until));
    }

    private Link link(Wizard wizard, String administrator) {
        CloudService service = wizard.service();
        Setup setup = world.setup();
        boolean waits = setup.waitsForDone(service);
        boolean stuck = !waits && world.getsStuck(service);
        return new Link(
                wizard.id(),
                service,
                wizard.organisation(),
                administrator,
                setup.secrets().guid("app/" + service + "/" + wizard.id()),
                world.now(),
                waits ? null : world.now(),
                waits || stuck ? null : world.now().plus(setup.synchronisation()),
                stuck,
                null);
    }

    private Optional<String> failure(CloudService service) {
        Scenario scenario = world.scenario();
        if (scenario.kind() == Scenario.Kind.LINK_FAILS && world.failures(service) < scenario.times()) {
            return Optional.of("NETWORK"); // COMMON-10
        }
        if (service.provider() == CloudService.Provider.GOOGLE && !world.googleAppInstalled) {
            return Optional.of("APP_NOT_INSTALLED"); // GOOGLE-1
        }
        return Optional.empty();
    }

    private Optional<String> somethingUnsettled(Wizard wizard) { // COMMON-13, COMMON-14
        if (world.foreignTaskPending()) {
            return Optional.of("a task of somebody else is pending");
        }
        Instant now = world.now();
        return world.links().stream()
                .filter(l -> l.unsettled(now))
                .filter(l -> l.service() != wizard.service() || !l.mayBeGrantedAgain(now))
                .map(l -> l.service().id() + " is not settled")
                .findFirst();
    }

    private void blame(List<Change> changes, Wizard wizard, Violation.Kind kind, String why) {
        if (!wizard.blamed()) {
            changes.add(violated(wizard, kind, why));
        }
    }

    private Change violated(Wizard wizard, Violation.Kind kind, String why) {
        return new Change.Violated(wizard.id(), new Violation(kind, wizard.service(), world.now(), why));
    }
}
