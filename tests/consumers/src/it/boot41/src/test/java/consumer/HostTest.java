package consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationContext;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;

/** What the host does by itself is the same with us: the converters of its messages, its beans and its libraries' versions. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class HostTest {
    /** What Boot manages, each by a class of it. */
    private static final List<String> MANAGED = List.of(
            "com.fasterxml.jackson.databind.ObjectMapper",
            "tools.jackson.databind.ObjectMapper",
            "com.google.gson.Gson",
            "kotlin.KotlinVersion",
            "org.apache.commons.codec.binary.Hex",
            "org.slf4j.Logger");

    @Autowired
    ApplicationContext context;

    @Autowired
    RequestMappingHandlerAdapter adapter;

    @Test
    void convertersOfMessages() throws IOException {
        Path file = Path.of("converters.txt");
        List<String> now = adapter.getMessageConverters().stream()
                .map(c -> c.getClass().getName())
                .toList();
        if (isBare()) {
            Files.write(file, now);
        } else {
            assertThat(now).isEqualTo(Files.readAllLines(file));
        }
    }

    /** Boot configures some of what the vendors' libraries bring, such as gson; nothing of the host's goes for it. */
    @Test
    void beans() throws IOException {
        Path file = Path.of("beans.txt");
        List<String> now = List.of(context.getBeanDefinitionNames());
        if (isBare()) {
            Files.write(file, now);
        } else {
            assertThat(now).containsAll(Files.readAllLines(file));
        }
    }

    /** The host's version of a library wins wherever the host has one; what only we bring is new. */
    @Test
    void versions() throws IOException {
        List<String> now = MANAGED.stream().map(HostTest::whence).toList();
        Path file = Path.of("versions.txt");
        if (isBare()) {
            Files.write(file, now);
            return;
        }
        List<String> before = Files.readAllLines(file);
        for (int i = 0; i < now.size(); i++) {
            if (!before.get(i).endsWith(" none")) {
                assertThat(now.get(i)).isEqualTo(before.get(i));
            }
        }
        System.out.println("libraries with us: " + now);
    }

    private static boolean isBare() {
        return whence("io.github.kaitsu.ActivationClient").endsWith(" none");
    }

    private static String whence(String name) {
        try {
            String jar = Class.forName(name, false, HostTest.class.getClassLoader())
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .getPath();
            return name + " " + jar.substring(jar.lastIndexOf('/') + 1);
        } catch (ClassNotFoundException e) {
            return name + " none";
        }
    }
}
