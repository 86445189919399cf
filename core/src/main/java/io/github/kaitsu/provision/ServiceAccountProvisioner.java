package io.github.kaitsu.provision;

import io.github.kaitsu.ActivationRequest;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.operator.ActionTemplate;
import io.github.kaitsu.operator.Answer;
import java.util.List;
import java.util.Optional;

/**
 * Knows one service: what it needs, how its administrator consents, what is left to do, how it is proved and undone. Pure data
 * and probes; the console's own link-and-wait steps are the core's, written once.
 *
 * <p>The steps are named anew whenever something was learnt, so a step may use the facts of the {@link StepContext}; the ids
 * stay the same. Implementations are immutable and do no I/O outside their probes.
 */
public interface ServiceAccountProvisioner {
    /** The one service it knows. */
    CloudService service();

    /**
     * Refuses a request in which something stands that this service cannot use; called before a plan is made or a run begins.
     *
     * @throws io.github.kaitsu.KaitsuException with a code for it
     */
    default void check(ActivationRequest request) {}

    /** Everything but the console's own steps: preflight, post-setup, and what must surround the grant within the link. */
    List<ActivationStep> steps(StepContext context);

    /** The grant itself: from 追加 in the console to the provider's consent and back. A DO answered with done. */
    ActionTemplate grant(StepContext context);

    /**
     * Asks, with yes or no, whether the window of the grant still shows アプリID with 完了 although access is granted (COMMON-9,
     * M365-4). The core reads the console first where that tells, notes what came of it as {@link Facts#isUnfinished}, and asks for
     * 完了 itself once the link steps after the grant are closed. Nothing is left out where nobody could tell. The title stands
     * beside the question's texts under {@code step.unfinished}.
     *
     * <p>Default: no such thing follows the grant, unless {@link #steps} names link steps after it.
     */
    default Optional<ActionTemplate> unfinished(StepContext context) {
        return Optional.empty();
    }

    /** The handbook rule of the grant. */
    String grantRule();

    /** What must be cleaned up at the provider once the console has removed the service. */
    List<ActivationStep> removalSteps(StepContext context);

    /** Warnings for the plan and the report, known without or with reads. */
    List<Notice> notices(StepContext context);

    /**
     * What stands behind an answer that the grant was not given, for instance by an error code of the provider's page: the code
     * of a finding whose texts stand beside those of {@link #grant} under {@code fails.<code>} and {@code fails.<code>.next}. It
     * explains a failure and decides nothing. Default: nothing more is known than the answer says.
     */
    default Optional<String> finding(Answer refusal) {
        return Optional.empty();
    }

    /** Who must be signed in at the provider: the text key of the role. */
    Notice prerequisite();
}
