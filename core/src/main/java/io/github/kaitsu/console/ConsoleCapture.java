package io.github.kaitsu.console;

import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.text.PastedText;

/**
 * Copied pages of a console with the names taken out, for sending them to whoever maintains the reading (COMMON-19): nobody has
 * seen every page of the real console.
 *
 * <p>Accounts, addresses, organisations, ids and every word that Kaitsu does not know are replaced by placeholders of the same
 * shape, the same word always by the same placeholder. What the console prints for everybody stays: services' labels, headings,
 * severities, the sentences of its lists, dates, counts, punctuation and all white space. A quotation inside a sentence is not
 * the console's and is replaced. Read it before you send it: a name that is also one of the console's words stays.
 *
 * <p>Immutable and thread-safe.
 *
 * @param text the masked text, as many lines as the original
 * @param isFaithful whether the masked text reads as the original does: the same state of every part
 */
public record ConsoleCapture(String text, boolean isFaithful) {

    /**
     * Masks a pasted text.
     *
     * @throws KaitsuException {@link ErrorCode#INVALID_CONSOLE_TEXT} if it is longer than any console's page
     */
    public static ConsoleCapture of(String text) {
        ConsoleReading reading = ConsoleReading.parse(text);
        String masked = new ConsoleMask(reading).mask(text);
        boolean isFaithful = masked.length() <= PastedText.LONGEST
                && ConsoleReading.parse(masked).parts().equals(reading.parts());
        return new ConsoleCapture(masked, isFaithful);
    }
}
