package io.github.kaitsu.invite.internal;

import io.github.kaitsu.ActivationView;
import io.github.kaitsu.operator.OperatorAction;
import io.github.kaitsu.operator.Role;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One look at the page: who came by which link, and what is known of the run.
 *
 * @param link the whole address, for another device
 * @param path the same without scheme and host, for forms and links
 * @param invited the name that answers bear
 * @param links where links of actions really lead, if anywhere
 * @param csrf what a form of this browser must send along
 * @param isPhone whether the browser says that it is a phone's
 */
public record Visit(
        URI link,
        String path,
        Role role,
        String invited,
        ActivationView run,
        Function<URI, Optional<URI>> links,
        Words words,
        String csrf,
        boolean isPhone) {

    /** What is open for this role, oldest first; of no other role anything is known here. */
    public List<OperatorAction> actions() {
        return run.ended()
                ? List.of()
                : run.openActions().stream()
                        .filter(a -> Role.of(a.step()) == role)
                        .toList();
    }

    /** An address of this page, in the language that is shown. */
    String to(String below, String... query) {
        String more = query.length == 0 ? "" : "&" + String.join("&", query);
        return path + below + "?lang=" + words.locale().getLanguage() + more;
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "Visit[" + run.id() + ", " + role + "]";
    }

    String company() {
        return run.company().orElse(run.customer().account());
    }
}
