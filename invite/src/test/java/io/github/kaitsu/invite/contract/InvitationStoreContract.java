package io.github.kaitsu.invite.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kaitsu.ActivationId;
import io.github.kaitsu.invite.Invitation;
import io.github.kaitsu.invite.InvitationStore;
import io.github.kaitsu.operator.Role;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link InvitationStore} must keep to. Extend it, say how to make a store, and run it with your tests. That what is
 * kept survives a crash is yours to prove.
 */
public abstract class InvitationStoreContract {
    private static final ActivationId ONE = ActivationId.of("one");
    private static final ActivationId OTHER = ActivationId.of("Other_2.b");
    private static final Instant MINTED = Instant.parse("2026-11-30T01:02:03.456Z");

    private InvitationStore store;

    /** A store in which nothing is kept. */
    protected abstract InvitationStore newStore() throws Exception;

    /** What another process sees of that store. */
    protected abstract InvitationStore reopen() throws Exception;

    @BeforeEach
    final void make() throws Exception {
        store = newStore();
    }

    @Test
    void find_whenNothingIsKept_isEmpty() {
        assertThat(store.find(id('a'))).isEmpty();
        assertThat(store.change(id('a'), i -> i)).isEmpty();
        assertThat(store.of(ONE)).isEmpty();
        store.forget(ONE);
    }

    @Test
    void create_thenFind_givesBackAllOfIt() throws Exception {
        store.create(bare('a', ONE, MINTED));
        store.create(full('b'));

        for (InvitationStore any : List.of(store, reopen())) {
            assertThat(any.find(id('a'))).contains(bare('a', ONE, MINTED));
            assertThat(any.find(id('b'))).contains(full('b'));
        }
    }

    @Test
    void create_whereThereIsOne_refusesAndKeepsIt() {
        store.create(full('a'));

        assertThatThrownBy(() -> store.create(bare('a', OTHER, MINTED))).isInstanceOf(IllegalStateException.class);
        assertThat(store.find(id('a'))).contains(full('a'));
    }

    @Test
    void change_replacesIt_alsoForOthers() throws Exception {
        store.create(bare('a', ONE, MINTED));

        assertThat(store.change(id('a'), i -> full('a'))).contains(full('a'));
        assertThat(reopen().find(id('a'))).contains(full('a'));
    }

    @Test
    void change_thatThrows_leavesItAsItWas() {
        store.create(full('a'));

        assertThatThrownBy(() -> store.change(id('a'), i -> {
                    throw new UnsupportedOperationException();
                }))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThat(store.find(id('a'))).contains(full('a'));
    }

    /** Else somebody could try more codes than are allowed. */
    @Test
    void change_byManyAtOnce_losesNothing() throws Exception {
        store.create(bare('a', ONE, MINTED));
        InvitationStore other = reopen();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> changes = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                InvitationStore any = i % 2 == 0 ? store : other;
                changes.add(threads.submit(() -> any.change(id('a'), InvitationStoreContract::oneMoreWrongCode)));
            }
            for (Future<?> change : changes) {
                change.get();
            }
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        } finally {
            threads.shutdownNow();
        }
        assertThat(store.find(id('a')).orElseThrow().wrongCodes()).isEqualTo(20);
    }

    @Test
    void of_isThatRunsAlone_inTheOrderOfMinting() {
        store.create(bare('b', ONE, MINTED.plusSeconds(1)));
        store.create(bare('c', OTHER, MINTED));
        store.create(bare('a', ONE, MINTED.plusSeconds(2)));
        store.create(bare('d', ONE, MINTED));

        assertThat(store.of(ONE)).extracting(Invitation::id).containsExactly(id('d'), id('b'), id('a'));
    }

    @Test
    void forget_erasesThatRunsAlone() throws Exception {
        store.create(bare('a', ONE, MINTED));
        store.create(bare('b', OTHER, MINTED));

        store.forget(ONE);
        store.forget(ONE);

        for (InvitationStore any : List.of(store, reopen())) {
            assertThat(any.find(id('a'))).isEmpty();
            assertThat(any.change(id('a'), i -> i)).isEmpty();
            assertThat(any.of(OTHER)).hasSize(1);
        }
    }

    private static String id(char digit) {
        return String.valueOf(digit).repeat(32);
    }

    private static Invitation bare(char digit, ActivationId activation, Instant minted) {
        return new Invitation(
                id(digit),
                activation,
                Role.CONSOLE,
                "佐藤 = 「総務」\\n\u3000#!:",
                Locale.JAPANESE,
                minted,
                MINTED.plusSeconds(100),
                Optional.empty(),
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static Invitation full(char digit) {
        return new Invitation(
                id(digit),
                ONE,
                Role.MICROSOFT365,
                "sato@example.co.jp",
                Locale.ENGLISH,
                MINTED,
                MINTED.plusSeconds(100),
                Optional.of("c0de"),
                3,
                Optional.of("de01ce"),
                Optional.of(MINTED.plusSeconds(1)),
                Optional.of(MINTED.plusSeconds(2)),
                Optional.of(MINTED.plusSeconds(3)),
                Optional.of(MINTED.plusNanos(4)));
    }

    private static Invitation oneMoreWrongCode(Invitation i) {
        return new Invitation(
                i.id(),
                i.activation(),
                i.role(),
                i.invited(),
                i.language(),
                i.minted(),
                i.expires(),
                i.code(),
                i.wrongCodes() + 1,
                i.device(),
                i.ready(),
                i.withoutConsent(),
                i.used(),
                i.revoked());
    }
}
