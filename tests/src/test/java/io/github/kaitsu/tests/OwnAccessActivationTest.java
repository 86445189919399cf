package io.github.kaitsu.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ActivationRequest;
import io.github.kaitsu.ActivationStatus;
import io.github.kaitsu.ActivationView;
import io.github.kaitsu.ActivationView.ServiceView;
import io.github.kaitsu.ActivationView.StepView;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.Edition;
import io.github.kaitsu.Evidence;
import io.github.kaitsu.consent.ConsentClient;
import io.github.kaitsu.consent.ConsentOutcome;
import io.github.kaitsu.consent.ConsentRequest;
import io.github.kaitsu.consent.MemoryCredentialStore;
import io.github.kaitsu.consent.OwnAccess.Returned;
import io.github.kaitsu.consent.PendingConsent;
import io.github.kaitsu.journal.Event;
import io.github.kaitsu.sandbox.ConsentFault;
import io.github.kaitsu.sandbox.Sandbox;
import io.github.kaitsu.sandbox.ScriptedPerson;
import io.github.kaitsu.store.MemoryActivationStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What an embedding team has in the end: administrators consent to its app at all four providers, everything is activated and proved
 * through that, checked long after, removed, and the access given back.
 */
class OwnAccessActivationTest {
    private static final Set<CloudService.Provider> ALL = EnumSet.allOf(CloudService.Provider.class);

    @ParameterizedTest
    @EnumSource(value = Edition.class, names = "AUTO", mode = EnumSource.Mode.EXCLUDE)
    void allEightServicesAndMip_areProvedThroughTheOwnApps_andTheAccessIsGivenBackAtTheEnd(Edition edition)
            throws InterruptedException {
        try (Sandbox sandbox = Sandbox.builder().edition(edition).start()) {
            Host host = new Host(sandbox);
            ALL.forEach(host::connect);
            assertThat(host.consents.held(host.customer.id())).isEqualTo(ALL);

            ActivationView view =
                    host.activate(host.request().keepForDrift(true).build());

            Run.assertProtected(view);
            assertThat(view.services()).hasSize(9);
            view.services().forEach(OwnAccessActivationTest::assertProvedAtItsProvider);
            assertThat(sandbox.summary().violations()).isEmpty();
            assertThat(sandbox.summary().grants().values()).containsOnly(1);

            sandbox.clock().advance(Duration.ofDays(2)); // all access tokens are old by now
            assertThat(host.client.verify(host.customer.id()).hasDrift()).isFalse();
            assertThat(host.consents.held(host.customer.id())).isEqualTo(ALL);

            ActivationView removed = host.remove();
            assertThat(removed.services()).allMatch(s -> s.status() == ActivationStatus.REMOVED);
            assertThat(host.consents.held(host.customer.id())).isEmpty();
            assertThat(Run.events(host.client, Host.REMOVAL))
                    .contains(
                            new Event.AccessReturned(CloudService.Provider.BOX, Returned.REVOKED),
                            new Event.AccessReturned(CloudService.Provider.DROPBOX, Returned.REVOKED),
                            new Event.AccessReturned(CloudService.Provider.GOOGLE, Returned.REVOKED),
                            new Event.AccessReturned(CloudService.Provider.MICROSOFT365, Returned.DELETED));
        }
    }

    /** At least one claim about the service's link was read where it is true or not. */
    private static void assertProvedAtItsProvider(ServiceView service) {
        assertThat(service.steps())
                .as("%s", service.service())
                .filteredOn(StepView::required)
                .filteredOn(s -> s.evidence().level() == Evidence.Level.VERIFIED)
                .isNotEmpty();
        assertThat(service.steps())
                .as("%s", service.service())
                .noneMatch(s -> s.evidence().level() == Evidence.Level.CONTRADICTED);
    }

    @ParameterizedTest
    @EnumSource(CloudService.Provider.class)
    void whenAGrantDiesOnTheWay_itIsAskedForAgain_andTheRunEndsProved(CloudService.Provider provider)
            throws InterruptedException {
        try (Sandbox sandbox = Sandbox.builder().start()) {
            Host host = new Host(sandbox);
            ALL.forEach(host::connect);
            host.client.begin(Run.ID, host.request().build());
            while (host.asked(".grant") == 0) { // preflights are done, the first link is about to begin
                Run.step(host.client, Run.ID, host.person, host.customer);
            }
            sandbox.revokeGrants(provider);

            ActivationView view = Run.toItsEnd(host.client, Run.ID, host.person, host.customer);

            Run.assertProtected(view);
            assertThat(host.asked("connect.")).isEqualTo(1);
            assertThat(host.reconnected).containsExactly(provider);
            assertThat(host.consents.held(host.customer.id())).isEmpty(); // not kept, so given back
        }
    }

    @ParameterizedTest
    @EnumSource(CloudService.Provider.class)
    void whenAnotherCompanysAdministratorConnectsAgain_itIsNotAccepted_andWhatWasThereStays(
            CloudService.Provider provider) throws InterruptedException {
        try (Sandbox sandbox = Sandbox.builder().start()) {
            Host host = new Host(sandbox);
            host.connect(provider);
            String tenant = host.consents
                    .grant(host.customer.id(), provider)
                    .orElseThrow()
                    .tenant();
            assertThat(tenant).isEqualTo(sandbox.tenant(provider));
            sandbox.faults().nextConsent(provider, new ConsentFault.WrongAccount());

            ConsentOutcome outcome = host.ask(provider);

            assertThat(outcome).isInstanceOf(ConsentOutcome.WrongAccount.class);
            assertThat(host.consents.grant(host.customer.id(), provider).orElseThrow())
                    .satisfies(grant -> assertThat(grant.tenant()).isEqualTo(tenant))
                    .satisfies(grant -> assertThat(grant.usable()).isTrue());
        }
    }

    @Test
    void whenConnectingAgainIsRefused_thePersonIsAskedInstead() throws InterruptedException {
        try (Sandbox sandbox = Sandbox.builder().start()) {
            Host host = new Host(sandbox);
            host.connect(CloudService.Provider.DROPBOX);
            host.refuses = true;
            host.client.begin(
                    Run.ID, host.request().services(CloudService.DROPBOX).build());
            while (host.asked(".grant") == 0) {
                Run.step(host.client, Run.ID, host.person, host.customer);
            }
            sandbox.revokeGrants(CloudService.Provider.DROPBOX);

            ActivationView view = Run.toItsEnd(host.client, Run.ID, host.person, host.customer);

            Run.assertProtected(view);
            assertThat(host.asked("connect.")).isEqualTo(1);
            assertThat(view.services().get(0).steps())
                    .anyMatch(s -> s.evidence().source().name().contains("sato"));
        }
    }

    /** An embedding application. */
    private static final class Host {
        static final ActivationId REMOVAL = ActivationId.of("removal");

        final Customer customer;
        final Person person;
        final ConsentClient consents;
        final ActivationClient client;
        final List<CloudService.Provider> reconnected = new ArrayList<>();
        boolean refuses;
        private final ScriptedPerson administrator;

        Host(Sandbox sandbox) {
            this.customer = Customer.of(sandbox);
            this.administrator = new ScriptedPerson(sandbox, "sato@example.co.jp").connectingBy(this::reconnect);
            this.person = Person.careful(administrator);
            ConsentClient.Builder own =
                    ConsentClient.builder().store(new MemoryCredentialStore()).clock(sandbox.clock());
            ALL.forEach(p -> own.server(OwnConsent.server(sandbox, p)));
            this.consents = own.build();
            this.client = ActivationClient.builder()
                    .provisioners(new Connected(sandbox).provisioners(consents::connections))
                    .store(new MemoryActivationStore())
                    .operator(person)
                    .ownAccess(consents)
                    .clock(sandbox.clock())
                    .build();
        }

        void connect(CloudService.Provider provider) {
            assertThat(ask(provider))
                    .isInstanceOfSatisfying(
                            ConsentOutcome.Granted.class,
                            granted -> assertThat(granted.missing()).isEmpty());
        }

        ConsentOutcome ask(CloudService.Provider provider) {
            try {
                PendingConsent pending = consents.begin(ConsentRequest.builder(customer.id(), provider, OwnConsent.BACK)
                        .build());
                return consents.complete(
                        pending.id(),
                        administrator.consent(pending.authorizationUrl()).orElseThrow());
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        private boolean reconnect(CloudService.Provider provider) {
            if (refuses) {
                return false;
            }
            connect(provider);
            return reconnected.add(provider);
        }

        ActivationRequest.Builder request() {
            List<CloudService> services = new ArrayList<>(CloudService.standard());
            services.add(CloudService.MIP);
            return ActivationRequest.builder(customer.id()).services(services);
        }

        ActivationView activate(ActivationRequest request) throws InterruptedException {
            client.begin(Run.ID, request);
            return Run.toItsEnd(client, Run.ID, person, customer);
        }

        ActivationView remove() throws InterruptedException {
            CustomerId whom = customer.id();
            client.beginRemoval(REMOVAL, whom, EnumSet.copyOf(request().build().services()));
            return Run.toItsEnd(client, REMOVAL, person, customer);
        }

        /** How many actions were offered whose step has this in its name. */
        long asked(String part) {
            return Run.events(client, Run.ID).stream()
                    .filter(e -> e instanceof Event.Offered offered
                            && offered.step().value().contains(part))
                    .count();
        }
    }
}
