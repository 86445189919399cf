package io.github.kaitsu;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;

/** A host that embeds the core gets little with it. */
class RuntimeSizeTest {
    private static final long MEGABYTE = 1_000_000;

    @Test
    void coreAndAllItNeedsAtRunTime_areAtMostTwelveJarsAndFiveMegabytes() throws Exception {
        List<Path> jars = runtimeJars();
        Path classes = Path.of(Activation.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        long size = packed(classes);
        for (Path jar : jars) {
            size += Files.size(jar);
        }

        assertThat(jars).isNotEmpty().allMatch(jar -> jar.toString().endsWith(".jar"));
        assertThat(jars).hasSizeLessThanOrEqualTo(12 - 1);
        assertThat(size).isLessThanOrEqualTo(5 * MEGABYTE);
    }

    /** As the build wrote it: the class path of a consumer of core, without core. */
    private static List<Path> runtimeJars() throws IOException {
        try (InputStream in = Activation.class.getResourceAsStream("/runtime.classpath")) {
            String classPath = new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
            return Stream.of(classPath.split(File.pathSeparator)).map(Path::of).toList();
        }
    }

    /** As many bytes as a jar has of it, but for its directory. */
    private static long packed(Path root) throws IOException {
        Deflater deflater = new Deflater();
        long size = 0;
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                deflater.setInput(Files.readAllBytes(file));
                deflater.finish();
                byte[] ignored = new byte[1 << 16];
                while (!deflater.finished()) {
                    size += deflater.deflate(ignored);
                }
                deflater.reset();
            }
        } finally {
            deflater.end();
        }
        return size;
    }
}
