package io.github.kaitsu.simulation;

import static io.github.kaitsu.CloudService.BOX;
import static io.github.kaitsu.CloudService.DROPBOX;
import static io.github.kaitsu.contract.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kaitsu.Activation;
import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ActivationListener;
import io.github.kaitsu.ActivationRequest;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.Edition;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.consent.OwnAccess;
import io.github.kaitsu.console.ConsoleSite;
import io.github.kaitsu.journal.JournalEntry;
import io.github.kaitsu.operator.Answer;
import io.github.kaitsu.store.ActivationStore;
import io.github.kaitsu.store.ActivationStore.ClaimKey;
import io.github.kaitsu.store.FileActivationStore;
import io.github.kaitsu.store.MemoryActivationStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What has ended can be erased; what something still rests on cannot. */
class ForgettingTest {
    private static final String SATO = "佐藤 花子 <sato@example.co.jp>";
    private static final String COMPANY = "秘密商事株式会社";

    @TempDir
    Path folder;

    private final Simulation sim = new Simulation(1, 0);
    private final List<String> told = new ArrayList<>();

    private ActivationClient client(ActivationStore store, UnaryOperator<ActivationClient.Builder> more) {
        return more.apply(ActivationClient.builder()
                        .provisioners(sim.provisioners.values())
                        .store(store)
                        .clock(sim.clock)
                        .listener(new ActivationListener() {
                            @Override
                            public void happened(ActivationId activation, JournalEntry entry) {}

                            @Override
                            public void forgotten(ActivationId activation, Instant at) {
                                told.add(activation + " " + at);
                            }
                        }))
                .build();
    }

    private ActivationClient client(ActivationStore store) {
        return client(store, b -> b);
    }

    /** A run of Box that ended, with a name, a company and a page of the console in it. */
    private ActivationId ended(ActivationClient client, String id) throws InterruptedException {
        return ended(client, id, request().build());
    }

    private ActivationRequest.Builder request() {
        return ActivationRequest.builder(sim.customer)
                .services(BOX)
                .edition(Edition.CONSOLE_2024_04)
                .company(COMPANY);
    }

    private ActivationId ended(ActivationClient client, String id, ActivationRequest request)
            throws InterruptedException {
        Activation run = client.begin(ActivationId.of(id), request);
        client.advance(run.id());
        client.handIn(run.id(), new Answer.Saw(SATO, sim.world.consoleText()));
        run.cancel(SATO);
        client.advance(run.id());
        assertThat(run.view().ended()).isTrue();
        return run.id();
    }

    private enum Store {
        MEMORY,
        FILE
    }

    private ActivationStore store(Store kind) {
        return kind == Store.MEMORY ? new MemoryActivationStore() : FileActivationStore.at(folder);
    }

    // ---- what is left

    @ParameterizedTest
    @EnumSource
    void forget_anEndedRun_leavesItsIdAndTheTime_andNobodyIsBegunUnderItAgain(Store kind) throws Exception {
        try (ActivationClient client = client(store(kind))) {
            ActivationId id = ended(client, "run");
            Activation handle = client.find(id).orElseThrow();
            Instant now = sim.clock.instant();
            client.forget(id);
            sim.clock.pass(Duration.ofDays(1));
            client.forget(id);

            assertThat(client.forgottenAt(id)).contains(now);
            assertThat(told).containsExactly("run " + now);
            assertThat(client.find(id)).isEmpty();
            assertThat(client.activations()).isEmpty();
            assertRefused(ErrorCode.ACTIVATION_FORGOTTEN, handle::view);
            assertRefused(ErrorCode.ACTIVATION_FORGOTTEN, () -> client.events(id));
            assertRefused(ErrorCode.ACTIVATION_FORGOTTEN, () -> client.cancel(id, SATO));
            assertRefused(ErrorCode.ACTIVATION_FORGOTTEN, () -> client.advance(id));
            assertRefused(ErrorCode.ACTIVATION_FORGOTTEN, () -> handle.awaitQuiet(Duration.ZERO));
            assertRefused(ErrorCode.ACTIVATION_FORGOTTEN, () -> ended(client, "run"));
            ended(client, "another"); // the customer is free
        }
    }

    @Test
    void forget_inAFolder_leavesNothingOfWhatWasSaid() throws Exception {
        try (ActivationClient client = client(FileActivationStore.at(folder))) {
            ActivationId id = ended(client, "run");
            assertThat(everything()).contains(COMPANY, "sato@example.co.jp", sim.customer.account());
            client.forget(id);

            assertThat(everything()).doesNotContain(COMPANY, "sato", "佐藤", sim.customer.account(), "BOX");
        }
    }

    private String everything() throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.append(file.getFileName()).append(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
            }
        }
        return all.toString();
    }

    @Test
    void forget_whatNobodyBegan_isRefused() {
        try (ActivationClient client = client(new MemoryActivationStore())) {
            assertRefused(ErrorCode.ACTIVATION_NOT_FOUND, () -> client.forget(ActivationId.of("nobody")));
        }
    }

    // ---- what speaks against it

    private static void assertNeeded(ActivationClient client, ActivationId id, String... words) {
        int before = client.events(id).size();
        assertThatThrownBy(() -> client.forget(id)).isInstanceOfSatisfying(KaitsuException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.ACTIVATION_NEEDED);
            assertThat(e).hasMessageContainingAll(words);
        });
        assertThat(client.forgottenAt(id)).isEmpty();
        assertThat(client.events(id)).hasSize(before);
    }

    @ParameterizedTest
    @EnumSource
    void forget_aRunThatHasNotEnded_isRefused(Store kind) throws Exception {
        try (ActivationClient client = client(store(kind))) {
            Activation run = client.begin(sim.id, request().build());
            assertNeeded(client, run.id(), "not ended");
            client.advance(run.id());
            assertNeeded(client, run.id(), "not ended");
            run.cancel(SATO); // asked for, but not done
            assertNeeded(client, run.id(), "not ended");
            client.advance(run.id());
            client.forget(run.id());
        }
    }

    @Test
    void common13_forget_aRunThatHoldsTheLinkSlot_isRefusedUntilAReadingFreesIt() throws Exception {
        ByHand first = ByHand.granted(BOX); // answered as done, and nobody has read since
        first.client.cancel(first.sim.id, SATO);
        first.client.advance(first.sim.id);
        assertThat(first.view().ended()).isTrue();
        assertNeeded(first.client, first.sim.id, "link slot", "BOX");

        first.world.services.remove(BOX);
        ByHand next = new ByHand(new Simulation(2, 0, "next", first.sim.customer, first.sim.store));
        next.begin(Edition.CONSOLE_2024_04, DROPBOX);
        next.read();
        for (int i = 0; i < 5 && next.open("dropbox.grant").isEmpty(); i++) {
            next.read();
        }
        assertThat(next.open("dropbox.grant")).isPresent();
        first.client.forget(first.sim.id);
        assertThat(first.client.find(first.sim.id)).isEmpty();
    }

    /** Between the end and the release of the customer its process died: what is left is given back, then it goes. */
    @Test
    void forget_aRunWhoseCustomerIsStillClaimed_givesItBack() throws Exception {
        MemoryActivationStore store = new MemoryActivationStore();
        try (ActivationClient client = client(store)) {
            ActivationId id = ended(client, "run");
            ClaimKey customer = new ClaimKey("customer", sim.customer.toString());
            store.claim(customer, id.value());
            client.forget(id);

            assertThat(store.claimant(customer)).isEmpty();
        }
    }

    @Test
    void common19_forget_aRunWhoseWordsALaterRunRestsOn_isRefusedUntilThatHasEnded() throws Exception {
        ByHand first = ByHand.begun(BOX);
        String odd = first.world.consoleText().replace("サービスの種類\n", "サービスの種類\nadmin@example.co.jp\tBocks Box\n");
        for (int i = 0; i < 5 && first.open("console.furniture").isEmpty(); i++) {
            first.paste(odd);
        }
        first.answer("console.furniture", Answer.saw(SATO, "yes"));
        first.answer("box.grant", Answer.declined(SATO)); // nothing was begun: the slot is free
        assertThat(first.view().ended()).isTrue();
        ByHand heir = new ByHand(new Simulation(2, 0, "heir", first.sim.customer, first.sim.store));
        heir.begin(Edition.CONSOLE_2024_04, BOX);
        assertNeeded(first.client, first.sim.id, "heir");

        heir.client.cancel(heir.sim.id, SATO);
        heir.client.advance(heir.sim.id);
        first.client.forget(first.sim.id);
        assertThat(heir.view().ended()).isTrue();
    }

    /** COMMON-12: what proved something in this console proves nothing in another, whoever has forgotten where it was. */
    @Test
    void common12_forget_leavesWhatATextWasClaimedFor() throws Exception {
        ByHand first = ByHand.granted(BOX);
        first.pass(Duration.ofHours(1)).read();
        assertThat(first.isProtected(BOX)).isTrue();
        String page = first.world.consoleText();
        first.client.cancel(first.sim.id, SATO);
        first.client.advance(first.sim.id);
        first.client.forget(first.sim.id);

        ByHand other =
                new ByHand(new Simulation(2, 0, "other", CustomerId.of(ConsoleSite.JP, "CAS0002"), first.sim.store));
        other.begin(Edition.CONSOLE_2024_04, BOX);
        other.sim.clock.advanceTo(first.sim.clock.instant());
        other.paste(page);
        assertThat(other.isProtected(BOX)).isFalse();
    }

    @Test
    void forget_aRemoval_isRefusedWhileAnActivationWouldBeBelievedAgain() throws Exception {
        ByHand run = ByHand.granted(BOX);
        run.pass(Duration.ofHours(1)).read();
        run.world.services.get(BOX).postSetupDone = true;
        run.answer("box.switch", Answer.done(SATO)).pass(Duration.ofMinutes(30));
        assertThat(run.view().ended()).isTrue();
        ActivationId removal = ActivationId.of("removal");
        run.client.beginRemoval(removal, run.sim.customer, Set.of(BOX));
        run.client.advance(removal);
        run.world.services.remove(BOX);
        run.client.handIn(removal, new Answer.Saw(SATO, run.world.consoleText()));
        run.client.advance(removal);
        run.client.find(removal).orElseThrow().view().openActions().stream()
                .filter(a -> a.step().value().equals("console.sign-in"))
                .forEach(a -> run.client.answer(removal, a.id(), Answer.done(SATO)));
        run.client.advance(removal);
        assertThat(run.client.find(removal).orElseThrow().view().isSuccess()).isTrue();

        assertNeeded(run.client, removal, run.sim.id.value());
        assertThat(run.client.forgetOlderThan(Duration.ofSeconds(-1)))
                .as("oldest first")
                .containsExactly(run.sim.id, removal);
        assertRefused(ErrorCode.ACTIVATION_NOT_FOUND, () -> run.client.verify(run.sim.customer));
    }

    @ParameterizedTest
    @EnumSource
    void forget_whileSomebodyIsAtIt_isRefused(Store kind) throws Exception {
        ActivationStore store = store(kind);
        try (ActivationClient client = client(store)) {
            ActivationId id = ended(client, "run");
            try (ActivationStore.Lease lease = store.tryLease(id).orElseThrow()) {
                assertRefused(ErrorCode.STORE_BUSY, () -> client.forget(lease.activation()));
            }
            client.forget(id);
        }
    }

    // ---- what others keep

    @Test
    void forget_always_hasTheRecordsErasedFirst_andStaysWholeWhereThatFails() throws Exception {
        List<String> erased = new ArrayList<>();
        boolean[] isBroken = {true};
        try (ActivationClient client = client(
                new MemoryActivationStore(),
                b -> b.recordKeeper((id, customer) -> erased.add(id + " of " + customer.account()))
                        .recordKeeper((id, customer) -> {
                            if (isBroken[0]) {
                                throw KaitsuException.of(ErrorCode.IO_ERROR, "", "pictures");
                            }
                        }))) {
            ActivationId id = ended(client, "run");
            assertRefused(ErrorCode.IO_ERROR, () -> client.forget(id));
            assertThat(client.find(id)).isPresent();
            assertThat(client.forgetOlderThan(Duration.ofSeconds(-1))).isEmpty();
            isBroken[0] = false;
            client.forget(id);

            assertThat(erased).hasSize(3).containsOnly("run of CAS0001");
            assertThat(client.find(id)).isEmpty();
        }
    }

    private static final class Access implements OwnAccess {
        final Set<CloudService.Provider> held = EnumSet.of(CloudService.Provider.BOX);
        Returned answer = Returned.REVOKED;

        @Override
        public Set<CloudService.Provider> held(CustomerId customer) {
            return Set.copyOf(held);
        }

        @Override
        public Returned giveBack(CustomerId customer, CloudService.Provider provider) {
            if (answer == Returned.REVOKED) {
                held.remove(provider);
            }
            return answer;
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = OwnAccess.Returned.class,
            names = {"NOT_REVOKED", "STORE_FAILED"})
    void forget_theLastRunOfACustomer_givesBackTheAccessThatWasKeptForDriftChecks(OwnAccess.Returned failure)
            throws Exception {
        Access access = new Access();
        try (ActivationClient client = client(new MemoryActivationStore(), b -> b.ownAccess(access))) {
            ActivationId one = ended(client, "one", request().keepForDrift(true).build());
            ActivationId two = ended(client, "two", request().keepForDrift(true).build());
            client.forget(one);
            assertThat(access.held).as("the other one can still be verified").isNotEmpty();

            access.answer = failure;
            assertNeeded(client, two, "Box");
            access.answer = OwnAccess.Returned.REVOKED;
            client.forget(two);
            assertThat(access.held).isEmpty();
        }
    }

    // ---- for how long

    @Test
    void forgetOlderThan_always_takesEndedRunsInWhichNothingWasSaidSince() throws Exception {
        try (ActivationClient client = client(new MemoryActivationStore())) {
            ActivationId old = ended(client, "old");
            sim.clock.pass(Duration.ofDays(10));
            ActivationId young = ended(client, "young");
            sim.clock.pass(Duration.ofDays(1));
            ActivationId running = client.begin(sim.id, request().build()).id();
            sim.clock.pass(Duration.ofDays(8));

            assertThat(client.forgetOlderThan(Duration.ofDays(20))).isEmpty();
            assertThat(client.forgetOlderThan(Duration.ofDays(10))).containsExactly(old);
            assertThat(client.forgetOlderThan(Duration.ofDays(8))).containsExactly(young);
            assertThat(client.forgetOlderThan(Duration.ZERO)).isEmpty();
            assertThat(client.activations()).containsExactly(running);
        }
    }

    @Test
    void retention_ofAStartedClient_forgetsByItself() throws Exception {
        CountDownLatch forgotten = new CountDownLatch(1);
        MemoryActivationStore store = new MemoryActivationStore();
        ActivationId id = ended(client(store), "run");
        sim.clock.pass(Duration.ofDays(31));
        try (ActivationClient client = client(
                store, b -> b.retention(Duration.ofDays(30)).recordKeeper((run, customer) -> forgotten.countDown()))) {
            client.start();
            assertThat(forgotten.await(2, TimeUnit.MINUTES)).isTrue();
            while (client.forgottenAt(id).isEmpty()) {
                Thread.onSpinWait();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT-1S", "P-400D"})
    void retention_negative_isAMistakeOfTheProgram(Duration time) {
        assertThatThrownBy(() -> ActivationClient.builder().retention(time))
                .isInstanceOf(IllegalArgumentException.class);
    }

    // ---- crashes

    /** Whichever write is the last: the run is whole or forgotten, and forgetting again comes to an end. */
    @Test
    void forget_whenTheProcessDiesOnTheWay_leavesItWholeOrForgotten() throws Exception {
        for (boolean before : new boolean[] {true, false}) {
            for (int write = 1; write <= 3; write++) {
                Simulation each = new Simulation(1, 0);
                ByHand run = new ByHand(each).begin(Edition.CONSOLE_2024_04, BOX);
                run.client.cancel(each.id, SATO);
                run.client.advance(each.id);
                int size = run.client.events(each.id).size();
                each.store.crashAt(each.store.writes() + write, before);
                try {
                    run.client.forget(each.id);
                } catch (SimStore.Crash e) {
                    each.store.processDied();
                }
                ActivationClient next = new ByHand(each).client;
                if (next.forgottenAt(each.id).isEmpty()) {
                    assertThat(next.events(each.id)).hasSize(size);
                    next.forget(each.id);
                }
                assertThat(next.find(each.id)).isEmpty();
                assertThat(next.forgottenAt(each.id)).isPresent();
            }
        }
    }
}
