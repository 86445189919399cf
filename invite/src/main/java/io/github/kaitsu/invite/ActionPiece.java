package io.github.kaitsu.invite;

import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationView;
import io.github.kaitsu.invite.internal.Fields;
import io.github.kaitsu.invite.internal.Frame;
import io.github.kaitsu.invite.internal.Visit;
import io.github.kaitsu.invite.internal.Words;
import io.github.kaitsu.invite.internal.Work;
import io.github.kaitsu.operator.Answer;
import io.github.kaitsu.operator.OperatorAction;
import io.github.kaitsu.operator.Role;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * One action as a piece of HTML for a page of the host's own, and what its forms say: the words, boxes and checks of the
 * administrator's page, for whoever is signed in at the host. The page around it has the title, {@link #styleSheet} and {@link #script}.
 * Immutable, thread-safe.
 *
 * <p>Its forms are posted to the address that the host names, as {@code application/x-www-form-urlencoded}. What is sent with {@code
 * do=check} is answered with {@link #check}, all else is given to {@link #answer}. Names and texts are escaped.
 */
public final class ActionPiece {
    private final Visit visit;
    private final OperatorAction action;

    private ActionPiece(Visit visit, OperatorAction action) {
        this.visit = visit;
        this.action = action;
    }

    /**
     * Where the piece stands, and who sees it.
     *
     * @param path where its forms go: the page's path, without a query
     * @param csrf the host's token against forged forms; sent along in the field {@code csrf}
     * @param by the name that answers bear
     * @param links where links of actions really lead, if anywhere: for runs in a sandbox
     */
    public record Place(URI path, String csrf, String by, Locale language, Function<URI, Optional<URI>> links) {
        @Override
        public String toString() {
            return "Place[" + path + "]";
        }
    }

    /** What became of an answer. */
    public sealed interface Outcome {
        /** It counts. */
        record Taken(Answer answer) implements Outcome {}

        /** The action was closed meanwhile; nothing is asked any more. */
        record Gone() implements Outcome {}

        /**
         * It was not taken.
         *
         * @param html the piece once more, with why, and with what was filled in
         */
        record Again(String html) implements Outcome {}
    }

    /** An open action of a run. */
    public static ActionPiece of(ActivationView run, OperatorAction action, Place place) {
        return new ActionPiece(
                new Visit(
                        place.path(),
                        place.path().getRawPath(),
                        Role.of(action.step()),
                        place.by(),
                        run,
                        place.links(),
                        Words.in(place.language()),
                        place.csrf(),
                        false),
                action);
    }

    /** What to reach, how, what to copy, and the forms that answer it; headings begin at the second level. */
    public String html() {
        return Work.piece(visit, action, "", Fields.parse(""), Map.of());
    }

    /**
     * Gives the client what a form says.
     *
     * @param form as it was sent, still encoded
     */
    public Outcome answer(ActivationClient client, String form) {
        Answering.Outcome outcome = Answering.answer(client, visit, action, Fields.parse(form));
        if (outcome instanceof Answering.Refused refused) {
            return new Outcome.Again(Work.piece(visit, action, refused.problem(), refused.filled(), refused.states()));
        }
        return outcome instanceof Answering.Taken taken ? new Outcome.Taken(taken.answer()) : new Outcome.Gone();
    }

    /**
     * What can be read so far of the pages in a form, as JSON for the script. Changes nothing.
     *
     * @param form as it was sent, still encoded
     */
    public String check(String form) {
        return Answering.check(action, Fields.parse(form));
    }

    /** CSS of the piece and of the pages around it, in the light and in the dark; {@code header} and {@code main} are a page's. */
    public static String styleSheet() {
        return Frame.styleSheet();
    }

    /** JavaScript that adds copying and the marks of a reading; to be loaded at the end of the page. Without it all works, too. */
    public static String script() {
        return Frame.pageScript();
    }
}
