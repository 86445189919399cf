package io.github.kaitsu.sandbox.internal;

import io.github.kaitsu.CloudService;

/**
 * One window "アクセス権付与" of the console.
 *
 * @param blamed whether a violation was already written down for it
 * @param refreshed whether ステータスの更新 was pressed since the last outcome
 * @param closed whether the window was closed
 */
public record Wizard(
        int id,
        CloudService service,
        String organisation,
        Outcome outcome,
        boolean blamed,
        boolean refreshed,
        boolean closed) {
    /** How far the grant has come. */
    public enum Outcome {
        NOT_STARTED,
        AT_PROVIDER,
        LINKED,
        FAILED
    }

    Wizard with(Outcome next) {
        return new Wizard(id, service, organisation, next, blamed, false, closed);
    }

    Wizard withBlame() {
        return new Wizard(id, service, organisation, outcome, true, refreshed, closed);
    }

    Wizard afterRefresh() {
        return new Wizard(id, service, organisation, outcome, blamed, true, closed);
    }

    Wizard afterClose() {
        return new Wizard(id, service, organisation, outcome, blamed, refreshed, true);
    }
}
