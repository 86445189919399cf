package io.github.kaitsu.sandbox;

import io.github.kaitsu.sandbox.internal.Changed;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** Pages of a sandbox that are otherwise than a driver expects, and who pressed on them what nobody may press. Thread-safe. */
public final class MutatedPages {
    private final List<WrongClick> wrongClicks = new CopyOnWriteArrayList<>();
    private final Set<PageMutation> mutations;

    public MutatedPages(PageMutation... mutations) {
        this.mutations = Set.of(mutations);
    }

    public Sandbox.Builder in(Sandbox.Builder sandbox) {
        return sandbox.filter(new Changed(mutations, wrongClicks::add));
    }

    /** Oldest first. */
    public List<WrongClick> wrongClicks() {
        return List.copyOf(wrongClicks);
    }
}
