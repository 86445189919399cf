package io.github.kaitsu.desk;

import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ActivationRequest;
import io.github.kaitsu.ActivationView;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.Quiet;
import io.github.kaitsu.console.ConsoleSite;
import io.github.kaitsu.desk.sandbox.Worlds;
import io.github.kaitsu.fleet.Fleet;
import io.github.kaitsu.operator.Answer;
import io.github.kaitsu.operator.OperatorAction;
import java.time.Duration;
import java.util.Optional;

/** A sandbox customer of a desk on which nothing goes on by itself. */
record Customer(RunningDesk desk, ActivationId id, CustomerId customer) {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int TURNS = 600;

    static Customer of(RunningDesk desk, String reference, String account) {
        return new Customer(desk, Fleet.id(reference), CustomerId.of(ConsoleSite.JP, account));
    }

    static Customer begin(RunningDesk desk, String account, String company, CloudService... services)
            throws InterruptedException {
        Customer customer = of(desk, account, account);
        desk.get(Customers.class)
                .add(customer.id, new Customers.Known("desk@example.co.jp", Optional.empty()), java.util.Map.of());
        customer.client()
                .begin(
                        customer.id,
                        ActivationRequest.builder(customer.customer)
                                .company(company)
                                .reference(account)
                                .services(services)
                                .build());
        customer.quiet();
        return customer;
    }

    private ActivationClient client() {
        return desk.get(ActivationClient.class);
    }

    ActivationView view() {
        return client().find(id).orElseThrow().view();
    }

    /** What would be done on the vendor's pages, done. */
    Answer perform(OperatorAction action) {
        return desk.get(Worlds.class).of(customer).person().perform(action);
    }

    Quiet quiet() throws InterruptedException {
        return client().awaitQuiet(id, PATIENCE).orElseThrow();
    }

    /** Lets time pass until the run goes on by itself. */
    void pass() throws InterruptedException {
        quiet().until().ifPresent(desk.get(Worlds.class)::advanceTo);
    }

    /** To the end, by the scripted person. */
    void bringToItsEnd() throws InterruptedException {
        for (int i = 0; i < TURNS && !view().ended(); i++) {
            Optional<OperatorAction> open = quiet().openActions().stream().findFirst();
            if (open.isPresent()) {
                client().answer(id, open.get().id(), perform(open.get()));
            } else {
                pass();
            }
        }
    }
}
