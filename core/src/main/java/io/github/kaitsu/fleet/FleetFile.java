package io.github.kaitsu.fleet;

import io.github.kaitsu.ActivationRequest;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.CustomerId;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.console.ConsoleSite;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A list of customers to begin with: comma-separated values (RFC 4180, with or without a byte order mark) under the header {@code
 * reference,company,account,site,organisation,services,labels}, in any order. Services, {@code all} among them, and labels are
 * separated by spaces; company, organisation and labels may be empty. A row is one line: what it holds are names, and none of them
 * has a line break. Immutable; holds no secret.
 */
public final class FleetFile {
    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final List<String> COLUMNS =
            List.of("reference", "company", "account", "site", "organisation", "services", "labels");

    private final List<Row> rows = new ArrayList<>();
    private final List<Refused> refused = new ArrayList<>();

    /**
     * One customer.
     *
     * @param line of the file, counted from 1; the header is one, too
     * @param reference in the host's own books; no two rows have the same
     * @param request what is to be begun, with the reference in it
     */
    public record Row(int line, String reference, ActivationRequest request) {}

    /**
     * A row that cannot be begun.
     *
     * @param line of the file, counted from 1
     * @param reference as it stands there; empty where it cannot be read
     * @param why with a message and a next step
     */
    public record Refused(int line, String reference, KaitsuException why) {}

    private FleetFile(String text, Consumer<ActivationRequest.Builder> also) {
        List<String> lines = (text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text)
                .lines()
                .toList();
        List<String> header = header(lines);
        Map<String, Integer> references = new HashMap<>();
        Map<CustomerId, Integer> customers = new HashMap<>();
        for (int i = 1; i < lines.size(); i++) {
            Optional<List<String>> cells = CsvLine.cells(lines.get(i));
            if (cells.isPresent() && cells.get().stream().allMatch(String::isEmpty)) {
                continue; // an empty line, or what a spreadsheet leaves of a row that was cleared
            }
            String reference = "";
            try {
                Map<String, String> values = values(header, cells);
                reference = values.getOrDefault("reference", "");
                Row row = new Row(i + 1, reference, request(values, also));
                once(references, reference, row, "fleet-reference");
                once(customers, row.request().customer(), row, "fleet-customer");
                rows.add(row);
            } catch (KaitsuException e) {
                refused.add(new Refused(i + 1, reference, e));
            }
        }
    }

    /**
     * Reads a file.
     *
     * @throws KaitsuException INVALID_REQUEST if the header is not the one that is wanted
     */
    public static FleetFile parse(String text) {
        return parse(text, all -> {});
    }

    /**
     * As {@link #parse(String)}.
     *
     * @param also what every request has besides
     */
    public static FleetFile parse(String text, Consumer<ActivationRequest.Builder> also) {
        return new FleetFile(text, also);
    }

    /** Those that can be begun, in the order of the file. */
    public List<Row> rows() {
        return List.copyOf(rows);
    }

    /** Those that cannot, in the order of the file. */
    public List<Refused> refused() {
        return List.copyOf(refused);
    }

    private static List<String> header(List<String> lines) {
        List<String> header = lines.stream()
                .findFirst()
                .flatMap(CsvLine::cells)
                .map(cells ->
                        cells.stream().map(c -> c.toLowerCase(Locale.ROOT)).toList())
                .orElse(List.of());
        if (!header.stream().sorted().toList().equals(COLUMNS.stream().sorted().toList())) {
            throw KaitsuException.of(ErrorCode.INVALID_REQUEST, "fleet-header", String.join(",", COLUMNS));
        }
        return header;
    }

    private static Map<String, String> values(List<String> header, Optional<List<String>> read) {
        List<String> cells = read.orElseThrow(() -> KaitsuException.of(ErrorCode.INVALID_REQUEST, "fleet-quotes"));
        if (cells.size() != header.size()) {
            throw KaitsuException.of(ErrorCode.INVALID_REQUEST, "fleet-cells", cells.size(), header.size());
        }
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < cells.size(); i++) {
            values.put(header.get(i), cells.get(i));
        }
        return values;
    }

    private static ActivationRequest request(Map<String, String> values, Consumer<ActivationRequest.Builder> also) {
        String site = values.getOrDefault("site", "");
        String organisation = values.getOrDefault("organisation", "");
        CustomerId customer = new CustomerId(
                ConsoleSite.parse(site).orElseThrow(() -> KaitsuException.of(ErrorCode.UNKNOWN_SITE, "", site)),
                values.getOrDefault("account", ""),
                organisation.isEmpty() ? CustomerId.DEFAULT_ORGANISATION : organisation);
        ActivationRequest.Builder request = ActivationRequest.builder(customer)
                .reference(values.getOrDefault("reference", ""))
                .services(words(values.getOrDefault("services", ""))
                        .flatMap(FleetFile::services)
                        .toList())
                .labels(words(values.getOrDefault("labels", "")).toList());
        String company = values.getOrDefault("company", "");
        if (!company.isEmpty()) {
            request.company(company);
        }
        also.accept(request);
        return request.build();
    }

    private static Stream<CloudService> services(String name) {
        return name.equalsIgnoreCase("all")
                ? CloudService.standard().stream()
                : Stream.of(CloudService.parse(name)
                        .orElseThrow(() -> KaitsuException.of(ErrorCode.UNKNOWN_SERVICE, "", name)));
    }

    private static Stream<String> words(String text) {
        return Arrays.stream(text.split("[ \u3000]+")).filter(w -> !w.isEmpty());
    }

    private static <T> void once(Map<T, Integer> seen, T what, Row row, String variant) {
        Integer before = seen.putIfAbsent(what, row.line());
        if (before != null) {
            throw KaitsuException.of(ErrorCode.INVALID_REQUEST, variant, before);
        }
    }
}
