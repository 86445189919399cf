package io.github.kaitsu.desk;

import io.github.kaitsu.desk.Line.Whose;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** Two plots, each with its table. */
@Controller
class FiguresController {
    private static final int MOST = 15;
    private static final int WIDTH = 640;
    private static final int HEIGHT = 200;
    private static final int BAR = 26;

    private final Board board;
    private final Figures figures;
    private final Clock clock;
    private final Say say;

    FiguresController(Board board, Figures figures, Clock clock, Say say) {
        this.board = board;
        this.figures = figures;
        this.clock = clock;
        this.say = say;
    }

    /**
     * A bar.
     *
     * @param y of its top
     * @param length at most {@link #WIDTH}
     */
    record Bar(Line line, String lasting, int y, int length) {}

    /** A point of the curve. */
    record Point(String when, int services, int x, int y) {}

    @GetMapping("/figures")
    String figures(Model model) {
        List<Bar> bars = bars();
        List<Point> points = points();
        model.addAttribute("bars", bars);
        model.addAttribute("barsHeight", bars.size() * BAR + 4);
        model.addAttribute("points", points);
        model.addAttribute(
                "curve",
                points.stream()
                        .map(p -> p.x() + "," + p.y())
                        .reduce((a, b) -> a + " " + b)
                        .orElse(""));
        model.addAttribute(
                "most", points.stream().mapToInt(Point::services).max().orElse(0));
        return "figures";
    }

    private List<Bar> bars() {
        List<Line> waiting = board.lines(say.locale()).stream()
                .filter(l -> l.whose() != Whose.NOBODY)
                .sorted(Comparator.comparing(Line::since))
                .limit(MOST)
                .toList();
        long longest =
                waiting.stream().mapToLong(l -> waited(l).toMinutes()).max().orElse(1);
        List<Bar> bars = new ArrayList<>();
        for (Line line : waiting) {
            long minutes = waited(line).toMinutes();
            bars.add(new Bar(line, say.lasting(waited(line)), bars.size() * BAR, (int)
                    Math.max(2, minutes * WIDTH / Math.max(1, longest))));
        }
        return bars;
    }

    private Duration waited(Line line) {
        Duration waited = Duration.between(line.since(), clock.instant());
        return waited.isNegative() ? Duration.ZERO : waited;
    }

    private List<Point> points() {
        List<Figures.Left> left = figures.burnDown();
        int most = left.stream().mapToInt(Figures.Left::services).max().orElse(1);
        List<Point> points = new ArrayList<>();
        for (Figures.Left one : left) {
            points.add(new Point(
                    say.at(one.at()),
                    one.services(),
                    points.size() * WIDTH / Math.max(1, left.size() - 1),
                    HEIGHT - one.services() * HEIGHT / Math.max(1, most)));
        }
        return points;
    }
}
