package io.github.kaitsu.sandbox.internal;

import io.github.kaitsu.sandbox.HandsOn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Acts on the sandbox's pages as a person does: opens addresses, follows links, fills fields by their labels, presses buttons.
 *
 * <p>Everything goes over HTTP with cookies, like a browser with several tabs: each {@link View} is a tab's present page. Not
 * thread-safe.
 */
public final class Visitor {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private static final int MOST_REDIRECTIONS = 10;

    private final HttpClient client;
    private final Predicate<URI> within;
    private final HandsOn.Actor actor;
    private final Locale locale;

    /** Follows every redirection. */
    public Visitor(HandsOn.Actor actor, Locale locale) {
        this(actor, locale, address -> true);
    }

    /** Stops before a redirection to an address elsewhere: the view is empty then, and bears that address. */
    public Visitor(HandsOn.Actor actor, Locale locale, Predicate<URI> within) {
        this.within = within;
        this.actor = actor;
        this.locale = locale;
        this.client = HttpClient.newBuilder()
                .cookieHandler(new CookieManager(null, CookiePolicy.ACCEPT_ALL))
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(TIMEOUT)
                .build();
    }

    /** Opens an address from outside: a link of an action or a mail, a bookmark, the address itself. */
    public View open(URI address) {
        return send(HttpRequest.newBuilder(address).GET());
    }

    public View open(String address) {
        return open(URI.create(address));
    }

    /** Loads the page again, as F5 does; the header is what browsers send with it. */
    public View reload(View view) {
        return send(HttpRequest.newBuilder(view.address())
                .header("Cache-Control", "max-age=0")
                .GET());
    }

    /** Presses the link with this label. */
    public View follow(View view, String label) {
        URI target = view.address().resolve(view.link(label));
        return send(HttpRequest.newBuilder(target)
                .header("Referer", view.address().toString())
                .GET());
    }

    /** Presses the button with this label, its form as it stands. */
    public View press(View view, String button) {
        return press(view, button, Map.of());
    }

    /**
     * Fills fields by their labels, then presses a button of the same form.
     *
     * @param fields for a checkbox {@code on} ticks and an empty text unticks; for a list the option's label
     */
    public View press(View view, String button, Map<String, String> fields) {
        return press(view, button, fields, Set.of());
    }

    /**
     * As {@link #press(View, String, Map)}, some of the fields copied from elsewhere and pasted.
     *
     * @param pasted the labels of those fields
     */
    public View press(View view, String button, Map<String, String> fields, Set<String> pasted) {
        return send(view, view.fill(button, fields, pasted));
    }

    /** Ticks the row that has a cell with this text, then presses a button of the same form. */
    public View pressForRow(View view, String cell, String button) {
        return send(view, view.tickRow(cell, button));
    }

    private View send(View view, View.FilledForm form) {
        URI target = view.address().resolve(form.action());
        HttpRequest.Builder request = HttpRequest.newBuilder();
        if (form.post()) {
            request.uri(target)
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.ofString(encode(form)));
        } else {
            request.uri(URI.create(target + "?" + encode(form))).GET();
        }
        if (!form.pasted().isEmpty()) {
            request.header("X-Sandbox-Pasted", String.join(",", form.pasted()));
        }
        return send(request.header("Referer", view.address().toString()));
    }

    private View send(HttpRequest.Builder request) {
        HttpResponse<String> response = exchange(request);
        for (int i = 0; i < MOST_REDIRECTIONS; i++) {
            Optional<URI> target = response.headers().firstValue("Location").map(response.uri()::resolve);
            if (target.isEmpty()) {
                return View.of(response.uri(), response.statusCode(), response.body());
            }
            if (!within.test(target.get())) {
                return View.of(target.get(), response.statusCode(), "");
            }
            response = exchange(HttpRequest.newBuilder(target.get()).GET());
        }
        throw new IllegalStateException(
                "redirected in a circle at " + response.uri().getPath());
    }

    private HttpResponse<String> exchange(HttpRequest.Builder request) {
        request.timeout(TIMEOUT)
                .header("Accept-Language", locale.getLanguage())
                .header("X-Sandbox-Actor", actor.name().toLowerCase(Locale.ROOT));
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for a page", e);
        }
    }

    private static String encode(View.FilledForm form) {
        StringBuilder out = new StringBuilder();
        form.values()
                .forEach(pair -> out.append(out.length() == 0 ? "" : "&")
                        .append(URLEncoder.encode(pair.getKey(), StandardCharsets.UTF_8))
                        .append('=')
                        .append(URLEncoder.encode(pair.getValue(), StandardCharsets.UTF_8)));
        return out.toString();
    }
}
