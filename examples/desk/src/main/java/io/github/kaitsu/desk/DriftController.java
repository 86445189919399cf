package io.github.kaitsu.desk;

import io.github.kaitsu.desk.Customers.Drift;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Whether what was linked still is. */
@Controller
class DriftController {
    private final Board board;
    private final Customers customers;
    private final DriftRound round;
    private final Say say;

    DriftController(Board board, Customers customers, DriftRound round, Say say) {
        this.board = board;
        this.customers = customers;
        this.round = round;
        this.say = say;
    }

    /** A customer whose run has ended. */
    record Row(Line line, Optional<Drift> drift, List<String> causes) {}

    @GetMapping("/drift")
    String drift(Model model) {
        Map<String, Drift> drifts = customers.drifts();
        model.addAttribute(
                "rows",
                board.lines(say.locale()).stream()
                        .filter(l -> l.isEnded() && !l.isRemoval() && l.done() > 0)
                        .map(l -> row(l, Optional.ofNullable(drifts.get(l.id().value()))))
                        .sorted(Comparator.comparing((Row r) -> !r.line().isLost())
                                .thenComparing(
                                        r -> r.drift().map(Drift::askAgain).orElse(0), Comparator.reverseOrder()))
                        .toList());
        model.addAttribute("running", round.isRunning());
        return "drift";
    }

    private Row row(Line line, Optional<Drift> drift) {
        return new Row(line, drift, drift.map(d -> d.lines(say.locale())).orElse(List.of()));
    }

    /** In the background: a fleet takes minutes. */
    @PostMapping("/drift")
    String check(RedirectAttributes after) {
        round.everybody();
        after.addFlashAttribute("notice", say.get("drift.begun"));
        return "redirect:/drift";
    }
}
