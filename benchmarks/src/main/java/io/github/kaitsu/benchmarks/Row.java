package io.github.kaitsu.benchmarks;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One figure beside its bar.
 *
 * @param what the row's name
 * @param bar what is promised, in words
 * @param value what was measured, in the unit; null if it could not be
 * @param baseline the same for the bare engine or vendor library, in the same run; null if there is none to compare with
 * @param ok whether the bar is reached; null if this run cannot tell
 * @param why what falls short, or how it was measured
 */
record Row(
        String what,
        String bar,
        @Nullable Double value,
        String unit,
        @Nullable Double baseline,
        @Nullable Boolean ok,
        String why) {

    /** Below a bar or not. */
    static Row below(String what, double bar, double value, String unit, @Nullable Double baseline, String why) {
        return new Row(what, "< " + text(bar) + " " + unit, rounded(value), unit, rounded(baseline), value < bar, why);
    }

    /** None may be there. */
    static Row none(String what, double value, String unit, String why) {
        return new Row(what, "0 " + unit, rounded(value), unit, null, value == 0, why);
    }

    /** What could not be measured is not reached. */
    static Row failed(String what, Throwable why) {
        return new Row(what, "", null, "", null, false, "could not be measured: " + why);
    }

    private static @Nullable Double rounded(@Nullable Double value) {
        return value == null ? null : Double.valueOf(Math.round(value * 1000) / 1000.0);
    }

    static String text(@Nullable Double value) {
        return value == null ? "–" : String.format(Locale.ROOT, "%.3f", value).replaceAll("\\.?0+$", "");
    }
}
