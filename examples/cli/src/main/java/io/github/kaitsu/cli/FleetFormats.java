package io.github.kaitsu.cli;

/** What a fleet's lists are printed as. */
final class FleetFormats {
    private static final String CSV = "csv";

    private FleetFormats() {}

    static boolean isCsv(String format) {
        if (!format.equals("text") && !format.equals(CSV)) {
            throw Refusal.usage("fleet-format", format);
        }
        return format.equals(CSV);
    }

    /** With {@code --json} even a list is one JSON document. */
    static void csv(Invocation call, String list) {
        if (call.json()) {
            call.result(Json.object().put("format", CSV).put("report", list));
        } else {
            call.file(list);
        }
    }
}
