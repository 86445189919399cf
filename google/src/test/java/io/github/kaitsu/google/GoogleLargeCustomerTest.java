package io.github.kaitsu.google;

import static io.github.kaitsu.google.GoogleServer.USERS;
import static io.github.kaitsu.google.GoogleServer.activity;
import static io.github.kaitsu.google.GoogleServer.installed;
import static io.github.kaitsu.google.GoogleServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.Edition;
import io.github.kaitsu.contract.Steps;
import io.github.kaitsu.provision.ActivationStep;
import io.github.kaitsu.provision.Facts;
import io.github.kaitsu.provision.ProbeResult;
import io.github.kaitsu.provision.StepContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Listings of large customers: page by page, with nothing kept but a count or the last event. */
@Timeout(120)
class GoogleLargeCustomerTest {
    private static final int USERS_IN_ALL = 100_000;
    private static final int EVENT_PAGES = 60;

    private GoogleServer google;

    @BeforeEach
    void start() throws Exception {
        google = new GoogleServer();
    }

    @AfterEach
    void stop() throws Exception {
        google.close();
    }

    @Test
    void aHundredThousandUsers_areCountedPageByPage_withEqualParametersOtherwise() throws Exception {
        google.program(USERS, GoogleLargeCustomerTest::users);
        assertThat(google.connection().reads(Given.HTTP).users()).isEqualTo(USERS_IN_ALL);
        assertThat(google.requests).hasSize(USERS_IN_ALL / 500);
        assertThat(google.lines().stream().map(l -> l.replaceAll("&pageToken=.*", "")))
                .containsOnly(USERS + "?customer=my_customer&fields=nextPageToken,users(id)&maxResults=500");
    }

    /** Pages made up as they are asked for, as many as the request's maximum. */
    private static MockResponse users(RecordedRequest request) {
        String token = request.getRequestUrl().queryParameter("pageToken");
        int size = Integer.parseInt(request.getRequestUrl().queryParameter("maxResults"));
        int from = token == null ? 0 : Integer.parseInt(token);
        String page = IntStream.range(from, from + size)
                .mapToObj(i -> "{\"id\":\"" + i + "\"}")
                .collect(Collectors.joining(","));
        String next = from + size < USERS_IN_ALL ? ",\"nextPageToken\":\"" + (from + size) + "\"" : "";
        return json(200, "{\"users\":[" + page + "]" + next + "}");
    }

    /** The log grows while it is read: the page before is seen again in part, and a page may be empty. */
    @Test
    void aLongLogWithOverlapsAndEmptyPages_isReadToItsEnd_andAnEventSeenTwiceChangesNothing() throws Exception {
        google.admin()
                .log("admin", "AUTHORIZE_API_CLIENT_ACCESS", GoogleServer.granted("2026-11-20T00:00:00Z"))
                .program(GoogleServer.log("admin"), request -> {
                    String event = request.getRequestUrl().queryParameter("eventName");
                    if (event.equals("AUTHORIZE_API_CLIENT_ACCESS")) {
                        return json(200, "{\"items\":[" + GoogleServer.granted("2026-11-20T00:00:00Z") + "]}");
                    }
                    return event.equals("ADD_APPLICATION") ? page(request) : json(200, "{}");
                });
        ProbeResult look = look();
        assertThat(look).isInstanceOf(ProbeResult.Holds.class);
        assertThat(look.seen().code()).isEqualTo("app-installed");
        assertThat(look.seen().arguments()).startsWith("2026-11-20T01:00:00Z", "admin@example.com");
        assertThat(google.lines())
                .filteredOn(l -> l.contains("ADD_APPLICATION"))
                .hasSize(EVENT_PAGES);
    }

    private static MockResponse page(RecordedRequest request) {
        String token = request.getRequestUrl().queryParameter("pageToken");
        int page = token == null ? 0 : Integer.parseInt(token);
        String next = page + 1 < EVENT_PAGES ? ",\"nextPageToken\":\"" + (page + 1) + "\"" : "";
        if (page % 7 == 3) {
            return json(200, "{\"kind\":\"admin#reports#activities\"" + next + "}");
        }
        String others = IntStream.range(0, 999)
                .mapToObj(
                        i -> activity("2026-11-19T00:00:00Z", "-" + i, "ADD_APPLICATION", "APPLICATION_NAME", "Other"))
                .collect(Collectors.joining(","));
        return json(200, "{\"items\":[" + others + "," + installed("2026-11-20T01:00:00Z") + "]" + next + "}");
    }

    /** What a host must expect of Google's quotas: calls, not time. */
    @Test
    void aWholePreflightAndProof_takeTwentyTwoCalls_forACustomerOfOnePageEach() throws Exception {
        google.admin()
                .on(USERS, "{\"users\":[{\"id\":\"107\"}]}")
                .on(GoogleServer.POLICIES, "{}")
                .on(GoogleServer.LICENCES, "{\"items\":[{\"skuId\":\"1010020028\"}]}")
                .log("admin", "ADD_APPLICATION", installed("2026-11-20T01:00:00Z"))
                .log("admin", "AUTHORIZE_API_CLIENT_ACCESS", GoogleServer.granted("2026-11-20T01:00:00Z"))
                .on(
                        GoogleServer.TOKENS,
                        "{\"items\":[{\"clientId\":\"900\",\"displayText\":\"" + GoogleServer.APP
                                + "\",\"scopes\":[\"https://www.googleapis.com/auth/drive\"]}]}")
                .on(GoogleServer.FILES, GoogleServer.files("f1", GoogleServer.TEMP, "f2", GoogleServer.QUARANTINE));
        Facts facts = Facts.of(Map.of("tenant.GOOGLE", "C012"));
        GoogleConnection connection = google.connection();
        StepContext context = new StepContext(
                Given.request(Edition.CONSOLE_2024_04, List.of(), CloudService.GOOGLE_DRIVE),
                Edition.CONSOLE_2024_04,
                facts);
        List<String> looked = new ArrayList<>();
        for (ActivationStep step :
                GoogleDriveProvisioner.create(c -> Optional.of(connection)).steps(context)) {
            assertThat(Steps.look(step, context, GoogleServer.CLOCK))
                    .as(step.id().value())
                    .isInstanceOf(ProbeResult.Holds.class);
            looked.add(step.id().value());
        }
        assertThat(looked).hasSize(7);
        assertThat(google.requests).hasSize(22);
    }

    @Test
    void aListingThatLeadsBackToItself_isGivenUp() {
        google.on(USERS, "{\"users\":[{\"id\":\"1\"}],\"nextPageToken\":\"again\"}");
        assertThatThrownBy(() -> google.connection().reads(Given.HTTP).users())
                .hasMessage("GET /admin/directory/v1/users: status 200 listing_does_not_end");
    }

    private ProbeResult look() throws InterruptedException {
        GoogleConnection connection = google.connection();
        StepContext context = Given.context(Edition.CONSOLE_2024_04, CloudService.GMAIL);
        return Steps.look(
                GmailProvisioner.create(c -> Optional.of(connection)),
                context,
                "gmail.marketplace",
                GoogleServer.CLOCK);
    }
}
