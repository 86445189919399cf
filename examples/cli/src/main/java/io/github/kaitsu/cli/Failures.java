package io.github.kaitsu.cli;

import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Whatever goes wrong ends here: code, message and next step, and the exit code that belongs to the code. */
final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {
    private final Invocation call;

    Failures(Invocation call) {
        this.call = call;
    }

    @Override
    public int handleExecutionException(Exception e, CommandLine commandLine, ParseResult parsed) {
        return report(e);
    }

    @Override
    public int handleParseException(ParameterException e, String[] arguments) {
        return e.getCause() instanceof Refusal refusal ? report(refusal) : report(usage(e));
    }

    int report(Throwable e) {
        if (e instanceof KaitsuException k) {
            return print(k.code(), k.message(call.locale()), nextStep(call, k));
        }
        if (e instanceof Refusal r) {
            return print(r.code(), r.message(call.messages()), r.nextStep(call.messages()));
        }
        if (!call.io().environment().getOrDefault("KAITSU_DEBUG", "").isEmpty()) {
            e.printStackTrace(call.io().err());
        }
        if (e instanceof IOException || e instanceof UncheckedIOException) {
            return report(Refusal.of(ErrorCode.IO_ERROR, "error.io"));
        }
        return report(
                Refusal.of(ErrorCode.INTERNAL, "error.internal", e.getClass().getSimpleName()));
    }

    /** What is wrong and what to do, for a call that goes on all the same. */
    static String form(Invocation call, KaitsuException e) {
        return call.text("error.form", e.message(call.locale()), nextStep(call, e));
    }

    /** The same of whatever went wrong with one of many. */
    static String form(Invocation call, RuntimeException e) {
        if (e instanceof KaitsuException k) {
            return form(call, k);
        }
        Refusal refusal = e instanceof Refusal r
                ? r
                : Refusal.of(ErrorCode.INTERNAL, "error.internal", e.getClass().getSimpleName());
        return call.text("error.form", refusal.message(call.messages()), refusal.nextStep(call.messages()));
    }

    static ErrorCode code(RuntimeException e) {
        if (e instanceof KaitsuException k) {
            return k.code();
        }
        return e instanceof Refusal r ? r.code() : ErrorCode.INTERNAL;
    }

    /** The core does not know the command; where the command has the better advice, it gives it. */
    private static String nextStep(Invocation call, KaitsuException e) {
        String key = "next." + e.key();
        return call.messages().has(key) ? call.text(key) : e.nextStep(call.locale());
    }

    private int print(ErrorCode code, String message, String nextStep) {
        if (call.json()) {
            var error = Json.object()
                    .put("code", code.name())
                    .put("message", message)
                    .put("nextStep", nextStep);
            call.result(Json.object().set("error", error));
        } else {
            call.error(call.text("error.form", message, nextStep));
        }
        return Exits.of(code);
    }

    private static Refusal usage(ParameterException e) {
        if (e instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            return Refusal.usage("unknown", unmatched.getUnmatched().get(0));
        }
        if (e instanceof MissingParameterException missing
                && !missing.getMissing().isEmpty()) {
            return Refusal.usage(
                    "missing",
                    missing.getMissing().stream()
                            .map(a -> a.isOption() ? ((CommandLine.Model.OptionSpec) a).longestName() : a.paramLabel())
                            .collect(Collectors.joining(", ")));
        }
        if (e instanceof OverwrittenOptionException twice) {
            return Refusal.usage("twice", ((CommandLine.Model.OptionSpec) twice.getOverwritten()).longestName());
        }
        return Refusal.usage("other", String.valueOf(e.getMessage()));
    }
}
