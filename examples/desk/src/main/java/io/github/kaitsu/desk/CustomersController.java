package io.github.kaitsu.desk;

import io.github.kaitsu.desk.Line.Whose;
import io.github.kaitsu.text.CleanText;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Everybody: a list to look at, and one for a spreadsheet. */
@Controller
class CustomersController {
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final Board board;
    private final Say say;

    CustomersController(Board board, Say say) {
        this.board = board;
        this.say = say;
    }

    @GetMapping("/customers")
    String customers(
            @RequestParam(defaultValue = "") String q, @RequestParam(defaultValue = "") String turn, Model model) {
        List<Line> all = board.lines(say.locale());
        model.addAttribute("lines", found(all, q, turn));
        model.addAttribute("total", all.size());
        model.addAttribute("q", q);
        model.addAttribute("turn", turn);
        model.addAttribute("turns", Whose.values());
        model.addAttribute("counts", all.stream().collect(Collectors.groupingBy(Line::whose, Collectors.counting())));
        return "customers";
    }

    @GetMapping("/customers.csv")
    ResponseEntity<byte[]> csv(
            @RequestParam(defaultValue = "") String q, @RequestParam(defaultValue = "") String turn) {
        StringBuilder out = new StringBuilder(BYTE_ORDER_MARK);
        row(out, Arrays.stream(say.get("csv.columns").split(",", -1)));
        for (Line line : found(board.lines(say.locale()), q, turn)) {
            row(
                    out,
                    Stream.of(
                            line.company(),
                            line.account(),
                            line.site(),
                            line.reference(),
                            line.done() + "/" + line.total(),
                            line.state(),
                            line.turnText(),
                            line.since().toString(),
                            text(line.next()),
                            text(line.mailExpires()),
                            text(line.checked())));
        }
        return ResponseEntity.ok()
                .contentType(new MediaType("text", "csv", StandardCharsets.UTF_8))
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename("customers.csv")
                                .build()
                                .toString())
                .body(out.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static String text(Optional<Instant> time) {
        return time.map(Instant::toString).orElse("");
    }

    private static void row(StringBuilder out, Stream<String> cells) {
        out.append(cells.map(CleanText::csv).collect(Collectors.joining(","))).append("\r\n");
    }

    private static List<Line> found(List<Line> all, String q, String turn) {
        String wanted = folded(q);
        return all.stream()
                .filter(l -> turn.isEmpty() || l.whose().name().equals(turn))
                .filter(l -> wanted.isEmpty()
                        || Stream.of(l.company(), l.account(), l.reference(), l.state())
                                .anyMatch(text -> folded(text).contains(wanted)))
                .toList();
    }

    /** Full-width or half-width, upper or lower case: people type either. */
    private static String folded(String text) {
        return Normalizer.normalize(text.strip(), Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    }
}
