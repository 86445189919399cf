package io.github.kaitsu.sandbox.internal;

import java.time.Duration;
import java.time.Instant;

/** The code that the administrator's phone shows; one for all sites. */
final class SecondFactor {
    private static final Duration LIFE = Duration.ofMinutes(1);

    private SecondFactor() {}

    static String code(Setup setup, Instant now) {
        long step = now.getEpochSecond() / LIFE.toSeconds();
        return setup.secrets().number("code/" + step).substring(0, 6);
    }

    /** The present code, or the one before: whoever read it needs a moment to type it. */
    static boolean isRight(World world, String typed) {
        String digits = typed.replace(" ", "");
        return digits.equals(code(world.setup(), world.now()))
                || digits.equals(code(world.setup(), world.now().minus(LIFE)));
    }

    static Form form(String action, Labels t) {
        return Form.post(action).text("code", t.get("code.label"), "").button("verify", t.get("code.verify"));
    }
}
