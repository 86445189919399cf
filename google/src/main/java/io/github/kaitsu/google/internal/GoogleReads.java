package io.github.kaitsu.google.internal;

import com.google.api.client.http.GenericUrl;
import com.google.api.client.json.gson.GsonFactory;
import com.google.api.client.util.Data;
import com.google.api.services.directory.Directory;
import com.google.api.services.directory.model.Token;
import com.google.api.services.directory.model.Tokens;
import com.google.api.services.directory.model.User;
import com.google.api.services.directory.model.Users;
import com.google.api.services.licensing.Licensing;
import com.google.api.services.licensing.model.LicenseAssignment;
import com.google.api.services.licensing.model.LicenseAssignmentList;
import io.github.kaitsu.google.GoogleAppSigns;
import io.github.kaitsu.vendor.AccessTokens;
import io.github.kaitsu.vendor.CallRetry;
import io.github.kaitsu.vendor.http.Addresses;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The few things Kaitsu reads in Google Workspace, all of them GET: Directory and Licensing through their clients, the rest by
 * plain requests. Lists are read page by page and never kept.
 *
 * <p>Every method throws {@link io.github.kaitsu.vendor.VendorCallException} and nothing else of the vendor's. Thread-safe.
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

    private final Optional<URI> base;
    private final GoogleAppSigns signs;
    private final GoogleHttp http;
    private final Directory directory;
    private final Licensing licensing;

    /** @param base one address that stands for all of Google's hosts, for tests and the sandbox */
    public GoogleReads(AccessTokens tokens, Optional<URI> base, CallRetry retry, Clock clock, GoogleAppSigns signs) {
        this.base = base;
        this.signs = signs;
        this.http = new GoogleHttp(
                tokens, retry, clock, base.filter(Addresses::isLoopbackHttp).isPresent());
        this.directory = new Directory.Builder(http.transport(), GsonFactory.getDefaultInstance(), http.initializer())
                .setRootUrl(Api.ADMIN.at(base) + "/")
                .setApplicationName(NAME)
                .build();
        this.licensing = new Licensing.Builder(http.transport(), GsonFactory.getDefaultInstance(), http.initializer())
                .setRootUrl(Api.LICENSING.at(base) + "/")
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
        @Nullable String sub = http.get(operation, url(Api.OPENID, "/v1/userinfo"), Shapes.UserInfo.class).sub;
        if (sub == null || sub.isEmpty()) {
            throw GoogleHttp.malformed(operation);
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
    public record Grant(String clientId, String name, List<String> scopes) {}

    /** What a user has permitted in person; Google does not page it. */
    public List<Grant> grants(String user) throws InterruptedException {
        Tokens tokens = http.run(
                "GET /admin/directory/v1/users/{userKey}/tokens",
                Tokens.class,
                () -> directory.tokens().list(user).setFields("items(clientId,displayText,scopes)"));
        return listed(tokens.getItems()).stream().map(GoogleReads::grant).toList();
    }

    private static Grant grant(Token token) {
        return new Grant(text(token.getClientId()), text(token.getDisplayText()), listed(token.getScopes()));
    }

    // ---- the customer

    /** How many users there are, suspended ones included: Google tells no total, so the pages are counted. */
    public long users() throws InterruptedException {
        String operation = "GET /admin/directory/v1/users";
        Pages pages = new Pages(operation, MOST_PAGES);
        long users = 0;
        do {
            Users page = http.run(
                    operation,
                    Users.class,
                    () -> directory
                            .users()
                            .list()
                            .setCustomer("my_customer")
                            .setMaxResults(USERS_A_PAGE)
                            .setFields("nextPageToken,users(id)")
                            .setPageToken(pages.token()));
            users += listed(page.getUsers()).size();
            pages.next(page.getNextPageToken());
        } while (pages.hasNext());
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
        String operation = "GET /apps/licensing/v1/product/{productId}/users";
        Pages pages = new Pages(operation, MOST_PAGES);
        Set<String> skus = new TreeSet<>();
        for (int n = 0; n < MOST_LICENCE_PAGES; n++) {
            LicenseAssignmentList page = http.run(
                    operation,
                    LicenseAssignmentList.class,
                    () -> licensing
                            .licenseAssignments()
                            .listForProduct(GOOGLE_APPS, customer)
                            .setMaxResults(LICENCES_A_PAGE)
                            .setPageToken(pages.token()));
            for (LicenseAssignment one : listed(page.getItems())) {
                skus.add(text(one.getSkuId()));
            }
            pages.next(page.getNextPageToken());
            if (!pages.hasNext() || skus.stream().anyMatch(enough)) {
                return new Editions(skus, !pages.hasNext());
            }
        }
        return new Editions(skus, false);
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
        String operation = "GET /v1/policies";
        Pages pages = new Pages(operation, MOST_PAGES);
        do {
            GenericUrl url = url(Api.IDENTITY, "/v1/policies")
                    .set(
                            "filter",
                            "customer == \"customers/my_customer\" && setting.type.matches('^settings/" + family
                                    + "\\..*$')")
                    .set("pageSize", POLICIES_A_PAGE)
                    .set("pageToken", pages.token());
            Shapes.PolicyPage page = http.get(operation, url, Shapes.PolicyPage.class);
            listed(page.policies).forEach(into::add);
            pages.next(page.nextPageToken);
        } while (pages.hasNext());
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
        String operation = "GET /admin/reports/v1/activity/users/{userKey}/applications/" + application;
        Pages pages = new Pages(operation, MOST_PAGES);
        do {
            GenericUrl url = url(Api.ADMIN, "/admin/reports/v1/activity/users/" + user + "/applications/" + application)
                    .set("eventName", event)
                    .set("startTime", since.map(Instant::toString).orElse(null))
                    .set("maxResults", EVENTS_A_PAGE)
                    .set("pageToken", pages.token());
            Activities page = http.get(operation, url, Activities.class);
            for (Activities.Activity activity : listed(page.items)) {
                for (LogEvent one : LogEvent.of(activity)) {
                    if (!more.test(one)) {
                        return;
                    }
                }
            }
            pages.next(page.nextPageToken);
        } while (pages.hasNext());
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
        String operation = "GET /drive/v3/files";
        String byName = String.join(
                " or ",
                new TreeSet<>(names).stream().map(n -> "name = '" + n + "'").toList());
        Pages pages = new Pages(operation, MOST_PAGES);
        Map<String, String> found = new HashMap<>();
        boolean complete = true;
        do {
            GenericUrl url = url(Api.DRIVE, "/drive/v3/files")
                    .set(
                            "q",
                            "'root' in parents and mimeType = '" + FOLDER + "' and trashed = false and (" + byName
                                    + ")")
                    .set("spaces", "drive")
                    .set("fields", "nextPageToken,incompleteSearch,files(id,name)")
                    .set("pageSize", FILES_A_PAGE)
                    .set("pageToken", pages.token());
            Shapes.FilePage page = http.get(operation, url, Shapes.FilePage.class);
            complete &= !yes(page.incompleteSearch);
            for (Shapes.File file : listed(page.files)) {
                if (file.name != null && file.id != null && names.contains(file.name)) { // Drive ignores case
                    found.put(file.name, file.id);
                }
            }
            pages.next(page.nextPageToken);
        } while (pages.hasNext() && found.size() < names.size());
        return new Folders(found, complete);
    }

    private GenericUrl url(Api api, String path) {
        return new GenericUrl(api.at(base) + path);
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
        return "GoogleReads[" + base.map(URI::toString).orElse("Google") + "]";
    }
}
