/** The core of Kaitsu: plan, engine, journal, operator actions, evidence, console texts, report. */
@SuppressWarnings("module") // the vendors' modules are built after this one
module io.github.kaitsu.core {
    requires com.fasterxml.jackson.databind;
    requires com.fasterxml.jackson.datatype.jdk8;
    requires com.fasterxml.jackson.datatype.jsr310;
    requires io.github.resilience4j.core;
    requires io.github.resilience4j.retry;
    requires jdk.httpserver;
    requires org.slf4j;
    requires transitive java.net.http;
    requires transitive static org.jspecify;

    opens io.github.kaitsu.journal.codec to
            com.fasterxml.jackson.databind; // the journal's form of a request

    exports io.github.kaitsu;
    exports io.github.kaitsu.consent;
    exports io.github.kaitsu.console;
    exports io.github.kaitsu.fleet;
    exports io.github.kaitsu.journal;
    exports io.github.kaitsu.operator;
    exports io.github.kaitsu.provision;
    exports io.github.kaitsu.report;
    exports io.github.kaitsu.store;
    exports io.github.kaitsu.vendor;
    exports io.github.kaitsu.vendor.http to
            io.github.kaitsu.box,
            io.github.kaitsu.dropbox,
            io.github.kaitsu.google,
            io.github.kaitsu.microsoft365;
}
