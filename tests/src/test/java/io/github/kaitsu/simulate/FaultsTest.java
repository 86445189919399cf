package io.github.kaitsu.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.simulate.Deliberate.Caught;
import io.github.kaitsu.simulate.Deliberate.Planted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The checker is checked: every deliberate fault is caught, some of them in every build, all of them in the nightly one. */
class FaultsTest {
    private static final Path FAULTS = Path.of("src/test/faults");
    private static final Path CORE = Path.of("../core/src/main/java/io/github/kaitsu");

    /** Within which every one of them is caught. */
    private static final int SEEDS = 500;

    private static List<String> names() throws IOException {
        try (Stream<Path> all = Files.list(FAULTS)) {
            return all.map(f -> f.getFileName().toString().replace(".fault", ""))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void everyFault_fitsTheProductAsItIs() throws Exception {
        for (String name : names()) {
            assertThat(read(name).changed(CORE)).as(name).isNotNull();
        }
        assertThat(names()).hasSizeGreaterThanOrEqualTo(50);
    }

    @ParameterizedTest
    @ValueSource(strings = {"14-grant-twice-in-a-round", "19-fails-holds"})
    void somethingWrongWithTheProduct_isCaughtBeforeLong(String name) throws Exception {
        assertThat(caught(name, 12)).as(name).matches(Caught::isSo);
    }

    @ParameterizedTest
    @MethodSource("names")
    @EnabledIfSystemProperty(named = "kaitsu.nightly", matches = "true")
    void everyFault_isCaught(String name) throws Exception {
        assertThat(caught(name, SEEDS)).as(name).matches(Caught::isSo);
    }

    private static Planted read(String name) {
        return Planted.read(FAULTS.resolve(name + ".fault"));
    }

    private static Caught caught(String name, int seeds) throws Exception {
        String classes = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Deliberate.caught(read(name), CORE, classes, 0, seeds);
    }
}
