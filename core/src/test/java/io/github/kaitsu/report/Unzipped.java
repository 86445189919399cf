package io.github.kaitsu.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** An evidence bundle as whoever checks it has it: files in a folder, and the commands of its VERIFY.md. */
final class Unzipped {
    private Unzipped() {}

    static Map<String, byte[]> files(byte[] zip) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                files.put(entry.getName(), in.readAllBytes());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    static void write(Map<String, byte[]> files, Path folder) throws IOException {
        Files.createDirectories(folder);
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Files.write(folder.resolve(file.getKey()), file.getValue());
        }
    }

    /** The one block of commands. */
    static String commands(Map<String, byte[]> files) {
        String text = new String(files.getOrDefault("VERIFY.md", new byte[0]), StandardCharsets.UTF_8);
        int begin = text.indexOf("```sh\n") + 6;
        return text.substring(begin, text.indexOf("```", begin));
    }

    /** What the commands print, in this folder, with the signer's public key. */
    static String run(String commands, Path folder, Path key) throws IOException, InterruptedException {
        assertThat(hasOpenssl())
                .as("openssl is not installed: this test checks bundles with it (apt-get install openssl)")
                .isTrue();
        Process sh = new ProcessBuilder("sh", "-c", commands)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        sh.getOutputStream().close();
        byte[] out = sh.getInputStream().readAllBytes();
        assertThat(sh.waitFor(60, TimeUnit.SECONDS)).as("the commands end").isTrue();
        assertThat(Files.exists(key)).isTrue();
        return new String(out, StandardCharsets.UTF_8);
    }

    private static boolean hasOpenssl() {
        for (String folder : System.getenv().getOrDefault("PATH", "").split(java.io.File.pathSeparator)) {
            if (Files.isExecutable(Path.of(folder, "openssl"))) {
                return true;
            }
        }
        return false;
    }
}
