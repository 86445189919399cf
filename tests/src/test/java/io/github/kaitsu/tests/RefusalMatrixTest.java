package io.github.kaitsu.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ActivationRequest;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.consent.ConsentClient;
import io.github.kaitsu.consent.ConsentOutcome;
import io.github.kaitsu.consent.ConsentRequest;
import io.github.kaitsu.consent.MemoryCredentialStore;
import io.github.kaitsu.consent.PendingConsent;
import io.github.kaitsu.console.ConsoleSite;
import io.github.kaitsu.operator.OperatorAction;
import io.github.kaitsu.provision.Connections;
import io.github.kaitsu.sandbox.ConsentFault;
import io.github.kaitsu.sandbox.Fault;
import io.github.kaitsu.sandbox.Sandbox;
import io.github.kaitsu.sandbox.ScriptedPerson;
import io.github.kaitsu.store.MemoryActivationStore;
import io.github.kaitsu.vendor.AccessTokens;
import io.github.kaitsu.vendor.VendorCallException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What vendors say of the embedding team's own app, at every endpoint: who is told, what they are told to do, whether the grant is kept,
 * and whether anybody is asked to connect again.
 */
class RefusalMatrixTest {
    private static final CloudService.Provider BOX = CloudService.Provider.BOX;
    private static final CloudService.Provider DROPBOX = CloudService.Provider.DROPBOX;
    private static final CloudService.Provider GOOGLE = CloudService.Provider.GOOGLE;
    private static final CloudService.Provider MICROSOFT = CloudService.Provider.MICROSOFT365;

    /** Who is told, in the run and at the page. */
    private enum Told {
        /** Once, in one of the two customers' runs. */
        OWNER("app.", ConsentOutcome.AppRefused.class),
        /** In each customer's own run. */
        CUSTOMER("allow.", null), // by a policy, or what the tenant lacks
        /** The owner only as two customers have met it. */
        UNCLEAR("app.", ConsentOutcome.ProviderError.class),
        /** Who consents, again. */
        PERSON("connect.", null);

        final String step;
        final Class<? extends ConsentOutcome> outcome;

        Told(String step, Class<? extends ConsentOutcome> outcome) {
            this.step = step;
            this.outcome = outcome;
        }
    }

    private record Word(CloudService.Provider provider, int status, String error, String description, Told told) {
        String body() {
            return "{\"error\":\"" + error + "\",\"error_description\":\"" + description + "\"}";
        }

        Fault fault() {
            return new Fault.Answer(status, Map.of("Content-Type", "application/json"), body());
        }

        /** RFC 6749 §5.2: then the tokens are worth nothing. */
        boolean endsTheGrant() {
            return error.equals("invalid_grant") && told == Told.PERSON && !description.startsWith("AADSTS5007");
        }

        @Override
        public String toString() {
            return provider + " " + status + " " + error + " " + description;
        }
    }

    private static Stream<Word> words() {
        return Stream.of(
                new Word(BOX, 400, "invalid_client", "The client credentials are invalid", Told.OWNER),
                new Word(BOX, 401, "invalid_client", "", Told.OWNER),
                new Word(
                        BOX,
                        400,
                        "unauthorized_client",
                        "This app is not authorized by the enterprise admin",
                        Told.CUSTOMER),
                new Word(BOX, 400, "unauthorized_client", "who knows", Told.UNCLEAR),
                new Word(BOX, 400, "invalid_grant", "Refresh token has expired", Told.PERSON),
                new Word(DROPBOX, 400, "invalid_client", "This app is currently disabled", Told.OWNER),
                new Word(
                        DROPBOX,
                        400,
                        "unauthorized_client",
                        "The team's administrator has blocked this app",
                        Told.CUSTOMER),
                new Word(DROPBOX, 400, "invalid_request", "who knows", Told.UNCLEAR),
                new Word(DROPBOX, 400, "invalid_grant", "refresh token is invalid or revoked", Told.PERSON),
                new Word(GOOGLE, 401, "deleted_client", "The OAuth client was deleted.", Told.OWNER),
                new Word(GOOGLE, 401, "invalid_client", "The provided client secret is invalid.", Told.OWNER),
                new Word(GOOGLE, 401, "disabled_client", "The OAuth client was disabled.", Told.OWNER),
                new Word(GOOGLE, 400, "admin_policy_enforced", "", Told.CUSTOMER),
                new Word(GOOGLE, 401, "unauthorized_client", "Unauthorized", Told.UNCLEAR),
                new Word(GOOGLE, 400, "invalid_grant", "Token has been expired or revoked.", Told.PERSON),
                new Word(
                        MICROSOFT,
                        401,
                        "invalid_client",
                        "AADSTS7000222: The provided client secret keys are expired.",
                        Told.OWNER),
                new Word(
                        MICROSOFT, 401, "invalid_client", "AADSTS7000215: Invalid client secret provided.", Told.OWNER),
                new Word(MICROSOFT, 400, "invalid_grant", "AADSTS650056: Misconfigured application.", Told.OWNER),
                new Word(
                        MICROSOFT,
                        400,
                        "unauthorized_client",
                        "AADSTS700016: Application was not found.",
                        Told.CUSTOMER),
                new Word(MICROSOFT, 400, "invalid_grant", "AADSTS53003: Blocked by Conditional Access.", Told.CUSTOMER),
                new Word(
                        MICROSOFT, 400, "unauthorized_client", "AADSTS7000112: Application is disabled.", Told.UNCLEAR),
                new Word(MICROSOFT, 400, "interaction_required", "AADSTS50076: multi-factor", Told.PERSON),
                new Word(MICROSOFT, 400, "invalid_grant", "AADSTS50173: revoked", Told.PERSON));
    }

    static Stream<Arguments> everyWord() {
        return words().map(Arguments::of);
    }

    // ---- at a refresh, in two customers' runs

    @ParameterizedTest
    @MethodSource("everyWord")
    void refresh_whoCanMendIt_isTold_theGrantIsKept_andAllGoOnByThemselves(Word word) throws InterruptedException {
        try (Sandbox sandbox = Sandbox.builder().start()) {
            Host host = new Host(sandbox, word.provider());
            host.customers.forEach(host::connect);
            sandbox.clock().advance(Duration.ofHours(5)); // access tokens are old
            sandbox.faults().tokensRefused(word.provider(), word.fault());

            host.begin();

            List<String> asked = host.aboutTheApp();
            assertThat(asked).allMatch(step -> step.startsWith(word.told().step));
            boolean isOnce = word.told() == Told.OWNER || word.told() == Told.UNCLEAR;
            assertThat(asked).hasSize(isOnce ? 1 : 2);
            for (CustomerId customer : host.customers) {
                assertThat(host.consents
                                .grant(customer, word.provider())
                                .orElseThrow()
                                .usable())
                        .isEqualTo(!word.endsTheGrant());
            }
            if (word.endsTheGrant()) {
                return;
            }

            sandbox.faults().tokensAgain(word.provider());
            sandbox.clock().advance(Duration.ofHours(2));
            host.advance();

            assertThat(host.aboutTheApp()).as("nobody had to press anything").isEmpty();
        }
    }

    /** What the host sees that asks for a token itself. */
    @ParameterizedTest
    @MethodSource("everyWord")
    void tokens_ofTheHostsOwnUse_sayWhetherConnectingAgainHelps(Word word) throws InterruptedException {
        try (Sandbox sandbox = Sandbox.builder().start()) {
            Host host = new Host(sandbox, word.provider());
            CustomerId customer = host.customers.get(0);
            host.connect(customer);
            sandbox.clock().advance(Duration.ofHours(5));
            sandbox.faults().tokensRefused(word.provider(), word.fault());

            VendorCallException e = catchThrowableOfType(
                    VendorCallException.class,
                    () -> host.consents
                            .tokens(customer, word.provider())
                            .orElseThrow()
                            .get());

            assertThat(e.authorizationLost()).isEqualTo(word.told() == Told.PERSON);
            assertThat(e.refusal()).isPresent();
        }
    }

    // ---- at the consent

    static Stream<Arguments> everyWordAtAConsent() {
        return words().flatMap(word -> Stream.of(true, false).map(redirect -> Arguments.of(word, redirect)));
    }

    @ParameterizedTest
    @MethodSource("everyWordAtAConsent")
    void consent_refusedOnTheWayBackOrAtTheCode_saysWhoMustDoWhat(Word word, boolean onTheWayBack)
            throws InterruptedException {
        try (Sandbox sandbox = Sandbox.builder().start()) {
            Host host = new Host(sandbox, word.provider());
            CustomerId customer = host.customers.get(0);
            if (onTheWayBack) {
                sandbox.faults()
                        .nextConsent(word.provider(), new ConsentFault.Refused(word.error(), word.description()));
            } else {
                sandbox.faults().tokensRefused(word.provider(), word.fault());
            }

            ConsentOutcome outcome = host.ask(customer);

            if (word.told().outcome != null) {
                assertThat(outcome).isInstanceOf(word.told().outcome);
            } else if (word.told() == Told.CUSTOMER) {
                assertThat(outcome)
                        .isInstanceOfAny(ConsentOutcome.BlockedByPolicy.class, ConsentOutcome.NotInTenant.class);
            } else {
                assertThat(outcome).isInstanceOfAny(ConsentOutcome.Expired.class, ConsentOutcome.SignInRequired.class);
            }
            String said = outcome.explanation().nextStep().in(Locale.ENGLISH);
            assertThat(said.contains("those who run the program"))
                    .isEqualTo(word.told() == Told.OWNER || word.told() == Told.UNCLEAR);
            if (word.description().startsWith("AADSTS") && !(outcome instanceof ConsentOutcome.Expired)) {
                assertThat(outcome.explanation().message().in(Locale.JAPANESE))
                        .contains(word.description()
                                .substring(0, word.description().indexOf(':')));
            }
            assertThat(host.consents.held(customer)).isEmpty();
        }
    }

    /** An embedding team with two customers of one vendor. */
    private static final class Host {
        final List<CustomerId> customers =
                List.of(CustomerId.of(ConsoleSite.JP, "CAS0001"), CustomerId.of(ConsoleSite.JP, "CAS0002"));
        final ConsentClient consents;
        private final CloudService.Provider provider;
        private final ActivationClient client;
        private final ScriptedPerson administrator;

        Host(Sandbox sandbox, CloudService.Provider provider) {
            this.provider = provider;
            this.administrator = new ScriptedPerson(sandbox, "sato@example.co.jp");
            this.consents = ConsentClient.builder()
                    .store(new MemoryCredentialStore())
                    .clock(sandbox.clock())
                    .server(OwnConsent.server(sandbox, provider))
                    .build();
            this.client = ActivationClient.builder()
                    .provisioners(new Connected(sandbox).provisioners(new Connected.Way() {
                        @Override
                        public <T> Connections<T> to(CloudService.Provider one, Function<AccessTokens, T> connect) {
                            return one == provider ? consents.connections(one, connect) : Connections.none();
                        }
                    }))
                    .store(new MemoryActivationStore())
                    .clock(sandbox.clock())
                    .build();
        }

        void connect(CustomerId customer) {
            try {
                assertThat(ask(customer)).isInstanceOf(ConsentOutcome.Granted.class);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        ConsentOutcome ask(CustomerId customer) throws InterruptedException {
            PendingConsent pending = consents.begin(
                    ConsentRequest.builder(customer, provider, OwnConsent.BACK).build());
            return consents.complete(
                    pending.id(),
                    administrator.consent(pending.authorizationUrl()).orElseThrow());
        }

        private static ActivationId id(CustomerId customer) {
            return ActivationId.of(customer.account());
        }

        void begin() throws InterruptedException {
            CloudService service = CloudService.standard().stream()
                    .filter(s -> s.provider() == provider)
                    .findFirst()
                    .orElseThrow();
            for (CustomerId customer : customers) {
                client.begin(
                        id(customer),
                        ActivationRequest.builder(customer).services(service).build());
                client.advance(id(customer));
            }
        }

        void advance() throws InterruptedException {
            for (CustomerId customer : customers) {
                client.advance(id(customer));
            }
        }

        /** The steps of the open actions that concern the own app, of both runs. */
        List<String> aboutTheApp() {
            return customers.stream()
                    .flatMap(c -> client.find(id(c)).orElseThrow().view().openActions().stream())
                    .map(OperatorAction::step)
                    .map(step -> step.value())
                    .filter(step -> step.matches("(app|allow|connect)\\..*"))
                    .toList();
        }
    }
}
