package io.github.kaitsu.invite;

import io.github.kaitsu.ActivationId;
import io.github.kaitsu.operator.Answer;
import io.github.kaitsu.operator.Role;
import java.time.Duration;
import java.util.Locale;

/**
 * Whom to invite to what.
 *
 * @param invited the name that the person's answers will bear, at most 128 characters: nobody types it on the page
 * @param language of the page until the person chooses the other one
 * @param life at most {@link #LONGEST}; however long it is, nothing can be answered after the end of the run
 * @param withCode whether the page asks for a one-time code, told to the person in another way than the link
 */
public record InvitationRequest(
        ActivationId activation, Role role, String invited, Locale language, Duration life, boolean withCode) {
    /** How long a link can be used at the longest, and is used unless somebody says otherwise. */
    public static final Duration LONGEST = Duration.ofDays(14);

    /**
     * @throws io.github.kaitsu.KaitsuException ANSWER_FORM if the name is empty or too long for an answer
     * @throws IllegalArgumentException if the role is no customer's, or the life is not positive or too long
     */
    public InvitationRequest {
        invited = Answer.done(invited).by();
        if (role == Role.HOST) {
            throw new IllegalArgumentException("the own app is no customer's work");
        }
        if (life.isNegative() || life.isZero() || life.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("a link lives at most " + LONGEST.toDays() + " days");
        }
    }

    /** In Japanese, for fourteen days, without a code. */
    public static InvitationRequest of(ActivationId activation, Role role, String invited) {
        return new InvitationRequest(activation, role, invited, Locale.JAPANESE, LONGEST, false);
    }

    /** The same in another language. */
    public InvitationRequest in(Locale other) {
        return new InvitationRequest(activation, role, invited, other, life, withCode);
    }

    /** The same for another time; 14 days are the default. */
    public InvitationRequest lasting(Duration time) {
        return new InvitationRequest(activation, role, invited, language, time, withCode);
    }

    /** The same with a one-time code, which is told in another way than the link, before the first answer. */
    public InvitationRequest askingForCode() {
        return new InvitationRequest(activation, role, invited, language, life, true);
    }
}
