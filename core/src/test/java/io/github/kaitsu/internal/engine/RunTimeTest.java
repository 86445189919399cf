package io.github.kaitsu.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RunTimeTest {
    private static final Instant BEGUN = Instant.parse("2026-11-24T00:00:00Z");

    /** Entries after the beginning, as what the clock says has passed, and when something is over that began with it. */
    static Stream<Arguments> deadlines() {
        return Stream.of(
                deadline("nothing happens", "PT1H", "", "PT1H"),
                deadline("entries in between", "PT1H", "PT10M PT40M", "PT1H"),
                deadline("over before the gap", "PT1H", "PT1H PT720H", "PT1H"),
                deadline("a gap", "PT1H", "PT720H", "PT721H"),
                deadline("a gap at half time", "PT1H", "PT30M PT12H", "PT13H30M"),
                deadline("two gaps: half of the second counts", "PT1H", "PT24H PT24H", "PT48H30M"),
                deadline("three gaps: over with the third", "PT1H", "PT24H PT24H PT24H", "PT72H"),
                deadline("set back", "PT1H", "PT30M PT-720H", "PT1H"),
                deadline("set back, and time goes on", "PT1H", "PT30M PT-720H PT20M", "PT1H"),
                deadline("set back and right again", "PT1H", "PT10M PT-12H PT10M PT12H", "PT1H"),
                deadline("forward and right again", "PT1H", "PT10M PT12H PT10M PT-12H", "PT13H10M"),
                deadline("a month, looked after", "PT720H", "PT10H ".repeat(20), "PT720H"),
                deadline("a month, and a leap of a month", "PT720H", "PT10H PT720H", "PT1450H"),
                deadline("a day of silence a day", "PT720H", "PT24H ".repeat(10), "PT744H"),
                deadline("of no length", "PT0S", "PT720H", "PT0S"));
    }

    private static Arguments deadline(String name, String length, String passed, String end) {
        return Arguments.of(name, Duration.parse(length), passed, Duration.parse(end));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("deadlines")
    void end_isByTheTimeThatWasHad(String name, Duration length, String passed, Duration end) {
        RunTime time = new RunTime();
        Instant clock = BEGUN;
        time.entry(clock);
        for (String some :
                passed.isBlank() ? List.<String>of() : List.of(passed.strip().split(" "))) {
            clock = clock.plus(Duration.parse(some));
            time.entry(clock);
        }

        assertThat(Duration.between(BEGUN, time.end(1, length))).isEqualTo(end);
    }

    @Test
    void isOver_inAGapThatNoEntryCloses_isNot() {
        RunTime time = new RunTime();
        time.entry(BEGUN);

        assertThat(time.isOver(1, Duration.ofHours(1), BEGUN.plus(Duration.ofMinutes(59))))
                .isFalse();
        assertThat(time.isOver(1, Duration.ofHours(1), BEGUN.plus(Duration.ofMinutes(61))))
                .isTrue();
        assertThat(time.isOver(1, Duration.ofHours(1), BEGUN.plus(Duration.ofHours(12))))
                .isFalse();
        assertThat(time.isOver(1, Duration.ofDays(30), BEGUN.plus(Duration.ofDays(31))))
                .isFalse();
    }

    /** Whatever clocks write in whatever order, with whatever leaps. */
    @Test
    void at_neverRunsBack_andIsTheClocksWhereNoneWasSetBack() {
        for (int seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            RunTime time = new RunTime();
            RunTime forward = new RunTime();
            Instant clock = BEGUN;
            List<Instant> had = new ArrayList<>();
            for (int entry = 1; entry <= 60; entry++) {
                boolean isLeap = random.nextInt(6) == 0;
                clock = clock.plusSeconds(isLeap ? random.nextInt(5_000_000) - 2_500_000 : random.nextInt(7_000));
                time.entry(clock);
                had.add(time.of(entry));
                Instant only = BEGUN.plusSeconds(entry * 1000L);
                forward.entry(only);
                assertThat(forward.of(entry)).isEqualTo(only);
            }
            assertThat(had).as("seed %d", seed).isSorted();
        }
    }

    /** As long as both go on, the time had is the time of the world, however they alternate. */
    @Test
    void twoClocks_areOneTime_andTheirDifferenceIsToldOnce() {
        for (Duration apart : List.of(Duration.ofDays(2), Duration.ofDays(-2), Duration.ofHours(3))) {
            RunTime time = new RunTime();
            Random random = new Random(1);
            Instant world = BEGUN;
            int told = 0;
            time.entry(world);
            time.entry(world.plus(apart));
            time.entry(world);
            Instant settled = time.of(3);
            for (int i = 0; i < 200; i++) {
                world = world.plusSeconds(random.nextInt(1800));
                Instant clock = random.nextBoolean() ? world : world.plus(apart);
                told += time.untold(clock).filter(l -> l.number() > 3).isPresent() ? 1 : 0;
                time.entry(clock);
            }
            assertThat(Duration.between(settled, time.of(203)))
                    .isCloseTo(Duration.between(BEGUN, world), Duration.ofMinutes(2));
            assertThat(told).isZero();
        }
    }
}
