package io.github.kaitsu.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.ActionId;
import io.github.kaitsu.ActivationId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OperatorTest {

    @Test
    void operator_ofWhichOnlyTheOfferIsWritten_isAPersonWhoTakesEverything() {
        List<OperatorAction> offered = new ArrayList<>();
        Operator person = offered::add;

        person.withdraw(ActivationId.of("a1"), new ActionId("box.grant.1"));

        assertThat(person.attention()).isEqualTo(Operator.Attention.PERSON);
        assertThat(offered).isEmpty();
    }
}
