package io.github.kaitsu.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationView;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.Edition;
import io.github.kaitsu.sandbox.HandsOn;
import io.github.kaitsu.sandbox.PageOptions;
import io.github.kaitsu.sandbox.Sandbox;
import io.github.kaitsu.sandbox.SandboxSummary;
import io.github.kaitsu.sandbox.ScriptedPerson;
import io.github.kaitsu.store.MemoryActivationStore;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** All eight services of one customer, as the manuals say, on both editions of the console. */
class WholeActivationTest {
    @ParameterizedTest
    @EnumSource(value = Edition.class, names = "AUTO", mode = EnumSource.Mode.EXCLUDE)
    void allEightServices_areProtectedWithOneGrantEach(Edition edition) throws InterruptedException {
        run(edition, PageOptions.plain(), 230);
    }

    @ParameterizedTest
    @EnumSource(value = Edition.class, names = "AUTO", mode = EnumSource.Mode.EXCLUDE)
    void common4_common5_withCodesMenusAndTheFirstSignIn_theSame(Edition edition) throws InterruptedException {
        PageOptions.Trait more = PageOptions.Trait.FIRST_SIGN_IN;
        run(edition, PageOptions.faithful().with(more, PageOptions.Trait.SITE_MASTER_PAGE), 265);
    }

    private static void run(Edition edition, PageOptions pages, int most) throws InterruptedException {
        try (Sandbox sandbox = Sandbox.builder()
                .edition(edition)
                .passwordNotSet()
                .twoFactorPrompt()
                .pages(pages)
                .start()) {
            Customer customer = Customer.of(sandbox);
            Person person = Person.careful(new ScriptedPerson(sandbox, "sato@example.co.jp"));
            try (ActivationClient client =
                    customer.client(new MemoryActivationStore(), person).build()) {
                client.begin(Run.ID, customer.request(CloudService.standard()));
                ActivationView view = Run.toItsEnd(client, Run.ID, person, customer);

                Run.assertProtected(view);
                assertThat(view.edition()).isEqualTo(edition);
                SandboxSummary summary = sandbox.summary();
                assertThat(summary.violations()).isEmpty();
                assertThat(summary.grants()).hasSize(8);
                assertThat(summary.grants().values()).containsOnly(1);
                HandsOn hands = summary.handsOn(HandsOn.Actor.PERSON);
                assertThat(hands.acts()).as("%s", hands).isBetween(150, most);
            }
        }
    }
}
