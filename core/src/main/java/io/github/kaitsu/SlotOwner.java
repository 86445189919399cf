package io.github.kaitsu;

import java.util.Optional;

/**
 * Who holds a console's link slot: one service of one run (rule COMMON-13). Its text is what the store keeps as the claim's
 * owner.
 */
public record SlotOwner(ActivationId activation, CloudService service) {
    /** Reads the text back; empty if it is none. */
    public static Optional<SlotOwner> parse(String text) {
        int slash = text.lastIndexOf('/');
        if (slash < 0) {
            return Optional.empty();
        }
        return CloudService.parse(text.substring(slash + 1).replace('_', '-'))
                .map(service -> new SlotOwner(ActivationId.of(text.substring(0, slash)), service));
    }

    @Override
    public String toString() {
        return activation.value() + "/" + service.name();
    }
}
