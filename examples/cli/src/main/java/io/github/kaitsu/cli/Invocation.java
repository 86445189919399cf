package io.github.kaitsu.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.kaitsu.CloudService;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** One call of the command: its streams, its language, and whether a program or a person reads the result. */
final class Invocation {
    private final Io io;
    private final Locale locale;
    private final boolean json;
    private final boolean verbose;
    private final Messages messages;
    private final List<AutoCloseable> kept = new ArrayList<>();

    Invocation(Io io, List<String> arguments) {
        this.io = io;
        this.locale = Language.of(arguments, io.environment());
        this.json = arguments.contains(KaitsuCommand.JSON);
        this.verbose = arguments.contains(KaitsuCommand.VERBOSE);
        this.messages = Messages.of(locale);
    }

    Io io() {
        return io;
    }

    /** Closes it when the call ends. */
    void keep(AutoCloseable some) {
        kept.add(some);
    }

    void end() throws Exception {
        for (AutoCloseable one : kept) {
            one.close();
        }
        kept.clear();
    }

    Locale locale() {
        return locale;
    }

    boolean json() {
        return json;
    }

    /** Whether somebody sits here who can be asked. */
    boolean isInteractive() {
        return !json && io.outTerminal().window();
    }

    /** Whether a person wants to see rules, API calls and every piece of evidence, too. */
    boolean verbose() {
        return verbose;
    }

    Messages messages() {
        return messages;
    }

    String text(String key, Object... arguments) {
        return messages.text(key, arguments);
    }

    String labels(Collection<CloudService> services) {
        return services.stream().map(s -> s.label(locale)).collect(Collectors.joining(text("reading.and")));
    }

    // ---- the result, on stdout

    void result(JsonNode node) {
        io.out().println(Json.write(node));
        io.out().flush();
    }

    /** One of both, as asked for. */
    void finish(JsonNode document, String lines) {
        if (json) {
            result(document);
        } else {
            result(lines);
        }
    }

    void result(String lines) {
        print(io.out(), io.outTerminal(), lines);
    }

    /** For programs as well as for people: no line is folded. */
    void document(String page) {
        print(io.out(), Io.Terminal.NONE, page);
    }

    /** Byte for byte: a file of a kind that has line ends and marks of its own, and was made harmless for its readers. */
    void file(String content) {
        io.out().print(content);
        io.out().flush();
    }

    // ---- what happens meanwhile: on stdout for a person, beside the JSON document for a program

    PrintStream progress() {
        return json ? io.err() : io.out();
    }

    Io.Terminal progressTerminal() {
        return json ? io.errTerminal() : io.outTerminal();
    }

    void say(String lines) {
        print(progress(), progressTerminal(), lines);
    }

    void error(String lines) {
        print(io.err(), io.errTerminal(), lines);
    }

    private static void print(PrintStream to, Io.Terminal terminal, String lines) {
        to.println(terminal.fold(Safe.lines(lines)));
        to.flush();
    }
}
