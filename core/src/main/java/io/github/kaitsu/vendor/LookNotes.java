package io.github.kaitsu.vendor;

import io.github.kaitsu.Statement;
import io.github.kaitsu.provision.ProbeContext;
import io.github.kaitsu.provision.ProbeResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What one look learns besides its result: how late it is at the vendor's, and what of the vendor's answers could not be read.
 *
 * <p>One odd element does not spoil a listing: it is left out, counted, and told with whatever the look finds. But it may have been
 * the very thing that was looked for, so nothing follows from absence then ({@link #absent}). And a vendor's dates are compared with
 * the vendor's own clock, since ours may be days off. Thread-safe; of one look.
 */
public final class LookNotes {
    /** Such a difference comes of rounding and of the way, and is none. */
    private static final Duration SMALL = Duration.ofMinutes(1);

    private final Map<String, Integer> unread = new LinkedHashMap<>();
    private final List<Statement> besides = new ArrayList<>();
    private int missed;
    private @Nullable Instant heard;

    /** Of a look that has learnt nothing yet. */
    public LookNotes() {}

    /** Who reads for one look. */
    public interface Taker {
        /** What was noted while somebody looked. */
        LookNotes notes();
    }

    /** Notes what the vendor's clock showed in an answer. */
    public synchronized void heard(Optional<Instant> date) {
        heard = date.orElse(heard);
    }

    /** How late it is at the vendor's; by our clock where the vendor has not told. */
    public synchronized Instant now(ProbeContext context) {
        Instant ours = context.clock().instant();
        return heard == null || Duration.between(ours, heard).abs().compareTo(SMALL) < 0 ? ours : heard;
    }

    /** When this run began by the vendor's clock. */
    public Instant since(ProbeContext context) {
        return context.since().plus(Duration.between(context.clock().instant(), now(context)));
    }

    /**
     * Reads elements one by one. What the reader gives nothing for, or throws at, is {@linkplain #missed missed}.
     *
     * @param operation of whose answer they are
     */
    public <E, T> List<T> read(String operation, Iterable<? extends @Nullable E> all, Function<E, Optional<T>> reader) {
        List<T> read = new ArrayList<>();
        for (@Nullable E one : all) {
            Optional<T> element = Optional.empty();
            try {
                element = one == null ? Optional.empty() : reader.apply(one);
            } catch (RuntimeException e) { // as a vendor's library throws at what it does not know
            }
            element.ifPresentOrElse(read::add, () -> missed(operation, 1));
        }
        return read;
    }

    /** Notes elements that could not be read, any of which may be what was looked for. */
    public synchronized void missed(String operation, int elements) {
        missed += elements;
        passedOver(operation, elements);
    }

    /** Notes elements that could not be read, none of which can be what was looked for. */
    public synchronized void passedOver(String operation, int elements) {
        if (elements > 0) {
            unread.merge(operation, elements, Integer::sum);
        }
    }

    /** Notes something else that a person should know. */
    public synchronized void add(Statement more) {
        if (!besides.contains(more)) {
            besides.add(more);
        }
    }

    /** How many elements so far could not be read and may be what was looked for. */
    public synchronized int missed() {
        return missed;
    }

    /** A result that claims that something is not there, if that can be claimed. */
    public ProbeResult absent(ProbeResult claim) {
        return missed() > 0 ? ProbeResult.unclear("not-among-what-was-read") : claim;
    }

    /** A result with all that was noted. */
    public synchronized ProbeResult said(ProbeResult result) {
        List<Statement> all = Stream.concat(
                        besides.stream(),
                        unread.entrySet().stream()
                                .map(e -> Statement.of("elements-not-read", e.getKey(), e.getValue())))
                .toList();
        return all.isEmpty() ? result : result.besides(all);
    }

    @Override
    public synchronized String toString() {
        return "LookNotes" + unread;
    }
}
