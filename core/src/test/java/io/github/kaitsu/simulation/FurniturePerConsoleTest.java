package io.github.kaitsu.simulation;

import static io.github.kaitsu.CloudService.BOX;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ActivationRequest;
import io.github.kaitsu.ActivationStatus;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.DriftReport;
import io.github.kaitsu.Edition;
import io.github.kaitsu.console.ConsoleSite;
import io.github.kaitsu.journal.Event;
import io.github.kaitsu.operator.Answer;
import io.github.kaitsu.store.ActivationStore;
import io.github.kaitsu.store.MemoryActivationStore;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a person called furniture of a console's pages once is known in every later run of that console (COMMON-19). */
class FurniturePerConsoleTest {
    private static final String TANAKA = "tanaka";
    private static final ActivationId REMOVAL = ActivationId.of("removal");

    @Test
    void common19_whatWasCalledFurnitureOnce_isKnownInTheNextActivation_withoutAskingAgain() throws Exception {
        ByHand second = after(told());
        second.paste(odd(second));

        assertThat(second.open("console.furniture")).isEmpty();
        assertThat(second.open("box.grant")).isPresent();
    }

    /** Another organisation's run, too: the pages are the console's. */
    @Test
    void common19_whatWasCalledFurnitureOnce_isKnownToTheConsolesOtherOrganisations() throws Exception {
        ByHand first = told();
        finish(first);
        ByHand other = begin(first, "other", new CustomerId(ConsoleSite.JP, "CAS0001", "営業部"));
        other.paste(odd(other));

        assertThat(other.open("box.grant")).isPresent();
    }

    /** A run that had begun before, too. */
    @Test
    void common19_whatWasCalledFurnitureOnce_isKnownToARunThatHadBegun() throws Exception {
        ByHand first = ByHand.begun(BOX);
        ByHand other = begin(first, "other", new CustomerId(ConsoleSite.JP, "CAS0001", "営業部"));
        tell(first, odd(first));
        finish(first);
        other.client.advance(other.sim.id);
        other.paste(odd(other));

        assertThat(other.open("box.grant")).isPresent();
        assertThat(other.events(Event.Offered.class))
                .noneMatch(o -> o.step().value().equals("console.furniture"));
    }

    /** Of thousands of runs none is read, where there is nothing to learn. */
    @Test
    void common19_whereNobodyNamedFurniture_beginningReadsNoOtherRun() {
        AtomicInteger listings = new AtomicInteger();
        ActivationStore memory = new MemoryActivationStore();
        ActivationStore counting = (ActivationStore) Proxy.newProxyInstance(
                ActivationStore.class.getClassLoader(),
                new Class<?>[] {ActivationStore.class},
                (proxy, method, args) -> {
                    listings.addAndGet(method.getName().equals("all") ? 1 : 0);
                    return method.invoke(memory, args);
                });
        try (ActivationClient client = ActivationClient.builder()
                .provisioners(new Simulation(1, 0).provisioners.values())
                .store(counting)
                .build()) {
            for (String account : List.of("CAS0001", "CAS0002")) {
                client.begin(
                        ActivationId.of(account),
                        ActivationRequest.builder(CustomerId.of(ConsoleSite.JP, account))
                                .services(BOX)
                                .build());
            }
        }
        assertThat(listings).hasValue(0);
    }

    @Test
    void common19_whatWasCalledFurniture_isNotKnownInAnotherConsole() throws Exception {
        ByHand other = begin(told(), "other", new CustomerId(ConsoleSite.JP, "CAS0002", "初期設定の組織"));
        other.paste(odd(other));

        assertThat(other.open("box.grant")).isEmpty();
    }

    @Test
    void common19_whatWasCalledFurniture_isKnownInARemoval() throws Exception {
        ByHand first = told();
        finish(first);
        first.client.beginRemoval(REMOVAL, first.sim.customer, Set.of(BOX));
        first.client.advance(REMOVAL);
        first.world.services.remove(BOX);
        first.client.handIn(REMOVAL, new Answer.Saw(ByHand.SATO, odd(first)));
        first.client.advance(REMOVAL);
        first.client.find(REMOVAL).orElseThrow().view().openActions().stream()
                .filter(a -> a.step().value().equals("console.sign-in"))
                .forEach(a -> first.client.answer(REMOVAL, a.id(), Answer.done(ByHand.SATO)));
        first.client.advance(REMOVAL);

        assertThat(first.client
                        .find(REMOVAL)
                        .orElseThrow()
                        .view()
                        .services()
                        .get(0)
                        .status())
                .isEqualTo(ActivationStatus.REMOVED);
    }

    /** Said in another run than the one whose claims are looked at. */
    @Test
    void common19_whatWasCalledFurniture_isKnownToVerify() throws Exception {
        ByHand first = ByHand.begun(BOX).read();
        activate(first);
        String gone = withOddRow(first.world.consoleText().replace("admin@example.co.jp\tBox\n", ""));
        assertThat(protection(first, gone).lookedAt()).isFalse();

        ByHand second = after(first);
        tell(second, withOddRow(second.world.consoleText()));
        assertThat(protection(first, gone)).matches(f -> f.lookedAt() && f.verdict() == DriftReport.Verdict.LOST);
    }

    /** It is still that person's word, in whichever run it counts (COMMON-20). */
    @Test
    void common19_whatRestsOnAnInheritedWord_restsOnThatPersonsName() throws Exception {
        ByHand second = after(told());
        second.paste(odd(second));
        second.world.grant(BOX, false);
        second.answer("box.grant", Answer.done(ByHand.SATO)).pass(Duration.ofHours(1));
        second.paste(odd(second));

        assertThat(second.isProtected(BOX)).isTrue();
        assertThat(second.seen(BOX, "protected").source().ja()).contains(TANAKA);
    }

    @Test
    void common19_aWordThatWasTakenBack_isNotInherited() throws Exception {
        ByHand first = told();
        first.client.correct(first.sim.id, first.offered("console.furniture"), TANAKA);
        ByHand second = after(first);
        second.paste(odd(second));

        assertThat(second.open("box.grant")).isEmpty();
        assertThat(second.events(Event.FurnitureKnown.class)).isEmpty();
    }

    @Test
    void common19_aWordThatIsTakenBackLater_countsNoMoreWhereItWasInherited() throws Exception {
        ByHand first = told();
        ByHand second = after(first);
        second.paste(odd(second));
        assertThat(second.open("box.grant")).isPresent();

        first.client.correct(first.sim.id, first.offered("console.furniture"), TANAKA);
        first.client.correct(first.sim.id, first.offered("console.furniture"), TANAKA); // twice is success
        second.client.advance(second.sim.id);
        assertThat(second.events(Event.Corrected.class)).hasSize(1);
        assertThat(second.open("box.grant")).isEmpty();
        second.paste(odd(second));
        assertThat(second.open("box.grant")).isEmpty();
    }

    @Test
    void common19_aWordThatSomebodyElseContradictsLater_countsNoMoreWhereItWasInherited() throws Exception {
        ByHand first = told();
        ByHand second = after(first);
        first.client.answer(first.sim.id, first.offered("console.furniture"), Answer.saw("suzuki", "no"));
        second.client.advance(second.sim.id);
        second.paste(odd(second));

        assertThat(second.open("box.grant")).isEmpty();
    }

    // ----

    /** A run in which somebody said of the odd row that it is furniture. */
    private static ByHand told() throws Exception {
        ByHand run = ByHand.begun(BOX);
        tell(run, odd(run));
        assertThat(run.open("box.grant")).isPresent();
        return run;
    }

    private static void tell(ByHand run, String odd) throws Exception {
        for (int i = 0; i < 5 && run.open("console.furniture").isEmpty(); i++) {
            run.paste(odd);
        }
        run.answer("console.furniture", Answer.saw(TANAKA, "yes"));
    }

    private static String odd(ByHand run) {
        return withOddRow(run.world.consoleText());
    }

    private static String withOddRow(String text) {
        return text.replace("サービスの種類\n", "サービスの種類\nadmin@example.co.jp\tBocks Drive Box\n");
    }

    /** The customer's next activation, up to the first reading. */
    private static ByHand after(ByHand run) throws Exception {
        finish(run);
        return begin(run, "second", run.sim.customer);
    }

    private static ByHand begin(ByHand earlier, String id, CustomerId customer) throws Exception {
        ByHand next = new ByHand(new Simulation(2, 0, id, customer, earlier.sim.store));
        return next.begin(Edition.CONSOLE_2024_04, BOX);
    }

    private static void finish(ByHand run) throws Exception {
        run.client.cancel(run.sim.id, ByHand.SATO);
        run.client.advance(run.sim.id);
    }

    private static void activate(ByHand run) throws Exception {
        run.world.grant(BOX, false);
        run.answer("box.grant", Answer.done(ByHand.SATO))
                .pass(Duration.ofHours(1))
                .read();
        run.world.services.get(CloudService.BOX).postSetupDone = true;
        run.answer("box.switch", Answer.done(ByHand.SATO)).pass(Duration.ofMinutes(30));
        assertThat(run.view().ended()).isTrue();
    }

    private static DriftReport.Finding protection(ByHand run, String text) throws Exception {
        return run.client.verify(run.sim.customer, new Answer.Saw(ByHand.SATO, text)).findings().stream()
                .filter(f -> f.step().value().equals("box.protected"))
                .findFirst()
                .orElseThrow();
    }
}
