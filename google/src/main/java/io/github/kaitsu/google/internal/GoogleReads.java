package io.github.kaitsu.google.internal;

import com.google.api.client.http.GenericUrl;
import com.google.api.client.http.HttpTransport;
import com.google.api.client.json.gson.GsonFactory;
import com.google.api.client.util.Data;
import com.google.api.services.directory.Directory;
import com.google.api.services.directory.model.Tokens;
import com.google.api.services.directory.model.User;
import com.google.api.services.directory.model.Users;
import com.google.api.services.licensing.Licensing;
import com.google.api.services.licensing.model.LicenseAssignment;
import com.google.api.services.licensing.model.LicenseAssignmentList;
import io.github.kaitsu.google.GoogleAppSigns;
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
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The few things Kaitsu reads in Google Workspace, all of them GET: Directory and Licensing through their clients, the rest by
 * plain requests. Lists are read page by page and never kept.
 *
 * <p>Every method throws {@link VendorCallException} and nothing else of the vendor's. Thread-safe.
 */
public final class GoogleReads {
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

    private final VendorAccess access;
    private final GoogleAppSigns signs;
    private final GoogleHttp http;
    private final Directory directory;
    private final Licensing licensing;

    /** @param access with {@link Api#OWN_HOSTS}, or one address that stands for all of Google's, for tests and the sandbox */
    public GoogleReads(VendorAccess access, GoogleAppSigns signs, VendorHttp http) {
        this.access = access;
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

    public GoogleAppSigns signs() {
        return signs;
    }

    // ---- the administrator

    /** The id of the token's owner, by which the directory knows the user as well. */
    public String me() throws InterruptedException {
        String operation = "GET /v1/userinfo";
        String sub = http.get(operation, url(Api.OPENID, "/v1/userinfo"), owner -> owner.text("sub"));
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
     */
    public record Account(
            String id,
            String email,
            String customer,
            boolean superAdmin,
            boolean delegatedAdmin,
            boolean suspended,
            boolean archived,
            Optional<Boolean> twoStep) {}

    public Account account(String id) throws InterruptedException {
        User user = http.run(
                "GET /admin/directory/v1/users/{userKey}",
                User.class,
                () -> directory
                        .users()
                        .get(id)
                        .setFields(
                                "id,primaryEmail,customerId,isAdmin,isDelegatedAdmin,suspended,archived,isEnrolledIn2Sv"));
        return new Account(
                id,
                text(user.getPrimaryEmail()),
                text(user.getCustomerId()),
                yes(user.getIsAdmin()),
                yes(user.getIsDelegatedAdmin()),
                yes(user.getSuspended()),
                yes(user.getArchived()),
                known(user.getIsEnrolledIn2Sv()));
    }

    /** An app that a user has permitted. */
    public record PermittedApp(String clientId, String name, List<String> scopes) {}

    /** What a user has permitted in person; Google does not page it. */
    public List<PermittedApp> permittedApps(String user) throws InterruptedException {
        Tokens tokens = http.run(
                "GET /admin/directory/v1/users/{userKey}/tokens",
                Tokens.class,
                () -> directory.tokens().list(user).setFields("items(clientId,displayText,scopes)"));
        return listed(tokens.getItems()).stream()
                .map(t -> new PermittedApp(text(t.getClientId()), text(t.getDisplayText()), listed(t.getScopes())))
                .toList();
    }

    // ---- the customer

    /** How many users there are, suspended ones included: Google tells no total, so the pages are counted. */
    public long users() throws InterruptedException {
        Paging pages = new Paging("GET /admin/directory/v1/users", MOST_PAGES);
        long users = 0;
        Users page;
        do {
            page = http.run(
                    pages.operation(),
                    Users.class,
                    () -> directory
                            .users()
                            .list()
                            .setCustomer("my_customer")
                            .setMaxResults(USERS_A_PAGE)
                            .setFields("nextPageToken,users(id)")
                            .setPageToken(pages.cursor()));
            users += listed(page.getUsers()).size();
        } while (pages.goesOn(page.getNextPageToken()));
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
            LicenseAssignmentList page = http.run(
                    pages.operation(),
                    LicenseAssignmentList.class,
                    () -> licensing
                            .licenseAssignments()
                            .listForProduct(GOOGLE_APPS, customer)
                            .setMaxResults(LICENCES_A_PAGE)
                            .setPageToken(pages.cursor()));
            for (LicenseAssignment one : listed(page.getItems())) {
                skus.add(text(one.getSkuId()));
            }
            more = pages.goesOn(page.getNextPageToken());
            left--;
        } while (more && left > 0 && skus.stream().noneMatch(enough));
        return new Editions(skus, !more);
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
        pages("GET /v1/policies", url, PolicyBook.Policy::listed, page -> {
            page.forEach(into::add);
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
                page -> page.objects("items").stream().flatMap(LogEvent::of).toList(),
                page -> page.stream().allMatch(more));
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
        pages("GET /drive/v3/files", url, GoogleReads::folders, page -> {
            found.putAll(page.ids());
            found.keySet().retainAll(names); // Drive ignores case
            complete[0] &= page.complete();
            return found.size() < names.size();
        });
        return new Folders(found, complete[0]);
    }

    private static Folders folders(GoogleJson page) {
        Map<String, String> ids = new HashMap<>();
        page.objects("files").stream()
                .filter(file -> !file.text("id").isEmpty())
                .forEach(file -> ids.put(file.text("name"), file.text("id")));
        return new Folders(ids, !page.flag("incompleteSearch"));
    }

    // ---- what the APIs without a client share

    private record Page<T>(T content, String next) {}

    /**
     * Reads a listing.
     *
     * @param reader what is wanted of a page
     * @param more takes that and says whether to read on
     */
    private <T> void pages(String operation, GenericUrl url, Function<GoogleJson, T> reader, Predicate<T> more)
            throws InterruptedException {
        Paging pages = new Paging(operation, MOST_PAGES);
        Page<T> page;
        do {
            page = http.get(
                    operation,
                    url.set("pageToken", pages.cursor()),
                    json -> new Page<>(reader.apply(json), json.text("nextPageToken")));
        } while (more.test(page.content()) && pages.goesOn(page.next()));
    }

    private GenericUrl url(Api api, String path) {
        return new GenericUrl(api.at(access.base()) + path);
    }

    private static <T> List<T> listed(@Nullable List<T> some) {
        return some == null
                ? List.of()
                : some.stream().filter(e -> e != null && !Data.isNull(e)).toList();
    }

    private static boolean yes(@Nullable Boolean value) {
        return known(value).orElse(false);
    }

    /** Google's parser gives a written null as an object of its own, which for a boolean reads true. */
    private static Optional<Boolean> known(@Nullable Boolean value) {
        return value == null || Data.isNull(value) ? Optional.empty() : Optional.of(value);
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    @Override
    public String toString() {
        return "GoogleReads[" + access + "]";
    }
}
