package io.github.kaitsu.browser.internal;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.operator.OperatorAction;
import io.github.kaitsu.operator.RecordedChange;
import io.github.kaitsu.store.PrivateFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the browser changed and what the person did in its window: one line of JSON each in {@code record.jsonl}, with pictures of
 * the page before and after; a line of its own for the picture that went with what was handed back. Passwords, codes and tokens are blank in the pictures; addresses have no query.
 */
final class ChangeRecord {
    private static final String SECRET = "input[type=password],input[autocomplete=one-time-code],input[name*=token i],"
            + "input[name*=otp i],input[name*=secret i],input[name=code i],[data-kaitsu-secret]";
    private static final Pattern PICTURE = Pattern.compile("(\\d{5,9})\\.png");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;
    private final Clock clock;
    private int pictures;

    ChangeRecord(Path folder, Clock clock) {
        this.folder = folder;
        this.clock = clock;
        try (Stream<Path> files = Files.list(folder)) {
            pictures = files.map(f -> PICTURE.matcher(f.getFileName().toString()))
                    .filter(Matcher::matches)
                    .mapToInt(m -> Integer.parseInt(m.group(1)))
                    .max()
                    .orElse(0);
        } catch (IOException e) {
            throw KaitsuException.because(e, ErrorCode.IO_ERROR, "", folder);
        }
    }

    /** Does something and writes it down, also if it fails. */
    void change(OperatorAction action, RecordedChange.By by, String what, Page page, Runnable doing) {
        Line line = begin(action, by, what, page);
        try {
            doing.run();
        } finally {
            line.done(page);
        }
    }

    /** What is about to be done, with the page as it is now; nothing is written until it is done. */
    Line begin(OperatorAction action, RecordedChange.By by, String what, Page page) {
        ObjectNode json = line(action)
                .put("by", by.name().toLowerCase(Locale.ROOT))
                .put("what", what)
                .put("address", Window.withoutQuery(page.url()));
        return new Line(json, screenshot(page));
    }

    private ObjectNode line(OperatorAction action) {
        return JSON.createObjectNode()
                .put("time", clock.instant().toString())
                .put("activation", action.activation().value())
                .put("action", action.id().value());
    }

    /** One line in the making. */
    final class Line {
        private final ObjectNode json;
        private final Optional<byte[]> before;

        private Line(ObjectNode json, Optional<byte[]> before) {
            this.json = json;
            this.before = before;
        }

        /** Writes it, with the page as it has become. */
        void done(Page page) {
            before.map(ChangeRecord.this::keep).ifPresent(p -> json.put("before", p));
            picture(page).ifPresent(p -> json.put("after", p));
            append(json);
        }
    }

    /** The page as it is while an action is handed back; its file's name, unless the page is gone. */
    Optional<String> handedBack(OperatorAction action, Page page) {
        Optional<String> picture = picture(page);
        picture.ifPresent(p -> append(line(action).put("handedBack", p)));
        return picture;
    }

    private Optional<String> picture(Page page) {
        return screenshot(page).map(this::keep);
    }

    private static Optional<byte[]> screenshot(Page page) {
        if (page.isClosed()) {
            return Optional.empty();
        }
        try {
            return Optional.of(page.screenshot(new Page.ScreenshotOptions()
                    .setMask(List.of(page.locator(SECRET)))
                    .setMaskColor("#23313f")));
        } catch (PlaywrightException e) {
            return Optional.empty(); // a picture is not worth the action
        }
    }

    private String keep(byte[] png) {
        String name;
        do {
            name = "%05d.png".formatted(++pictures);
        } while (!PrivateFile.at(folder.resolve(name)).create(png)); // another window's
        return name;
    }

    Path folder() {
        return folder;
    }

    private void append(ObjectNode line) {
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        PrivateFile.at(folder.resolve(Profiles.RECORD_FILE)).append(bytes);
    }
}
