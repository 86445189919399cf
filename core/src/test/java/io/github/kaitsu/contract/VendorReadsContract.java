package io.github.kaitsu.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.kaitsu.CustomerId;
import io.github.kaitsu.Edition;
import io.github.kaitsu.Statement;
import io.github.kaitsu.console.ConsoleSite;
import io.github.kaitsu.provision.Facts;
import io.github.kaitsu.provision.ProbeContext;
import io.github.kaitsu.provision.ProbeResult;
import io.github.kaitsu.text.Sentences;
import io.github.kaitsu.vendor.AccessTokens;
import io.github.kaitsu.vendor.CallRetry;
import io.github.kaitsu.vendor.ConnectedProbe;
import io.github.kaitsu.vendor.VendorCallException;
import io.github.kaitsu.vendor.http.VendorHttp;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every vendor's reads must keep to, by whatever library they go: a slow vendor is cut off, one odd element does not spoil an
 * answer, and nothing is concluded from what could not be read.
 */
@Timeout(120)
public abstract class VendorReadsContract {
    private static final Duration LIMIT = Duration.ofMillis(250);
    /** So few that each is asked within the limit on a busy machine. */
    private static final int AT_ONCE = 6;

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
    private static final String LONG = "Content-Length: 1000000\r\n\r\n{\"value\":\"";

    /** For those who extend it. */
    protected VendorReadsContract() {}

    // ---- a slow vendor

    /** One call at a vendor. */
    @FunctionalInterface
    public interface Call {
        void make(URI base, Duration limit) throws Exception;
    }

    /** One call of each kind, by name: through the SDK, without it. */
    protected abstract Map<String, Call> reads();

    /** One call of each kind that is not repeated: at the token endpoint. */
    protected abstract Map<String, Call> tokenCalls();

    protected static AccessTokens tokens() {
        return AccessTokens.singleFlight(
                spent -> new AccessTokens.Token("tok_secret", Optional.empty()), Clock.systemUTC());
    }

    /** The usual number of attempts, without a wait. */
    protected static CallRetry retry() {
        return CallRetry.builder().sleeper(time -> {}).build();
    }

    private static Map<String, String[]> slow() {
        Map<String, String[]> slow = new LinkedHashMap<>();
        slow.put("nothing comes", new String[] {"", ""});
        slow.put("the status line drips", new String[] {"HTTP/1.1 200 ", "O"});
        slow.put("a header drips", new String[] {OK + "X-A: ", "x"});
        slow.put("headers drip", new String[] {OK, "X: y\r\n"});
        slow.put("the head stalls", new String[] {OK + "X-A: x", ""});
        slow.put("the body does not begin", new String[] {OK + "Content-Length: 9\r\n\r\n", ""});
        slow.put("the body drips", new String[] {OK + LONG, "x"});
        slow.put("the body stalls", new String[] {OK + LONG, ""});
        slow.put("chunks drip", new String[] {OK + "Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n", "1\r\n \r\n"});
        slow.put("a body without an end drips", new String[] {OK + "Connection: close\r\n\r\n{", " "});
        slow.put("a refusal drips", new String[] {OK.replace("200 OK", "503 Busy") + LONG, "x"});
        return slow;
    }

    @TestFactory
    Stream<DynamicTest> aSlowVendor_isCutOff_andARead_isNotRepeated() {
        return cutOff(reads(), VendorHttp.TOO_SLOW);
    }

    @TestFactory
    Stream<DynamicTest> aSlowTokenEndpoint_isCutOff_andNotAskedAgain() {
        return cutOff(tokenCalls(), VendorHttp.ANSWER_LOST);
    }

    /** Each mostly waits, so all of them wait at once; the first goes alone, since it may have classes to load. */
    private static Stream<DynamicTest> cutOff(Map<String, Call> calls, String code) {
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        List<DynamicTest> tests = new ArrayList<>();
        calls.forEach((name, call) -> {
            Future<?> first = null;
            for (Map.Entry<String, String[]> slow : slow().entrySet()) {
                Future<?> before = first;
                Future<?> cutOff = threads.submit(() -> {
                    if (before != null) {
                        before.get();
                    }
                    assertCutOff(call, slow.getValue()[0], slow.getValue()[1], code);
                    return null;
                });
                first = before == null ? cutOff : before;
                tests.add(dynamicTest(name + ": " + slow.getKey(), cutOff::get));
            }
        });
        threads.shutdown();
        return tests.stream();
    }

    private static void assertCutOff(Call call, String beginning, String piece, String code) throws IOException {
        try (SlowServer vendor = new SlowServer(beginning, piece)) {
            VendorCallException e =
                    catchThrowableOfType(VendorCallException.class, () -> call.make(vendor.base(), LIMIT));
            assertThat(e.status()).isZero();
            assertThat(e.code()).contains(code);
            assertThat(e.retryable()).isFalse();
            assertThat(vendor.asked).hasValue(1);
            assertThat(e.asLook(VendorServer.NOW)).isInstanceOf(ProbeResult.Unclear.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT30.001S", "PT0S", "-PT1S"})
    void noCall_mayHaveMoreThanHalfAMinute_orNoTime(Duration limit) {
        Stream.of(reads(), tokenCalls())
                .flatMap(calls -> calls.values().stream())
                .forEach(call -> assertThat(catchThrowableOfType(
                                IllegalArgumentException.class,
                                () -> call.make(URI.create("http://127.0.0.1:1"), limit)))
                        .hasMessageContaining("callLimit"));
    }

    // ---- odd answers

    /** The class beside which the texts stand. */
    protected abstract Class<?> texts();

    /**
     * An answer that a look rests on.
     *
     * @param name for people
     * @param list the field of the answer that holds its elements; empty if it is one object
     * @param answer as the vendor gives it
     * @param proves whether its elements prove the look, so that odd ones beside them change nothing; else the look says that
     *     something is not there
     */
    public record Reading(String name, String list, String answer, boolean proves, Look look) {}

    /** Looks with the answer in place of the usual one. */
    @FunctionalInterface
    public interface Look {
        ProbeResult with(String answer) throws Exception;
    }

    protected abstract List<Reading> readings();

    /** Puts the vendor's usual answers in place again. */
    protected abstract void sayTheUsual();

    /** Whether a change is no odd answer, but one that the vendor gives as well and that means something else. */
    protected boolean meansSomethingElse(String reading, String change) {
        return false;
    }

    protected static <C> ProbeResult look(C reads, ConnectedProbe.Question<C> question, Map<String, String> facts)
            throws InterruptedException {
        return look(reads, question, facts, VendorServer.CLOCK);
    }

    protected static <C> ProbeResult look(
            C reads, ConnectedProbe.Question<C> question, Map<String, String> facts, Clock clock)
            throws InterruptedException {
        CustomerId customer = CustomerId.of(ConsoleSite.JP, "CAS0001");
        return new ConnectedProbe<>("", c -> Optional.of(reads), question, "", "")
                .look(new ProbeContext(customer, Facts.of(facts), clock, clock.instant()));
    }

    @TestFactory
    Stream<DynamicTest> anOddElement_isCountedAndSaid_andDoesNotSpoilTheRest() {
        return readings().stream()
                .filter(reading -> !reading.list().isEmpty())
                .map(reading -> dynamicTest(reading.name(), () -> {
                    sayTheUsual();
                    ProbeResult usual = reading.look().with(reading.answer());
                    List<String> wrong = new ArrayList<>();
                    for (Map.Entry<String, String> odd : OddAnswers.withStrangers(reading.answer(), reading.list())
                            .entrySet()) {
                        ProbeResult look = reading.look().with(odd.getValue());
                        boolean right = isTold(look)
                                && (reading.proves() ? isSame(look, usual) : look instanceof ProbeResult.Unclear);
                        if (!right) {
                            wrong.add(odd.getKey() + " → " + look);
                        }
                    }
                    assertThat(wrong).as(usual.toString()).isEmpty();
                }));
    }

    /** With a number, since one page may be read for several questions. */
    private boolean isTold(ProbeResult look) {
        String ja = Sentences.say(texts(), look.seen(), Edition.AUTO, Locale.JAPANESE);
        String en = Sentences.say(texts(), look.seen(), Edition.AUTO, Locale.ENGLISH);
        return look.seen().besides().stream()
                .filter(s -> s.code().equals("elements-not-read"))
                .map(s -> s.arguments().get(1))
                .anyMatch(many ->
                        ja.contains(many + " 件の要素を読み取れなかった") && en.contains(many + " elements could not be read"));
    }

    @TestFactory
    Stream<DynamicTest> anOddField_neverMakesTheOppositeOfAnAnswer() {
        return readings().stream()
                .map(reading -> dynamicTest(reading.name(), () -> {
                    sayTheUsual();
                    ProbeResult usual = reading.look().with(reading.answer());
                    List<String> wrong = new ArrayList<>();
                    OddAnswers.withOddFields(reading.answer()).forEach((change, answer) -> {
                        if (!meansSomethingElse(reading.name(), change)) {
                            ProbeResult look = looked(reading, answer);
                            boolean unsure =
                                    look instanceof ProbeResult.Unclear || look instanceof ProbeResult.NoAccess;
                            if (!unsure && !look.getClass().equals(usual.getClass())) {
                                wrong.add(change + " → " + look);
                            }
                        }
                    });
                    assertThat(wrong).as(usual.toString()).isEmpty();
                }));
    }

    private static ProbeResult looked(Reading reading, String answer) {
        try {
            return reading.look().with(answer);
        } catch (Exception e) {
            return ProbeResult.fails("thrown", e);
        }
    }

    private static boolean isSame(ProbeResult look, ProbeResult usual) {
        return without(look).equals(without(usual));
    }

    private static ProbeResult without(ProbeResult look) {
        Statement seen = new Statement(
                look.seen().code(), look.seen().arguments(), look.seen().quote());
        return look instanceof ProbeResult.Holds holds
                ? new ProbeResult.Holds(seen, holds.facts())
                : look instanceof ProbeResult.Fails ? new ProbeResult.Fails(seen) : look;
    }
}
