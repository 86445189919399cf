package io.github.kaitsu.sandbox.internal;

import io.github.kaitsu.CloudService;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What a scenario says was linked before the start. Whoever linked several at once then is blamed for nothing here. */
final class Before {
    /** Pages that are shown once, and were answered by whoever has been in the console before. */
    private static final List<String> SEEN = List.of("privacy", "agreement", "welcome");

    private final World world;
    private final Setup setup;

    Before(World world) {
        this.world = world;
        this.setup = world.setup();
    }

    void happen() {
        Instant start = setup.start();
        switch (world.scenario().kind()) {
            case ALREADY_LINKED -> allLongAgo(start.minus(Duration.ofDays(30)));
            case FIRST_SIGN_IN -> {
                Instant at = start.minus(Duration.ofMinutes(2));
                link(CloudService.BOX, at);
                link(CloudService.DROPBOX, at);
                link(CloudService.EXCHANGE_ONLINE, at);
                world.promptsSettled.addAll(SEEN);
            }
            case GRANTED_BEFORE -> {
                Duration finished = setup.synchronisation().plus(Duration.ofMinutes(2));
                link(CloudService.DROPBOX, start.minus(finished));
                link(CloudService.BOX, start.minus(Duration.ofMinutes(1)));
                world.promptsSettled.addAll(SEEN);
            }
            default -> {
                // nothing was
            }
        }
    }

    /** Each after the last was ready. */
    private void allLongAgo(Instant from) {
        Instant at = from;
        for (CloudService service : CloudService.standard()) {
            link(service, at);
            at = at.plus(setup.synchronisation()).plus(Duration.ofHours(1));
        }
        world.link(CloudService.MICROSOFT_TEAMS).ifPresent(l -> world.trustedApps.add(l.appId()));
        world.googleAppInstalled = true;
        world.google.note(GoogleState.Kind.INSTALLED, from);
    }

    private void link(CloudService service, Instant at) {
        String appId = setup.secrets().guid("app/" + service + "/0");
        Instant ready = at.plus(setup.synchronisation());
        String administrator = setup.administrator();
        world.link(new Link(0, service, setup.firstOrganisation(), administrator, appId, at, at, ready, false, null));
    }
}
