package portal;

import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationListener;
import io.github.kaitsu.operator.Operator;
import io.github.kaitsu.provision.ServiceAccountProvisioner;
import io.github.kaitsu.store.FileActivationStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** One client for the application; it starts and stops with the context. */
@Configuration(proxyBeanMethods = false)
public class KaitsuConfiguration {
    /** Another bean says which provisioners there are, such as {@code BoxProvisioner.create(connections)}. */
    @Bean
    ActivationClient activationClient(
            @Value("${kaitsu.store.folder}") String folder,
            List<ServiceAccountProvisioner> provisioners,
            ObjectProvider<Operator> operators,
            ObjectProvider<ActivationListener> listeners,
            ObjectProvider<Clock> clock) {
        ActivationClient.Builder builder = ActivationClient.builder()
                .provisioners(provisioners)
                .store(FileActivationStore.at(Path.of(folder)));
        operators.orderedStream().forEach(builder::operator);
        listeners.orderedStream().forEach(builder::listener);
        clock.ifUnique(builder::clock);
        return builder.build(); // Spring closes it
    }

    @Bean
    SmartLifecycle activationLifecycle(ActivationClient client) {
        return new SmartLifecycle() {
            private volatile boolean running;

            @Override
            public void start() {
                client.start();
                running = true;
            }

            /** What is under way comes to its end. */
            @Override
            public void stop() {
                client.stop(Duration.ofSeconds(20));
                running = false;
            }

            @Override
            public boolean isRunning() {
                return running;
            }
        };
    }
}
