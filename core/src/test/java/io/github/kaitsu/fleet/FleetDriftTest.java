package io.github.kaitsu.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ActivationStatus;
import io.github.kaitsu.ActivationView.Bilingual;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.DriftReport;
import io.github.kaitsu.DriftReport.Finding;
import io.github.kaitsu.DriftReport.Verdict;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.Evidence;
import io.github.kaitsu.Evidence.Level;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.Statement;
import io.github.kaitsu.StepId;
import io.github.kaitsu.console.ConsoleSite;
import io.github.kaitsu.fleet.FleetDrift.Cause;
import io.github.kaitsu.fleet.FleetDrift.Notice;
import io.github.kaitsu.store.RunHead;
import io.github.kaitsu.store.Turn;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Many customers are looked at, and a vendor that is out is named once and left alone. */
class FleetDriftTest {
    private static final Instant NOW = Instant.parse("2026-12-01T00:00:00Z");
    private static final Statement SILENT = Statement.of("vendor-silent", "GET /2.0/users/me");
    private static final Statement SEEN = Statement.of("folders-found");

    private static Map<RunHead, Set<CloudService>> customers(int many) {
        Map<RunHead, Set<CloudService>> all = new LinkedHashMap<>();
        for (int i = 0; i < many; i++) {
            all.put(head(i), EnumSet.of(CloudService.BOX, CloudService.DROPBOX));
        }
        return all;
    }

    private static RunHead head(int i) {
        return new RunHead(
                ActivationId.of("run-%03d".formatted(i)),
                1,
                new CustomerId(ConsoleSite.JP, "CAS%04d".formatted(i), CustomerId.DEFAULT_ORGANISATION),
                false,
                Optional.of("=Company " + i),
                Optional.of("K-" + i),
                Set.of(),
                Map.of(CloudService.BOX, ActivationStatus.PROTECTED, CloudService.DROPBOX, ActivationStatus.PROTECTED),
                Turn.NOBODY,
                NOW,
                NOW,
                NOW);
    }

    private static DriftReport report(RunHead run, List<Finding> findings) {
        return new DriftReport(run.id(), run.customer(), NOW, findings, Optional.empty());
    }

    private static Finding finding(CloudService service, Verdict verdict, Statement seen) {
        Level level = verdict == Verdict.HOLDS
                ? Level.VERIFIED
                : verdict == Verdict.LOST ? Level.CONTRADICTED : Level.UNKNOWN;
        Evidence now = new Evidence(level, seen, Evidence.Source.api("GET", ""), NOW);
        Bilingual text = new Bilingual("文", "text");
        return new Finding(
                service,
                StepId.of(service, "folders"),
                "BOX-7",
                text,
                verdict,
                Optional.empty(),
                now,
                text,
                text,
                true);
    }

    private static FleetDrift verify(int many, FleetDrift.Verifier verifier) throws InterruptedException {
        return new FleetVerify(verifier, one -> {}).of(customers(many), 1);
    }

    @Test
    void vendorThatIsOut_isNamedOnce_andAskedNoMoreAfterThreeCustomers_whileTheOtherIsAskedForAll() throws Exception {
        List<Set<CloudService>> asked = new ArrayList<>();

        FleetDrift drift = verify(100, (run, services) -> {
            asked.add(services);
            return report(
                    run,
                    services.stream()
                            .map(s -> s == CloudService.BOX
                                    ? finding(s, Verdict.UNKNOWN, SILENT)
                                    : finding(s, Verdict.HOLDS, SEEN))
                            .toList());
        });

        assertThat(asked).filteredOn(s -> s.contains(CloudService.BOX)).hasSize(3);
        assertThat(asked).filteredOn(s -> s.contains(CloudService.DROPBOX)).hasSize(100);
        assertThat(drift.notices()).hasSize(1);
        Notice notice = drift.notices().get(0);
        assertThat(notice.provider()).isEqualTo(CloudService.Provider.BOX);
        assertThat(notice.cause()).isEqualTo(Cause.SILENT);
        assertThat(notice.met()).hasSize(3);
        assertThat(notice.notAsked()).hasSize(97);
        assertThat(drift.customers()).hasSize(100);
        assertThat(drift.lost()).isEmpty();
        assertThat(drift.holding()).isEmpty();
    }

    /** A tenant that is throttled, or a customer who lost something, is no vendor that is out. */
    @Test
    void vendorThatAnswersOthers_isAskedOn() throws Exception {
        FleetDrift drift = verify(9, (run, services) -> {
            boolean isThrottled = Integer.parseInt(run.id().value().substring(4)) % 3 != 0; // two in a row
            Statement seen = Statement.of("vendor-refused", "GET /2.0/users/me", 429);
            return report(
                    run,
                    List.of(
                            isThrottled
                                    ? finding(CloudService.BOX, Verdict.UNKNOWN, seen)
                                    : finding(CloudService.BOX, Verdict.LOST, SEEN)));
        });

        assertThat(drift.customers()).allSatisfy(c -> assertThat(c.notAsked()).isEmpty());
        assertThat(drift.notices()).singleElement().satisfies(n -> {
            assertThat(n.cause()).isEqualTo(Cause.OVERLOADED);
            assertThat(n.met()).hasSize(6);
            assertThat(n.notAsked()).isEmpty();
        });
        assertThat(drift.lost()).hasSize(3);
        assertThat(drift.csv(Locale.ENGLISH))
                .startsWith("\uFEFF\"company\"")
                .contains("\"'=Company 0\",\"K-0\"", "\"LOST\"", "\r\n");
    }

    @Test
    void oneCustomersTrouble_isNoneOfTheOthers_butABrokenStoreEndsIt() throws Exception {
        FleetDrift drift = verify(4, (run, services) -> {
            if (run.id().value().equals("run-001")) {
                throw KaitsuException.of(ErrorCode.STORE_CORRUPT, "", "journal", 3);
            }
            return report(run, List.of(finding(CloudService.BOX, Verdict.HOLDS, SEEN)));
        });

        assertThat(drift.customers()).hasSize(3);
        assertThat(drift.holding()).hasSize(3);
        assertThat(drift.troubles())
                .singleElement()
                .satisfies(t -> assertThat(t.why().code()).isEqualTo(ErrorCode.STORE_CORRUPT));
        assertThatThrownBy(() -> verify(4, (run, services) -> {
                    throw KaitsuException.of(ErrorCode.IO_ERROR, "", "disk");
                }))
                .isInstanceOfSatisfying(
                        KaitsuException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.IO_ERROR));
    }

    @Test
    void retriesId_isTheNextOne_andNeverTooLong() {
        assertThat(FleetRetry.next(ActivationId.of("run-1")).value()).isEqualTo("run-1-r2");
        assertThat(FleetRetry.next(ActivationId.of("run-1-r2")).value()).isEqualTo("run-1-r3");
        ActivationId longest = ActivationId.of("x".repeat(64));
        ActivationId next = FleetRetry.next(longest);
        assertThat(next.value()).hasSizeLessThanOrEqualTo(64).endsWith("-r2");
        assertThat(FleetRetry.next(next).value()).hasSizeLessThanOrEqualTo(64).endsWith("-r3");
    }
}
