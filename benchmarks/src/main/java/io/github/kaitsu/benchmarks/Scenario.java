package io.github.kaitsu.benchmarks;

import java.util.List;

/** Something that is done once, and what is measured meanwhile. */
record Scenario(List<String> rows, Measuring measuring) {
    /** Does it. */
    interface Measuring {
        /**
         * Does it, and says what came of it.
         *
         * @param quick with fewer runs and a shorter warm-up
         */
        List<Row> run(boolean quick) throws Exception;
    }

    static List<Scenario> all() {
        return List.of(
                new Scenario(
                        List.of("files-lateness-500ms", "files-cpu-per-look-500ms", "files-idle-look-writes-500ms"),
                        quick -> Looking.every(quick, 500)),
                new Scenario(
                        List.of("files-lateness-0ms", "files-cpu-per-look-0ms", "files-idle-look-writes-0ms"),
                        quick -> Looking.every(quick, 0)),
                new Scenario(
                        List.of("files-sleepers-cpu", "sleeper-heap", "sleeper-threads", "find-one", "verify-one"),
                        Sleeping::measure),
                new Scenario(Clustered.rows(500), quick -> Clustered.every(quick, 500)),
                new Scenario(Clustered.rows(0), quick -> Clustered.every(quick, 0)),
                new Scenario(List.of("postgresql-two-nodes"), Clustered::twoNodes),
                new Scenario(List.of("postgresql-fair"), Clustered::fair),
                new Scenario(List.of("postgresql-crash-resume"), Clustered::crash),
                new Scenario(List.of("h2-lateness", "h2-idle-look-writes"), Clustered::h2),
                new Scenario(List.of("box-call-time", "box-call-bytes"), Calls::box),
                new Scenario(List.of("dropbox-call-time", "dropbox-call-bytes"), Calls::dropbox),
                new Scenario(List.of("microsoft365-call-time", "microsoft365-call-bytes"), Calls::microsoft365),
                new Scenario(List.of("google-call-time", "google-call-bytes"), Calls::google),
                new Scenario(
                        List.of("box-threads", "dropbox-threads", "google-threads", "microsoft365-threads"),
                        Connecting::measure),
                new Scenario(List.of("eight-services"), EightServices::measure),
                new Scenario(List.of("main-job"), Forks::mainJob),
                new Scenario(List.of("crash-resume"), Forks::crash));
    }

    /** As {@link Measuring}; what fails is a row that is not reached, and the others go on. */
    List<Row> run(boolean quick) throws InterruptedException {
        try {
            return measuring.run(quick);
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            e.printStackTrace();
            return rows.stream().map(row -> Row.failed(row, e)).toList();
        }
    }
}
