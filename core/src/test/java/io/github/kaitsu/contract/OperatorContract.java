package io.github.kaitsu.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.github.kaitsu.ActionId;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.Edition;
import io.github.kaitsu.StepId;
import io.github.kaitsu.console.ConsoleSite;
import io.github.kaitsu.operator.ActionTemplate;
import io.github.kaitsu.operator.Operator;
import io.github.kaitsu.operator.OperatorAction;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every {@link Operator} must keep to. Extend it, say how to make an operator, and run it with your tests. Nobody answers
 * anything here: make the operator so that its person, page or script stays silent, and every call must return all the same.
 * One that waits for an answer before it returns is ended after a minute.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class OperatorContract {
    private Operator operator;

    /** An operator that holds no action, and whose person, page or script does not react. Called once before each test. */
    protected abstract Operator newOperator() throws Exception;

    /**
     * An action that the operator accepts. Override it if the sample is not among those.
     *
     * @param asking makes the actions of one test differ
     */
    protected OperatorAction acceptedAction(int asking) {
        StepId step = StepId.of(CloudService.BOX, "contract");
        return new OperatorAction(
                ActivationId.of("contract-1"),
                ActionId.of(step, asking),
                CustomerId.of(ConsoleSite.JP, "contract@example.com"),
                Optional.empty(),
                Optional.empty(),
                Optional.of(CloudService.BOX),
                step,
                "BOX-1",
                Edition.CONSOLE_2024_04,
                ActionTemplate.change(OperatorContract.class, "contract"),
                Instant.parse("2026-11-02T03:00:00Z"),
                Optional.empty(),
                Optional.empty());
    }

    @BeforeEach
    void open() throws Exception {
        operator = newOperator();
    }

    @Test
    void accepts_askedAgain_saysTheSame() {
        OperatorAction action = acceptedAction(1);

        assertThat(operator.accepts(action)).isTrue();
        assertThat(operator.accepts(action)).isTrue();
        operator.offer(action);
        assertThat(operator.accepts(action)).isTrue();
    }

    @Test
    void offer_whileNobodyAnswers_returns() {
        operator.offer(acceptedAction(1));
    }

    @Test
    void offer_ofASecondActionWhileTheFirstIsOpen_returns() {
        operator.offer(acceptedAction(1));
        operator.offer(acceptedAction(2));
    }

    /** A resumed run offers what is open again. */
    @Test
    void offer_ofTheSameActionTwice_isHarmless() {
        operator.offer(acceptedAction(1));

        assertThatCode(() -> operator.offer(acceptedAction(1))).doesNotThrowAnyException();
    }

    @Test
    void withdraw_ofAnOpenAction_isHarmlessAndMayBeRepeated() {
        OperatorAction action = acceptedAction(1);
        operator.offer(action);

        assertThatCode(() -> {
                    operator.withdraw(action.activation(), action.id());
                    operator.withdraw(action.activation(), action.id());
                })
                .doesNotThrowAnyException();
    }

    /** Another operator may have had it, or this one before a restart. */
    @Test
    void withdraw_ofAnActionNeverOffered_isHarmless() {
        OperatorAction action = acceptedAction(1);

        assertThatCode(() -> operator.withdraw(action.activation(), action.id()))
                .doesNotThrowAnyException();
        assertThatCode(() -> operator.offer(action)).doesNotThrowAnyException();
    }

    /** The engine asks it to find out how often it may ask. */
    @Test
    void attention_always_staysTheSame() {
        OperatorAction action = acceptedAction(1);
        Operator.Attention before = operator.attention();

        operator.offer(action);
        assertThat(operator.attention()).isNotNull().isEqualTo(before);
        operator.withdraw(action.activation(), action.id());
        assertThat(operator.attention()).isEqualTo(before);
    }
}
