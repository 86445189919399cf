package io.github.kaitsu.desk;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.util.FileSystemUtils;

/**
 * The desk. {@code --sandbox} runs it with customers of its own and prints the address of a one-time sign-in; {@code --port N} says
 * where (0: anywhere); everything else is Spring Boot's.
 */
@SpringBootApplication
@EnableScheduling
@EnableAsync
@EnableConfigurationProperties(DeskProperties.class)
public class DeskApplication {
    /** For Spring, which makes one. */
    protected DeskApplication() {}

    /** Runs until the process is ended. */
    public static void main(String[] args) {
        Arguments arguments;
        try {
            arguments = Arguments.parse(List.of(args));
        } catch (IllegalArgumentException e) {
            System.err.println("kaitsu-desk: " + e.getMessage() + "\n\n" + Arguments.USAGE);
            System.exit(2);
            return;
        }
        if (arguments.isHelp()) {
            System.out.println(Arguments.USAGE);
            return;
        }
        run(arguments);
    }

    static ConfigurableApplicationContext run(Arguments arguments) {
        SpringApplication desk = new SpringApplication(DeskApplication.class);
        desk.setDefaultProperties(arguments.properties());
        if (arguments.isSandbox()) {
            desk.setAdditionalProfiles("sandbox");
        }
        arguments
                .temporary()
                .ifPresent(folder -> SpringApplication.getShutdownHandlers().add(() -> delete(folder)));
        return desk.run(arguments.rest().toArray(String[]::new));
    }

    /** After the last process that used it; what cannot be deleted is the system's to clean. */
    private static void delete(Path folder) {
        try {
            FileSystemUtils.deleteRecursively(folder);
        } catch (IOException e) {
            LoggerFactory.getLogger(DeskApplication.class).debug("{} stays", folder, e);
        }
    }
}
