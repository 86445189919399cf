package io.github.kaitsu.google.internal;

import com.google.api.client.http.GenericUrl;
import com.google.api.client.http.HttpTransport;
import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.directory.Directory;
import com.google.api.services.licensing.Licensing;
import io.github.kaitsu.google.GoogleAppSigns;
import io.github.kaitsu.vendor.LookNotes;
import io.github.kaitsu.vendor.VendorAccess;
import io.github.kaitsu.vendor.VendorCallException;
import io.github.kaitsu.vendor.http.Paging;
import io.github.kaitsu.vendor.http.VendorHttp;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The few things Kaitsu reads in Google Workspace, all of them GET: Directory and Licensing through their clients, the rest by
 * plain requests. Lists are read page by page and never kept.
 *
 * <p>Every method throws {@link VendorCallException} and nothing else of the vendor's. Thread-safe; for one look.
 */
public final class GoogleReads implements LookNotes.Taker {
    private static final String NAME = "Kaitsu";
    private static final String GOOGLE_APPS = "Google-Apps"; // the product that holds all editions of Workspace
    private static final String FOLDER = "application/vnd.google-apps.folder";
    private static final int USERS_A_PAGE = 500;
    private static final long LICENCES_A_PAGE = 100;
    private static final int EVENTS_A_PAGE = 1000;
    private static final int POLICIES_A_PAGE = 100;
    private static final int FILES_A_PAGE = 100;
    private static final int MOST_PAGES = 10_000;
    /** Google gives one page of licences a second; who has more is no customer of a small edition. */
    private static final int MOST_LICENCE_PAGES = 30;

    private final String base;
    private final GoogleAppSigns signs;
    private final GoogleHttp http;
    private final Directory directory;
    private final Licensing licensing;

    /** @param access with {@link Api#OWN_HOSTS}, or one address that stands for all of Google's, for tests and the sandbox */
    public GoogleReads(VendorAccess access, GoogleAppSigns signs, VendorHttp http) {
        this.base = access.base();
        this.signs = signs;
        this.http = new GoogleHttp(access, http);
        HttpTransport transport = this.http.transport();
        this.directory = new Directory.Builder(transport, GsonFactory.getDefaultInstance(), GoogleHttp::prepare)
                .setRootUrl(Api.ADMIN.at(access.base()) + "/")
                .setApplicationName(NAME)
                .build();
        this.licensing = new Licensing.Builder(transport, GsonFactory.getDefaultInstance(), GoogleHttp::prepare)
                .setRootUrl(Api.LICENSING.at(access.base()) + "/")
                .setApplicationName(NAME)
                .build();
    }

    private GoogleReads(GoogleReads other, GoogleHttp http) {
        this.base = other.base;
        this.signs = other.signs;
        this.http = http;
        this.directory = other.directory;
        this.licensing = other.licensing;
    }

    /** The same for another look. */
    public GoogleReads forLook() {
        return new GoogleReads(this, http.forLook());
    }

    @Override
    public LookNotes notes() {
        return http.notes();
    }

    public GoogleAppSigns signs() {
        return signs;
    }

    // ---- the administrator

    /** The id of the token's owner, by which the directory knows the user as well. */
    public String me() throws InterruptedException {
        String operation = "GET /v1/userinfo";
        String sub = http.get(operation, url(Api.OPENID, "/v1/userinfo")).text("sub");
        if (sub.isEmpty()) {
            throw VendorCallException.malformed(operation).build();
        }
        return sub;
    }

    /**
     * A user of the directory.
     *
     * @param superAdmin Google's {@code isAdmin}; the rights of a delegated administrator are not enough
     * @param twoStep whether 2-Step Verification is set up, if Google says
     * @param rightsTold whether Google says whether this is a super admin
     */
    public record Account(
            String id,
            String email,
            String customer,
            boolean superAdmin,
            boolean delegatedAdmin,
            boolean suspended,
            boolean archived,
            Optional<Boolean> twoStep,
            boolean rightsTold) {}

    public Account account(String id) throws InterruptedException {
        String operation = "GET /admin/directory/v1/users/{userKey}";
        GoogleJson user = http.run(
                operation,
                () -> directory
                        .users()
                        .get(id)
                        .setFields(
                                "id,primaryEmail,customerId,isAdmin,isDelegatedAdmin,suspended,archived,isEnrolledIn2Sv"));
        return new Account(
                id,
                user.text("primaryEmail"),
                user.text("customerId"),
                user.flag("isAdmin"),
                user.flag("isDelegatedAdmin"),
                user.flag("suspended"),
                user.flag("archived"),
                user.perhaps("isEnrolledIn2Sv"),
                user.perhaps("isAdmin").isPresent());
    }

    /** An app that a user has permitted. */
    public record PermittedApp(String clientId, String name, List<String> scopes) {}

    /** What a user has permitted in person; Google does not page it. */
    public List<PermittedApp> permittedApps(String user) throws InterruptedException {
        String operation = "GET /admin/directory/v1/users/{userKey}/tokens";
        GoogleJson tokens = http.run(
                operation, () -> directory.tokens().list(user).setFields("items(clientId,displayText,scopes)"));
        return elements(operation, tokens, "items", token -> {
            if (token.text("displayText").isEmpty()) {
                notes().missed(operation, 1); // its id may be known all the same
            }
            return Optional.of(
                    new PermittedApp(token.text("clientId"), token.text("displayText"), token.texts("scopes")));
        });
    }

    // ---- the customer

    /** How many users there are, suspended ones included: Google tells no total, so the pages are counted. */
    public long users() throws InterruptedException {
        Paging pages = new Paging("GET /admin/directory/v1/users", MOST_PAGES);
        long users = 0;
        GoogleJson page;
        do {
            page = http.run(
                    pages.operation(),
                    () -> directory
                            .users()
                            .list()
                            .setCustomer("my_customer")
                            .setMaxResults(USERS_A_PAGE)
                            .setFields("nextPageToken,users(id)")
                            .setPageToken(pages.cursor()));
            users += elements(pages.operation(), page, "users", Optional::of).size();
        } while (pages.goesOn(page.next()));
        return users;
    }

    /**
     * The editions in use.
     *
     * @param skus Google's numbers of editions
     * @param complete whether all licences were read; a sweep that has met what it looked for ends early
     */
    public record Editions(Set<String> skus, boolean complete) {}

    /** The editions that are assigned to anybody, one sweep over all; ends where {@code enough} has been met. */
    public Editions editions(String customer, Predicate<String> enough) throws InterruptedException {
        Paging pages = new Paging("GET /apps/licensing/v1/product/{productId}/users", MOST_PAGES);
        Set<String> skus = new TreeSet<>();
        int left = MOST_LICENCE_PAGES;
        boolean more;
        do {
            GoogleJson page = http.run(
                    pages.operation(),
                    () -> licensing
                            .licenseAssignments()
                            .listForProduct(GOOGLE_APPS, customer)
                            .setMaxResults(LICENCES_A_PAGE)
                            .setPageToken(pages.cursor()));
            skus.addAll(elements(
                    pages.operation(),
                    page,
                    "items",
                    one -> Optional.of(one.text("skuId")).filter(sku -> !sku.isEmpty())));
            more = pages.goesOn(page.next());
            left--;
        } while (more && left > 0 && skus.stream().noneMatch(enough));
        return new Editions(skus, !more && notes().missed() == 0);
    }

    /** The policies of the Marketplace and of the API controls. */
    PolicyBook policies() throws InterruptedException {
        PolicyBook book = new PolicyBook();
        for (String family : List.of("workspace_marketplace", "api_controls")) {
            policies(family, book);
        }
        return book;
    }

    private void policies(String family, PolicyBook into) throws InterruptedException {
        GenericUrl url = url(Api.IDENTITY, "/v1/policies")
                .set(
                        "filter",
                        "customer == \"customers/my_customer\" && setting.type.matches('^settings/" + family
                                + "\\..*$')")
                .set("pageSize", POLICIES_A_PAGE);
        pages("GET /v1/policies", url, "policies", PolicyBook.Policy::of, policies -> {
            policies.forEach(into::add);
            return true;
        });
    }

    // ---- logs

    /**
     * Every event of one name in a log. The name alone is the filter: a parameter that does not belong to the event would make the
     * report empty without a word.
     *
     * @param user a user's id, or {@code all}
     * @param since the oldest moment, or as long as Google keeps it (180 days)
     * @param more takes an event and says whether to read on
     */
    void events(String application, String user, String event, Optional<Instant> since, Predicate<LogEvent> more)
            throws InterruptedException {
        String log = "/applications/" + application;
        GenericUrl url = url(Api.ADMIN, "/admin/reports/v1/activity/users/" + user + log)
                .set("eventName", event)
                .set("startTime", since.map(Instant::toString).orElse(null))
                .set("maxResults", EVENTS_A_PAGE);
        pages(
                "GET /admin/reports/v1/activity/users/{userKey}" + log,
                url,
                "items",
                LogEvent::of,
                page -> page.stream().flatMap(List::stream).allMatch(more));
    }

    // ---- Drive

    /**
     * The folders of these names at the top of the token owner's Drive.
     *
     * @param ids by name
     * @param complete false if Google says that it has not searched everything
     */
    public record Folders(Map<String, String> ids, boolean complete) {}

    public Folders rootFolders(Set<String> names) throws InterruptedException {
        String byName = String.join(
                " or ",
                new TreeSet<>(names).stream().map(n -> "name = '" + n + "'").toList());
        GenericUrl url = url(Api.DRIVE, "/drive/v3/files")
                .set("q", "'root' in parents and mimeType = '" + FOLDER + "' and trashed = false and (" + byName + ")")
                .set("spaces", "drive")
                .set("fields", "nextPageToken,incompleteSearch,files(id,name)")
                .set("pageSize", FILES_A_PAGE);
        Map<String, String> found = new HashMap<>();
        boolean[] complete = {true};
        pages(
                "GET /drive/v3/files",
                url,
                page -> complete[0] &= page.has("files")
                        && (!page.has("incompleteSearch")
                                || page.perhaps("incompleteSearch").equals(Optional.of(false))),
                "files",
                file -> Optional.of(Map.entry(file.text("name"), file.text("id")))
                        .filter(known -> !known.getKey().isEmpty()
                                && !(known.getValue().isEmpty() && names.contains(known.getKey()))),
                files -> {
                    files.stream()
                            .filter(file -> names.contains(file.getKey())) // Drive ignores case
                            .forEach(file -> found.put(file.getKey(), file.getValue()));
                    return found.size() < names.size();
                });
        return new Folders(found, complete[0]);
    }

    // ---- what the APIs without a client share

    private <T> void pages(
            String operation,
            GenericUrl url,
            String list,
            Function<GoogleJson, Optional<T>> reader,
            Predicate<List<T>> more)
            throws InterruptedException {
        pages(operation, url, page -> {}, list, reader, more);
    }

    /**
     * Reads a listing.
     *
     * @param each takes a page as it is
     * @param list where its elements are
     * @param reader what is wanted of an element; nothing if it cannot be read
     * @param more takes that and says whether to read on
     */
    private <T> void pages(
            String operation,
            GenericUrl url,
            Consumer<GoogleJson> each,
            String list,
            Function<GoogleJson, Optional<T>> reader,
            Predicate<List<T>> more)
            throws InterruptedException {
        Paging pages = new Paging(operation, MOST_PAGES);
        GoogleJson page;
        do {
            page = http.get(operation, url.set("pageToken", pages.cursor()));
            each.accept(page);
        } while (more.test(elements(operation, page, list, reader)) && pages.goesOn(page.next()));
    }

    /** Google leaves out a list that is empty. One that is none cannot be read, as if it were one element. */
    private <T> List<T> elements(
            String operation, GoogleJson page, String list, Function<GoogleJson, Optional<T>> reader) {
        return notes().read(operation, page.elements(list), element -> reader.apply(GoogleJson.of(element)));
    }

    private GenericUrl url(Api api, String path) {
        return new GenericUrl(api.at(base) + path);
    }

    @Override
    public String toString() {
        return "GoogleReads[" + base + "]";
    }
}
