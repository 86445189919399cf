package io.github.kaitsu.cli;

/** Whether somebody means it: who is asked types how many it concerns, which nobody does by mistake. */
final class FleetAsking {
    private FleetAsking() {}

    /** @param key of the question, which says how many there are */
    static boolean isWanted(Invocation call, String key, int many) {
        call.say(call.text(key, many));
        return call.io().line().equals(Integer.toString(many));
    }
}
