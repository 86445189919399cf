package io.github.kaitsu.dropbox.internal;

import com.dropbox.core.DbxException;
import com.dropbox.core.DbxRequestConfig;
import com.dropbox.core.v2.DbxClientV2;
import com.dropbox.core.v2.DbxTeamClientV2;
import com.dropbox.core.v2.common.PathRoot;
import com.dropbox.core.v2.files.FolderMetadata;
import com.dropbox.core.v2.files.GetMetadataErrorException;
import com.dropbox.core.v2.files.Metadata;
import com.dropbox.core.v2.team.NamespaceMetadata;
import com.dropbox.core.v2.team.NamespaceType;
import com.dropbox.core.v2.team.TeamGetInfoResult;
import com.dropbox.core.v2.team.TeamMemberProfile;
import com.dropbox.core.v2.team.TeamNamespacesListResult;
import com.dropbox.core.v2.teamcommon.TimeRange;
import com.dropbox.core.v2.teamlog.GetTeamEventsContinueErrorException;
import com.dropbox.core.v2.teamlog.GetTeamEventsResult;
import io.github.kaitsu.vendor.VendorAccess;
import io.github.kaitsu.vendor.VendorCallException;
import io.github.kaitsu.vendor.http.Paging;
import io.github.kaitsu.vendor.http.VendorHttp;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The few things Kaitsu reads at Dropbox, over the Dropbox SDK's team client.
 *
 * <p>Every method throws {@link VendorCallException} and nothing else of the vendor's. Listings hold one page at a time.
 * Thread-safe. A call ends within half a minute, or at once when its thread is interrupted.
 */
public final class DropboxReads {
    private static final String POST = "POST /2/";
    private static final String INFO = "team/get_info";
    private static final String ADMIN = "team/token/get_authenticated_admin";
    private static final String NAMESPACES = "team/namespaces/list";
    private static final String EVENTS = "team_log/get_events";
    private static final String METADATA = "files/get_metadata";
    private static final String CONTINUE = "/continue";

    private static final long PAGE = 1000;
    private static final int MOST_PAGES = 5_000;
    private static final int MOST_RESETS = 3;
    /** Events come in no order, so a little before the place that a reset names is read again. */
    private static final Duration RESET_OVERLAP = Duration.ofDays(1);

    private static final Set<NamespaceType> SHARED = Set.of(NamespaceType.SHARED_FOLDER, NamespaceType.TEAM_FOLDER);

    private static final int INVALID_ROOT = 422;
    private static final Duration WHOLE_CALL = Duration.ofSeconds(30);
    /** A page has a thousand lines at most, of some kilobytes each. */
    private static final long LONGEST_ANSWER = 16 << 20;

    private final VendorAccess access;
    private final VendorHttp http;

    public DropboxReads(VendorAccess access, VendorHttp http) {
        this.access = access;
        this.http = http.reading(WHOLE_CALL, LONGEST_ANSWER);
    }

    /**
     * The team that the token is for.
     *
     * @param users members invited and active
     */
    public record Team(String id, String name, long users) {}

    public Team team() throws InterruptedException {
        TeamGetInfoResult team = read(INFO, box -> box.team().getInfo());
        return new Team(team.getTeamId(), team.getName(), team.getNumProvisionedUsers());
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
        TeamMemberProfile admin =
                read(ADMIN, box -> box.team().tokenGetAuthenticatedAdmin()).getAdminProfile();
        return new Admin(
                admin.getTeamMemberId(),
                admin.getEmail(),
                admin.getStatus().tag().name().toLowerCase(Locale.ROOT),
                Optional.of(admin.getRootFolderId()).filter(root -> !root.equals(admin.getMemberFolderId())));
    }

    /** Shows each line of the team's log of one kind, in any order and perhaps twice. */
    public void appEvents(AppEvent.Kind kind, Consumer<AppEvent> each) throws InterruptedException {
        Paging pages = new Paging(POST + EVENTS + CONTINUE, MOST_PAGES);
        GetTeamEventsResult page = firstEvents(kind, null);
        page.getEvents().forEach(e -> AppEvent.of(kind, e).ifPresent(each));
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
            page.getEvents().forEach(e -> AppEvent.of(kind, e).ifPresent(each));
        }
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
        Paging pages = new Paging(POST + NAMESPACES + CONTINUE, MOST_PAGES);
        TeamNamespacesListResult page = read(NAMESPACES, box -> box.team().namespacesList());
        while (true) {
            Optional<String> found = page.getNamespaces().stream()
                    .filter(n -> n.getName().equals(name) && SHARED.contains(n.getNamespaceType()))
                    .map(NamespaceMetadata::getNamespaceId)
                    .findFirst();
            boolean more = found.isEmpty() && page.getHasMore();
            String cursor = page.getCursor();
            if (!pages.goesOn(more ? cursor : null, page.getNamespaces().isEmpty())) {
                return found;
            }
            page = read(NAMESPACES + CONTINUE, box -> box.team().namespacesListContinue(cursor));
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
                return found instanceof FolderMetadata folder ? Optional.of(folder.getId()) : Optional.empty();
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
        return access.call(token -> attempt(POST + route, token, call));
    }

    /**
     * The token alone, without a refresh token, and no retries: the SDK can neither refresh nor repeat. Its client is two objects
     * around a transport, which must be the attempt's own since it keeps the answer.
     */
    private <T> T attempt(String operation, String token, Call<T> call) throws InterruptedException {
        SdkTransport transport = new SdkTransport(http, access.base());
        DbxRequestConfig config = DbxRequestConfig.newBuilder("kaitsu")
                .withAutoRetryDisabled()
                .withHttpRequestor(transport)
                .build();
        try {
            return call.make(new DbxTeamClientV2(config, token));
        } catch (VendorCallException e) {
            throw e;
        } catch (DbxException | RuntimeException e) {
            if (transport.interrupted()) {
                throw new InterruptedException(operation);
            }
            throw transport
                    .answer()
                    .map(answer -> Refusals.of(operation, answer, access.now()))
                    .orElseGet(() -> VendorCallException.of(operation, 0).build());
        }
    }

    @Override
    public String toString() {
        return "DropboxReads[" + access + "]";
    }
}
