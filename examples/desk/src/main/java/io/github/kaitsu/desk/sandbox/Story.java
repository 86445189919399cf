package io.github.kaitsu.desk.sandbox;

import io.github.kaitsu.Activation;
import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ActivationRequest;
import io.github.kaitsu.ActivationView;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.Quiet;
import io.github.kaitsu.RemovalRequest;
import io.github.kaitsu.console.ConsoleSite;
import io.github.kaitsu.desk.Customers;
import io.github.kaitsu.desk.DriftRound;
import io.github.kaitsu.desk.sandbox.Persona.Fate;
import io.github.kaitsu.fleet.Fleet;
import io.github.kaitsu.invite.InvitationRequest;
import io.github.kaitsu.invite.Invitations;
import io.github.kaitsu.operator.Role;
import io.github.kaitsu.store.MemoryActivationStore;
import io.github.kaitsu.store.RunHead;
import io.github.kaitsu.store.RunQuery;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;

/**
 * What goes on at the thirty customers: all are begun at once, some days ago; then time passes as fast as the machine can until today,
 * and from then on faster than the real time.
 */
final class Story implements Runnable, DisposableBean {
    /** How long ago it began. */
    static final Duration BEFORE = Duration.ofDays(4);

    static final String CLERK = "desk@example.co.jp";

    private static final Logger LOG = LoggerFactory.getLogger(Story.class);
    private static final Duration BETWEEN = Duration.ofMinutes(70);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration UNTIL_CANCELLED = Duration.ofHours(9);
    private static final Duration MAIL = Duration.ofDays(7);
    /** So many times as fast as the real time. */
    private static final int SPEED = 60;

    private static final long TICK_MILLIS = 700;

    private final ActivationClient client;
    private final Worlds worlds;
    private final Persons persons;
    private final StoryClock clock;
    private final Customers customers;
    private final Invitations invitations;
    private final DriftRound drift;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Map<ActivationId, Persona> fates = new HashMap<>();
    private final Instant started = Instant.now();

    Story(
            ActivationClient client,
            Worlds worlds,
            Persons persons,
            StoryClock clock,
            Customers customers,
            Invitations invitations,
            DriftRound drift) {
        this.client = client;
        this.worlds = worlds;
        this.persons = persons;
        this.clock = clock;
        this.customers = customers;
        this.invitations = invitations;
        this.drift = drift;
    }

    void start() {
        Thread thread = new Thread(this, "sandbox-story");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void run() {
        try {
            for (Persona persona : Cast.all()) {
                begin(persona);
            }
            while (stopped.getCount() > 0) {
                turn();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            if (stopped.getCount() > 0) {
                LOG.error("the sandbox's customers do not go on", e);
            }
        }
    }

    @Override
    public void destroy() {
        stopped.countDown();
    }

    private void begin(Persona persona) {
        CustomerId customer = CustomerId.of(ConsoleSite.JP, persona.account());
        worlds.begin(customer, persona);
        persons.behave(customer, persona);
        ActivationId id = Fleet.id(persona.reference());
        Map<Role, String> contacts = new EnumMap<>(Role.class);
        if (persona.isInvited()) {
            contacts.put(Role.CONSOLE, "sato@" + persona.account().toLowerCase(java.util.Locale.ROOT) + ".example");
            persona.services()
                    .forEach(s -> contacts.put(
                            Role.of(s.provider()),
                            s.provider().name().toLowerCase(java.util.Locale.ROOT) + "@"
                                    + persona.account().toLowerCase(java.util.Locale.ROOT) + ".example"));
        }
        customers.add(id, new Customers.Known(CLERK, Optional.of(clock.instant().plus(MAIL))), contacts);
        contacts.forEach((role, name) -> invitations.mint(InvitationRequest.of(id, role, name)));
        client.begin(
                id,
                ActivationRequest.builder(customer)
                        .company(persona.company())
                        .reference(persona.reference())
                        .services(persona.services())
                        .build());
        fates.put(id, persona);
        worlds.advanceTo(clock.instant().plus(BETWEEN));
    }

    private void turn() throws InterruptedException {
        Instant target = target();
        if (persons.workOne(client, clock.instant())) {
            return;
        }
        List<Instant> next = new ArrayList<>(List.of(target));
        List<RunHead> live = new ArrayList<>();
        Fleet.of(client).forEach(RunQuery.live(), live::add);
        for (RunHead head : live) {
            client.awaitQuiet(head.id(), PATIENCE).flatMap(Quiet::until).ifPresent(next::add);
        }
        fulfil();
        persons.nextAt(client).ifPresent(next::add);
        Instant to = next.stream().min(Instant::compareTo).orElse(target);
        worlds.advanceTo(to);
        if (!to.isBefore(target) && stopped.await(TICK_MILLIS, TimeUnit.MILLISECONDS)) {
            throw new InterruptedException();
        }
    }

    /** Today, and since the start as many times as fast. */
    private Instant target() {
        Instant now = Instant.now();
        return now.plus(Duration.between(started, now).multipliedBy(SPEED - 1L));
    }

    // ---- what is written in the stars

    private void fulfil() throws InterruptedException {
        for (Map.Entry<ActivationId, Persona> one : List.copyOf(fates.entrySet())) {
            Optional<ActivationView> view = client.find(one.getKey()).map(Activation::view);
            if (view.isPresent() && fulfil(view.get(), one.getValue())) {
                fates.remove(one.getKey());
            }
        }
    }

    /** Whether nothing more is to happen to it. */
    private boolean fulfil(ActivationView view, Persona persona) throws InterruptedException {
        return switch (persona.fate()) {
            case NONE -> true;
            case CANCELLED -> {
                boolean isTime = clock.instant().isAfter(view.begunAt().plus(UNTIL_CANCELLED));
                if (isTime && !view.ended()) {
                    client.cancel(view.id(), CLERK);
                }
                yield isTime;
            }
            case REMOVED, REMOVING -> {
                if (view.ended()) {
                    remove(view, persona);
                }
                yield view.ended();
            }
            case LOST -> {
                if (view.ended()) {
                    takeAwaySilently(view);
                    drift.check(view.customer());
                }
                yield view.ended();
            }
        };
    }

    private void remove(ActivationView view, Persona persona) {
        ActivationId id = Fleet.id(persona.reference() + "-R");
        if (persona.fate() == Fate.REMOVED) {
            customers.contacts(view.id()).forEach((role, name) -> {
                customers.contact(id, role, name);
                invitations.mint(InvitationRequest.of(id, role, name));
            });
        }
        client.beginRemoval(
                id,
                RemovalRequest.builder(view.customer())
                        .services(Set.copyOf(persona.services()))
                        .company(persona.company())
                        .reference(persona.reference() + "-R")
                        .build());
    }

    /** Somebody at the customer takes back what was linked, and tells nobody: a run that the desk never hears of. */
    private void takeAwaySilently(ActivationView view) throws InterruptedException {
        Worlds.World world = worlds.of(view.customer());
        try (ActivationClient other = ActivationClient.builder()
                .provisioners(world.connections().provisioners())
                .store(new MemoryActivationStore())
                .operator(world.person())
                .clock(clock)
                .build()) {
            ActivationId id = ActivationId.of("silent");
            other.beginRemoval(
                    id,
                    RemovalRequest.builder(view.customer())
                            .services(view.services().stream()
                                    .map(ActivationView.ServiceView::service)
                                    .toList())
                            .build());
            for (int i = 0; i < 200 && !other.find(id).orElseThrow().view().ended(); i++) {
                Optional<Instant> until = other.advance(id).until();
                if (!world.person().performOne(other)) {
                    until.ifPresent(worlds::advanceTo);
                }
            }
        }
    }
}
