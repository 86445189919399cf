package io.github.kaitsu.dropbox.internal;

import com.dropbox.core.DbxException;
import com.dropbox.core.DbxRequestConfig;
import com.dropbox.core.v2.DbxClientV2;
import com.dropbox.core.v2.DbxTeamClientV2;
import com.dropbox.core.v2.common.PathRoot;
import com.dropbox.core.v2.files.DeletedMetadata;
import com.dropbox.core.v2.files.FileMetadata;
import com.dropbox.core.v2.files.FolderMetadata;
import com.dropbox.core.v2.files.GetMetadataErrorException;
import com.dropbox.core.v2.files.Metadata;
import com.dropbox.core.v2.team.NamespaceType;
import com.dropbox.core.v2.team.TeamGetInfoResult;
import com.dropbox.core.v2.team.TeamMemberProfile;
import com.dropbox.core.v2.team.TeamNamespacesListResult;
import com.dropbox.core.v2.teamcommon.TimeRange;
import com.dropbox.core.v2.teamlog.GetTeamEventsContinueErrorException;
import com.dropbox.core.v2.teamlog.GetTeamEventsResult;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.kaitsu.vendor.LookNotes;
import io.github.kaitsu.vendor.VendorAccess;
import io.github.kaitsu.vendor.VendorAnswer;
import io.github.kaitsu.vendor.VendorCallException;
import io.github.kaitsu.vendor.http.Paging;
import io.github.kaitsu.vendor.http.Salvage;
import io.github.kaitsu.vendor.http.VendorHttp;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The few things Kaitsu reads at Dropbox, over the Dropbox SDK's team client.
 *
 * <p>Every method throws {@link VendorCallException} and nothing else of the vendor's. Listings hold one page at a time.
 * Thread-safe; for one look. A call ends within half a minute, or at once when its thread is interrupted.
 */
public final class DropboxReads implements LookNotes.Taker {
    private static final String POST = "POST /2/";
    private static final String INFO = "team/get_info";
    private static final String ADMIN = "team/token/get_authenticated_admin";
    private static final String NAMESPACES = "team/namespaces/list";
    private static final String EVENTS = "team_log/get_events";
    private static final String METADATA = "files/get_metadata";
    private static final String CONTINUE = "/continue";

    private static final List<String> LISTS = List.of("events", "namespaces");

    private static final long PAGE = 1000;
    private static final int MOST_PAGES = 5_000;
    private static final int MOST_RESETS = 3;
    /** Events come in no order, so a little before the place that a reset names is read again. */
    private static final Duration RESET_OVERLAP = Duration.ofDays(1);

    private static final Set<NamespaceType> SHARED = Set.of(NamespaceType.SHARED_FOLDER, NamespaceType.TEAM_FOLDER);

    private static final int INVALID_ROOT = 422;
    /** A page has a thousand lines at most, of some kilobytes each. */
    private static final long LONGEST_ANSWER = 16 << 20;

    private final VendorAccess access;
    private final VendorHttp http;

    public DropboxReads(VendorAccess access, VendorHttp http) {
        this.access = access;
        this.http = http.reading(access.limit(), LONGEST_ANSWER);
    }

    @Override
    public LookNotes notes() {
        return access.notes();
    }

    /**
     * The team that the token is for.
     *
     * @param users members invited and active
     */
    public record Team(String id, String name, long users) {}

    public Team team() throws InterruptedException {
        return read(
                INFO,
                box -> {
                    TeamGetInfoResult team = box.team().getInfo();
                    return new Team(team.getTeamId(), team.getName(), team.getNumProvisionedUsers());
                },
                answer -> new Team(
                        answer.need("/team_id"),
                        answer.text("/name").orElse(""),
                        answer.number("/num_provisioned_users").orElseThrow()));
    }

    /**
     * Who consented to the embedding team's own app.
     *
     * @param member the team member id
     * @param status {@code active}, {@code invited}, {@code suspended}, {@code removed}
     * @param teamRoot the namespace of the team's shared space, where it is another one than the member's own
     */
    public record Admin(String member, String email, String status, Optional<String> teamRoot) {}

    /**
     * The team administrator of the token.
     *
     * @throws VendorCallException with code {@code admin_not_active} or {@code mapping_not_found}
     */
    public Admin admin() throws InterruptedException {
        return read(
                ADMIN,
                box -> {
                    TeamMemberProfile admin =
                            box.team().tokenGetAuthenticatedAdmin().getAdminProfile();
                    return new Admin(
                            admin.getTeamMemberId(),
                            admin.getEmail(),
                            admin.getStatus().tag().name().toLowerCase(Locale.ROOT),
                            Optional.of(admin.getRootFolderId())
                                    .filter(root -> !root.equals(admin.getMemberFolderId())));
                },
                answer -> new Admin(
                        answer.need("/admin_profile/team_member_id"),
                        answer.text("/admin_profile/email").orElse(""),
                        answer.need("/admin_profile/status/.tag"),
                        answer.text("/admin_profile/root_folder_id")
                                .filter(root -> !answer.text("/admin_profile/member_folder_id")
                                        .equals(Optional.of(root)))));
    }

    /** Shows each line of the team's log of one kind that can be read, in any order and perhaps twice. */
    public void appEvents(AppEvent.Kind kind, Consumer<AppEvent> each) throws InterruptedException {
        Paging pages = new Paging(POST + EVENTS + CONTINUE, MOST_PAGES);
        GetTeamEventsResult page = firstEvents(kind, null);
        show(page, kind, each);
        int resets = 0;
        while (pages.goesOn(
                page.getHasMore() ? page.getCursor() : null, page.getEvents().isEmpty())) {
            Next next = nextEvents(page.getCursor());
            if (next.page() == null && ++resets > MOST_RESETS) {
                throw pages.endless();
            }
            page = next.page() != null
                    ? next.page()
                    : firstEvents(kind, next.resume().minus(RESET_OVERLAP));
            show(page, kind, each);
        }
    }

    private void show(GetTeamEventsResult page, AppEvent.Kind kind, Consumer<AppEvent> each) {
        notes().read(
                        POST + EVENTS,
                        page.getEvents().stream().filter(kind::isOf).toList(),
                        event -> AppEvent.of(kind, event))
                .forEach(each);
    }

    private GetTeamEventsResult firstEvents(AppEvent.Kind kind, @Nullable Instant from) throws InterruptedException {
        return read(EVENTS, box -> {
            var request = box.teamLog().getEventsBuilder().withLimit(PAGE).withEventType(kind.type);
            if (from != null) {
                request.withTime(
                        TimeRange.newBuilder().withStartTime(Date.from(from)).build());
            }
            return request.start();
        });
    }

    /** The next page, or from when on to begin anew because the vendor has dropped the cursor. */
    private record Next(@Nullable GetTeamEventsResult page, Instant resume) {}

    private Next nextEvents(String cursor) throws InterruptedException {
        return read(EVENTS + CONTINUE, box -> {
            try {
                return new Next(box.teamLog().getEventsContinue(cursor), Instant.EPOCH);
            } catch (GetTeamEventsContinueErrorException e) {
                if (e.errorValue.isReset()) {
                    return new Next(null, e.errorValue.getResetValue().toInstant());
                }
                throw e;
            }
        });
    }

    /** Reads one page of namespaces, to see whether they may be read. */
    public void tryNamespaces() throws InterruptedException {
        read(NAMESPACES, box -> box.team().namespacesList());
    }

    /** The namespace of the shared folder, or of the team's folder, with just this name, if members can reach one. */
    public Optional<String> sharedFolder(String name) throws InterruptedException {
        Predicate<JsonNode> perhaps = odd ->
                !odd.path("name").isTextual() || odd.path("name").textValue().equals(name);
        Paging pages = new Paging(POST + NAMESPACES + CONTINUE, MOST_PAGES);
        TeamNamespacesListResult page =
                read(NAMESPACES, box -> box.team().namespacesList(), DropboxReads::refused, perhaps);
        while (true) {
            Optional<String> found = notes()
                    .read(
                            POST + NAMESPACES,
                            page.getNamespaces().stream()
                                    .filter(n -> n.getName().equals(name))
                                    .toList(),
                            n -> Optional.of(SHARED.contains(n.getNamespaceType()) ? n.getNamespaceId() : "")
                                    .filter(known -> n.getNamespaceType() != NamespaceType.OTHER))
                    .stream()
                    .filter(id -> !id.isEmpty())
                    .findFirst();
            boolean more = found.isEmpty() && page.getHasMore();
            String cursor = page.getCursor();
            if (!pages.goesOn(more ? cursor : null, page.getNamespaces().isEmpty())) {
                return found;
            }
            page = read(
                    NAMESPACES + CONTINUE,
                    box -> box.team().namespacesListContinue(cursor),
                    DropboxReads::refused,
                    perhaps);
        }
    }

    /**
     * The id of the folder with this name at the top of a member's Dropbox, or of the team's space as that member sees it.
     *
     * @throws VendorCallException with code {@code invalid_select_user} if the member is no longer on the team
     */
    public Optional<String> folder(String member, Optional<String> teamRoot, String name) throws InterruptedException {
        Optional<String> own = folder(member, PathRoot.HOME, name);
        if (own.isPresent() || teamRoot.isEmpty()) {
            return own;
        }
        try {
            return folder(member, PathRoot.root(teamRoot.get()), name);
        } catch (VendorCallException e) {
            if (e.status() == INVALID_ROOT) { // this member's root is another one than the token's owner's
                return Optional.empty();
            }
            throw e;
        }
    }

    private Optional<String> folder(String member, PathRoot root, String name) throws InterruptedException {
        return read(METADATA, box -> {
            DbxClientV2 asMember = box.asMember(member);
            DbxClientV2 at = root.isHome() ? asMember : asMember.withPathRoot(root); // home is what no header means
            try {
                Metadata found = at.files().getMetadata("/" + name);
                if (found instanceof FolderMetadata folder) {
                    return Optional.of(folder.getId());
                }
                if (found instanceof FileMetadata || found instanceof DeletedMetadata) {
                    return Optional.empty();
                }
                throw VendorCallException.malformed(POST + METADATA)
                        .retryable(false)
                        .build(); // not told what it is
            } catch (GetMetadataErrorException e) {
                if (e.errorValue.isPath() && e.errorValue.getPathValue().isNotFound()) {
                    return Optional.empty();
                }
                throw e;
            }
        });
    }

    /** One call over the SDK. */
    @FunctionalInterface
    private interface Call<T> {
        T make(DbxTeamClientV2 box) throws DbxException;
    }

    private <T> T read(String route, Call<T> call) throws InterruptedException {
        return read(route, call, DropboxReads::refused);
    }

    /** @param otherwise what an answer tells that the SDK refuses, for a field perhaps that nobody needs */
    private <T> T read(String route, Call<T> call, Function<VendorAnswer, T> otherwise) throws InterruptedException {
        return read(route, call, otherwise, odd -> true);
    }

    /** @param perhaps whether an element that the SDK refuses may be what is looked for */
    private <T> T read(String route, Call<T> call, Function<VendorAnswer, T> otherwise, Predicate<JsonNode> perhaps)
            throws InterruptedException {
        return access.call(token -> {
            SdkTransport transport = new SdkTransport(http, access.base());
            try {
                return attempt(POST + route, token, transport, call);
            } catch (Unreadable e) {
                Optional<Salvage<T>> rest =
                        Salvage.of(e.answer.bytes(), LISTS, page -> call.make(client(transport.saying(page), token)));
                rest.ifPresent(some -> some.odd().forEach(odd -> {
                    if (perhaps.test(odd)) {
                        notes().missed(POST + route, 1);
                    } else {
                        notes().passedOver(POST + route, 1);
                    }
                }));
                return rest.map(Salvage::page).orElseGet(() -> otherwise(e.answer, otherwise));
            }
        });
    }

    private static <T> T otherwise(VendorAnswer answer, Function<VendorAnswer, T> reader) {
        try {
            return reader.apply(answer);
        } catch (RuntimeException e) { // that is not told either
            throw answer.malformed().build();
        }
    }

    @SuppressWarnings("TypeParameterUnusedInFormals") // it never returns
    private static <T> T refused(VendorAnswer answer) {
        throw answer.malformed().build();
    }

    /** The SDK does not take a success. */
    private static final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient VendorAnswer answer;

        Unreadable(VendorAnswer answer) {
            super("unreadable", null, false, false);
            this.answer = answer;
        }
    }

    /**
     * The token alone, without a refresh token, and no retries: the SDK can neither refresh nor repeat. Its client is two objects
     * around a transport, which must be the attempt's own since it keeps the answer.
     */
    private static DbxTeamClientV2 client(SdkTransport transport, String token) {
        DbxRequestConfig config = DbxRequestConfig.newBuilder("kaitsu")
                .withAutoRetryDisabled()
                .withHttpRequestor(transport)
                .build();
        return new DbxTeamClientV2(config, token);
    }

    private <T> T attempt(String operation, String token, SdkTransport transport, Call<T> call)
            throws InterruptedException {
        try {
            return call.make(client(transport, token));
        } catch (VendorCallException e) {
            throw e;
        } catch (DbxException | RuntimeException e) {
            if (transport.interrupted()) {
                throw new InterruptedException(operation);
            }
            VendorAnswer answer = transport
                    .answer()
                    .orElseThrow(() -> VendorCallException.of(operation, 0).build());
            throw answer.status() == HttpURLConnection.HTTP_OK
                    ? new Unreadable(answer)
                    : Refusals.of(answer, access.now());
        } finally {
            transport.answer().ifPresent(access::noted);
        }
    }

    @Override
    public String toString() {
        return "DropboxReads[" + access + "]";
    }
}
