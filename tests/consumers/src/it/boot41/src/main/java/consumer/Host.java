package consumer;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** A web application that knows nothing of us. */
@SpringBootApplication
public class Host {
    public static void main(String[] args) {
        SpringApplication.run(Host.class, args);
    }
}
