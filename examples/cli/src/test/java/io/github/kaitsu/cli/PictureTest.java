package io.github.kaitsu.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The terminal in {@code docs/pictures}, from a real run: {@code -Dkaitsu.pictures.write=true} makes it anew, else it must show what
 * the command says today.
 */
class PictureTest {
    private static final int COLUMNS = 110;
    private static final int LINES = 34;

    @ParameterizedTest
    @ValueSource(strings = {"en", "ja"})
    void terminal_showsWhatTheCommandSays(String language) throws IOException {
        Kaitsu.Result run = Kaitsu.run("activate", "--sandbox", "--services", "box,gmail", "--lang", language);
        assertThat(run.exit()).as(run.err()).isZero();

        String now = svg(Stream.concat(
                        Stream.of("$ kaitsu activate --sandbox --services box,gmail --lang " + language),
                        (run.err() + "\n" + run.out()).lines())
                .limit(LINES)
                .map(PictureTest::cut)
                .toList());
        Path file = Path.of("..", "..", "docs", "pictures", "terminal." + language + ".svg");
        if (Boolean.getBoolean("kaitsu.pictures.write")) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, now);
        }
        assertThat(Files.readString(file))
                .as("-Dkaitsu.pictures.write=true makes it anew")
                .isEqualTo(now);
    }

    private static String cut(String line) {
        int width = 0;
        StringBuilder shown = new StringBuilder();
        for (int c : line.codePoints().toArray()) {
            width += c < 0x2000 ? 1 : 2;
            if (width > COLUMNS) {
                return shown + "…";
            }
            shown.appendCodePoint(c);
        }
        return shown.toString();
    }

    private static String svg(List<String> lines) {
        StringBuilder svg = new StringBuilder();
        int height = lines.size() * 20 + 30;
        svg.append(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 960 %d\" role=\"img\">\n".formatted(height));
        svg.append("<rect width=\"960\" height=\"%d\" rx=\"6\" fill=\"#1d2630\"/>\n".formatted(height));
        svg.append("<g font-family=\"ui-monospace,Menlo,Consolas,'Noto Sans Mono CJK JP','IPAGothic',monospace\" "
                + "font-size=\"13\" fill=\"#e8edf2\">\n");
        int y = 30;
        for (String line : lines) {
            String color =
                    line.contains("PROTECTED") ? " fill=\"#8fd694\"" : line.startsWith("$") ? " fill=\"#f2c14e\"" : "";
            svg.append("<text x=\"18\" y=\"%d\"%s>%s</text>\n".formatted(y, color, escaped(line)));
            y += 20;
        }
        return svg.append("</g>\n</svg>\n").toString();
    }

    private static String escaped(String line) {
        return line.replace("&", "&amp;").replace("<", "&lt;").replace(' ', '\u00a0'); // spaces would be folded
    }
}
