package io.github.kaitsu.cli;

import io.github.kaitsu.ActivationView;

/** Shows a person how a run goes on. */
interface Progress {
    void show(ActivationView view);

    /** Says something once, above what is shown next. */
    void tell(String line);

    /** Leaves the screen as other output expects it; the next {@link #show} begins below. */
    void pause();

    /** Shows nothing. */
    static Progress none() {
        return new Progress() {
            @Override
            public void show(ActivationView view) {}

            @Override
            public void tell(String line) {}

            @Override
            public void pause() {}
        };
    }

    static Progress on(Invocation call, Rows rows) {
        Io.Terminal terminal = call.progressTerminal();
        return terminal.live() ? new LiveProgress(call, terminal, rows) : new PlainProgress(call, rows);
    }
}
