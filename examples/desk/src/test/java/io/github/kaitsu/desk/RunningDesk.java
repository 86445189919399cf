package io.github.kaitsu.desk;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.springframework.context.ConfigurableApplicationContext;

/** The desk with a sandbox, as the command starts it, on a free port; nobody works on there unless a test says so. */
final class RunningDesk implements AutoCloseable {
    private final ConfigurableApplicationContext context;

    private RunningDesk(ConfigurableApplicationContext context) {
        this.context = context;
    }

    static RunningDesk start(String... more) {
        List<String> arguments = new ArrayList<>(List.of("--sandbox", "--port", "0", "--desk.sandbox.story=false"));
        arguments.addAll(List.of(more));
        return new RunningDesk(DeskApplication.run(Arguments.parse(arguments)));
    }

    URI url() {
        return get(DeskProperties.class).url();
    }

    /** A link that signs in once. */
    URI signIn() {
        return URI.create(url() + "/sign-in?once=" + get(OneTimeSignIn.class).mint());
    }

    <T> T get(Class<T> bean) {
        return context.getBean(bean);
    }

    @Override
    public void close() {
        context.close();
    }
}
