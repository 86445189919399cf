package io.github.kaitsu.desk;

import java.io.IOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;

/** Somebody with a browser that follows nothing by itself and remembers cookies. */
final class Visitor {
    private final URI url;
    private final HttpClient http = HttpClient.newBuilder()
            .cookieHandler(new CookieManager(null, CookiePolicy.ACCEPT_ALL))
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    Visitor(URI url) {
        this.url = url;
    }

    /** Somebody who is signed in. */
    static Visitor signedIn(RunningDesk desk) throws IOException, InterruptedException {
        Visitor visitor = new Visitor(desk.url());
        visitor.send(HttpRequest.newBuilder(desk.signIn()).build());
        return visitor;
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(url + path))
                .header("Accept-Language", "ja")
                .build());
    }

    Document page(String path) throws IOException, InterruptedException {
        return Jsoup.parse(get(path).body(), url.toString());
    }

    /** Posts a form with the token of the visitor's session. */
    HttpResponse<String> post(String path, Map<String, String> fields) throws IOException, InterruptedException {
        String token = page("/customers/new").select("input[name=csrf]").val();
        return post(path, fields, token);
    }

    HttpResponse<String> post(String path, Map<String, String> fields, String token)
            throws IOException, InterruptedException {
        String form = fields.entrySet().stream()
                .map(f -> f.getKey() + "=" + URLEncoder.encode(f.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&", "csrf=" + token + "&", ""));
        return send(HttpRequest.newBuilder(URI.create(url + path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Accept-Language", "ja")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build());
    }

    HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
