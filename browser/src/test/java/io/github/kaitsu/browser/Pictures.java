package io.github.kaitsu.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;

/**
 * The pictures in {@code docs/pictures}: a screenshot, with what it says as text beside it. {@code -Dkaitsu.pictures.write=true} makes
 * them anew; else they must say what would be shown today, numbers and times aside.
 */
final class Pictures {
    private static final Path FOLDER = Path.of("..", "docs", "pictures");
    private static final Pattern SAYS = Pattern.compile("<desc>(.*?)</desc>", Pattern.DOTALL);

    private Pictures() {}

    static void assertStillTrue(String name, String says, byte[] png) throws IOException {
        Path file = FOLDER.resolve(name + ".svg");
        String text = says.strip().replace("&", "&amp;").replace("<", "&lt;").replaceAll("\\s+", " ");
        if (Boolean.getBoolean("kaitsu.pictures.write")) {
            Files.createDirectories(FOLDER);
            Files.writeString(file, svg(text, png));
        }
        Matcher shown = SAYS.matcher(Files.readString(file));
        assertThat(shown.find()).isTrue();
        assertThat(withoutNumbers(shown.group(1)))
                .as("what %s shows; -Dkaitsu.pictures.write=true makes it anew", file)
                .isEqualTo(withoutNumbers(text));
    }

    private static String withoutNumbers(String text) {
        return text.replaceAll("\\d+", "#");
    }

    private static String svg(String text, byte[] png) throws IOException {
        BufferedImage picture = ImageIO.read(new ByteArrayInputStream(png));
        return """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %2$d" width="%1$d" height="%2$d" role="img">
                <desc>%3$s</desc>
                <image width="%1$d" height="%2$d" href="data:image/png;base64,%4$s"/>
                </svg>
                """.formatted(
                        picture.getWidth(),
                        picture.getHeight(),
                        text,
                        Base64.getEncoder().encodeToString(png));
    }
}
