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
 * Counts what somebody does with the pages, from the requests alone.
 *
 * <p>A page that is shown is a look. A submitted form is one press, and each field that now holds something else than the page
 * had put into it is one field; names that begin with an underscore are the page's own. A page reached from another page of the
 * sandbox (it says so in {@code Referer}) cost the press of a link, unless a redirection led there.
 *
 * <p>In a browser's window that a person shares, the headers {@code X-Sandbox-Person-Fields}, {@code X-Sandbox-Browser-Fields} (names
 * of fields, with commas) and {@code X-Sandbox-Looks} say who did what the other's request brings along; a page on which the person
 * did something there was a look of theirs, too. Guarded by the ledger's monitor.
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
        int fields = 0;
        int othersFields = 0;
        int presses = 0;
        if (request.method().equals("POST")) {
            List<String> others = request.filledBy(other);
            fields = fieldsIn(request, name -> !others.contains(name));
            othersFields = fieldsIn(request, others::contains);
            presses = 1;
        } else if (!wasRedirectedTo(request) && comesFromOurs(request)) {
            presses = 1;
        }
        int looks = response.location().isEmpty() ? 1 : 0;
        if (looks == 0) {
            redirections.merge(request.uri().resolve(response.location()).toString(), 1, Integer::sum);
        }
        boolean ownLook = request.looker() == actor;
        HandsOn own = new HandsOn(ownLook ? looks : 0, fields, presses);
        HandsOn others = new HandsOn(ownLook ? 0 : looks, othersFields, 0);
        boolean isShared = request.looker() == HandsOn.Actor.BROWSER;
        record(ledger, actor, isShared && actor == HandsOn.Actor.PERSON ? lookedAt(own) : own, site, request);
        record(ledger, other, isShared && other == HandsOn.Actor.PERSON ? lookedAt(others) : others, site, request);
    }

    /** Whoever does something on a page has looked at it, whoever opened it. */
    private static HandsOn lookedAt(HandsOn what) {
        return what.acts() == 0 ? what : what.plus(new HandsOn(1, 0, 0));
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

    private boolean comesFromOurs(Request request) {
        return request.header("Referer")
                .map(r -> origins.stream().anyMatch(o -> r.equals(o) || r.startsWith(o + "/")))
                .orElse(false);
    }

    private static int fieldsIn(Request request, Predicate<String> counts) {
        int count = 0;
        for (Map.Entry<String, List<String>> field : request.form().entrySet()) {
            String name = field.getKey();
            if (!counts.test(name.startsWith(Form.BEFORE) ? name.substring(Form.BEFORE.length()) : name)) {
                continue;
            }
            if (name.startsWith(Form.BEFORE)) {
                boolean emptied = request.raw(name).length() > 0 && !request.has(name.substring(Form.BEFORE.length()));
                count += emptied ? 1 : 0;
            } else if (!Form.isThePagesOwn(name)) {
                List<String> before = request.fields(Form.BEFORE + name);
                count += (int) field.getValue().stream()
                        .filter(v -> !v.isBlank() && !before.contains(v.replace("\r\n", "\n")))
                        .count();
            }
        }
        return count;
    }
}
