package io.github.kaitsu.files;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the index knows of an entry, so that an older file in its place is noticed. A change is announced here, then made, then
 * settled here; whoever finds it announced only sees by the file whether it was made. As text {@code 7} (version 7 is
 * there), {@code 7-} (deleted, which was the seventh change), {@code 7>} (to become 8), {@code 7>-} (to be deleted).
 *
 * @param version the last one that is settled; 0 of what never was
 * @param there whether that one is a file, and no deletion
 * @param changing whether a change to the next version was announced
 * @param thereNext whether that change leaves a file
 */
public record EntryVersion(long version, boolean there, boolean changing, boolean thereNext) {
    private static final Pattern TEXT = Pattern.compile("(0|[1-9]\\d{0,17})(-?)(|>|>-)");

    public static final EntryVersion NEVER = gone(0);

    public static EntryVersion at(long version) {
        return new EntryVersion(version, true, false, false);
    }

    public static EntryVersion gone(long version) {
        return new EntryVersion(version, false, false, false);
    }

    public EntryVersion toBecome(boolean file) {
        return new EntryVersion(version, there, true, file);
    }

    /** The head that a file proves, or that its absence proves; empty if it proves that something is wrong. */
    public Optional<EntryVersion> settled(OptionalLong file) {
        if (file.isPresent()) {
            boolean before = there && file.getAsLong() == version;
            boolean after = changing && thereNext && file.getAsLong() == version + 1;
            return before || after ? Optional.of(at(file.getAsLong())) : Optional.empty();
        }
        if (!there) {
            return Optional.of(gone(version));
        }
        return changing && !thereNext ? Optional.of(gone(version + 1)) : Optional.empty();
    }

    public static Optional<EntryVersion> parse(String text) {
        Matcher m = TEXT.matcher(text);
        if (!m.matches()) {
            return Optional.empty();
        }
        return Optional.of(new EntryVersion(
                Long.parseLong(m.group(1)),
                m.group(2).isEmpty(),
                !m.group(3).isEmpty(),
                m.group(3).equals(">")));
    }

    @Override
    public String toString() {
        return version + (there ? "" : "-") + (changing ? ">" : "") + (changing && !thereNext ? "-" : "");
    }
}
