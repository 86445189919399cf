package io.github.kaitsu.sandbox.internal;

import io.github.kaitsu.sandbox.HandsOn;
import java.net.URI;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Counts what somebody does with the pages, from the requests alone; {@link HandsOn} says what counts as what.
 *
 * <p>A page that is shown is a look. A submitted form is one click, and each field that now holds something else than the page
 * had put into it is one field; names that begin with an underscore are the page's own. A page reached from another page of the
 * sandbox (it says so in {@code Referer}) cost the click on a link, and one reached from nowhere that of a link elsewhere, a bookmark
 * or an address; unless a redirection led there, it is only loaded again ({@code Cache-Control: max-age=0}, as browsers say), or a
 * page's script went there by itself.
 *
 * <p>{@code X-Sandbox-Pasted} names the fields of a form that were pasted into. In a browser's window that a person shares, the headers
 * {@code X-Sandbox-Person-Fields}, {@code X-Sandbox-Browser-Fields} (names of fields, with commas) and {@code X-Sandbox-Looks} say who
 * did what the other's request brings along; a page on which the person did something there was a look of theirs, too. Guarded by the
 * ledger's monitor.
 */
final class Visits {
    private final Set<String> origins = new HashSet<>();
    private final Map<String, Integer> redirections = new HashMap<>();

    synchronized void know(URI origin) {
        origins.add(origin.toString());
    }

    synchronized void count(Ledger ledger, String site, Request request, Response response) {
        HandsOn.Actor actor = request.actor();
        HandsOn.Actor other = actor == HandsOn.Actor.PERSON ? HandsOn.Actor.BROWSER : HandsOn.Actor.PERSON;
        HandsOn own = HandsOn.NOTHING;
        HandsOn others = HandsOn.NOTHING;
        boolean byItself = request.isGet() && (wasRedirectedTo(request) || isReloaded(request));
        if (!byItself && request.isSent()) {
            List<String> theirs = request.filledBy(other);
            own = HandsOn.of(HandsOn.Kind.CLICKS, 1).plus(filled(request, name -> !theirs.contains(name)));
            others = filled(request, theirs::contains);
        } else if (!byItself && request.isGet() && isClicked(request)) {
            own = HandsOn.of(HandsOn.Kind.CLICKS, 1);
        }
        int looks = response.location().isEmpty() ? 1 : 0;
        if (looks == 0) {
            redirections.merge(request.uri().resolve(response.location()).toString(), 1, Integer::sum);
        }
        boolean ownLook = request.looker() == actor;
        own = own.plus(HandsOn.looks(ownLook ? looks : 0));
        others = others.plus(HandsOn.looks(ownLook ? 0 : looks));
        boolean isShared = request.looker() == HandsOn.Actor.BROWSER;
        record(ledger, actor, isShared && actor == HandsOn.Actor.PERSON ? lookedAt(own) : own, site, request);
        record(ledger, other, isShared && other == HandsOn.Actor.PERSON ? lookedAt(others) : others, site, request);
    }

    /** Whoever does something on a page has looked at it, whoever opened it. */
    private static HandsOn lookedAt(HandsOn what) {
        return what.acts() == 0 ? what : what.plus(HandsOn.looks(1));
    }

    private static void record(Ledger ledger, HandsOn.Actor actor, HandsOn what, String site, Request request) {
        if (what.total() > 0) {
            ledger.record(new Change.Acted(actor, what, site, request.path()));
        }
    }

    private boolean wasRedirectedTo(Request request) {
        String url = request.uri().toString();
        Integer expected = redirections.get(url);
        if (expected == null) {
            return false;
        }
        redirections.merge(url, -1, (a, b) -> a + b == 0 ? null : a + b);
        return true;
    }

    private static boolean isReloaded(Request request) {
        return request.header("Cache-Control").orElse("").contains("max-age=0");
    }

    private boolean isClicked(Request request) {
        return comesFromOurs(request)
                || !request.header("Sec-Fetch-Site").orElse("").startsWith("same-");
    }

    private boolean comesFromOurs(Request request) {
        return request.header("Referer")
                .map(r -> origins.stream().anyMatch(o -> r.equals(o) || r.startsWith(o + "/")))
                .orElse(false);
    }

    /** What was done to these fields. A paste needs a copy. */
    private static HandsOn filled(Request request, Predicate<String> counts) {
        List<String> pasted = request.pasted();
        int pastes = fieldsIn(request, name -> counts.test(name) && pasted.contains(name));
        int fields = fieldsIn(request, name -> counts.test(name) && !pasted.contains(name));
        return new HandsOn(0, 0, fields, pastes, pastes, 0);
    }

    private static int fieldsIn(Request request, Predicate<String> counts) {
        int count = 0;
        for (Map.Entry<String, List<String>> field : request.sent().entrySet()) {
            String name = field.getKey();
            if (!counts.test(name.startsWith(Form.BEFORE) ? name.substring(Form.BEFORE.length()) : name)) {
                continue;
            }
            if (name.startsWith(Form.BEFORE)) {
                boolean emptied = !field.getValue().get(0).isEmpty()
                        && !request.sent().containsKey(name.substring(Form.BEFORE.length()));
                count += emptied ? 1 : 0;
            } else if (!Form.isThePagesOwn(name)) {
                List<String> before = request.sent().getOrDefault(Form.BEFORE + name, List.of());
                count += (int) field.getValue().stream()
                        .filter(v -> !v.isBlank() && !before.contains(v.replace("\r\n", "\n")))
                        .count();
            }
        }
        return count;
    }
}
