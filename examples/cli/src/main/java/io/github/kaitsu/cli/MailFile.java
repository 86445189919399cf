package io.github.kaitsu.cli;

import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.james.mime4j.dom.Body;
import org.apache.james.mime4j.dom.Entity;
import org.apache.james.mime4j.dom.Message;
import org.apache.james.mime4j.dom.Multipart;
import org.apache.james.mime4j.dom.TextBody;
import org.apache.james.mime4j.message.DefaultMessageBuilder;
import org.apache.james.mime4j.stream.Field;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jspecify.annotations.Nullable;

/** The text of a mail as somebody saved it: copied, as a mail program's file, or as HTML. Outlook's own files are named. */
final class MailFile {
    private static final byte[] OLE = {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0};
    private static final Pattern FIELD = Pattern.compile("([A-Za-z][A-Za-z0-9-]*):.*");
    private static final Set<String> OF_MIME = Set.of("mime-version", "content-type", "content-transfer-encoding");
    /** Goes back over nothing: many comments would else cost the square of their number. */
    private static final Pattern HTML =
            Pattern.compile("(?is)\\s*+(?:<!--(?>.*?-->)\\s*+)*+<(?:!doctype\\s++html|html|head|body)\\b");

    private static final int LONGEST_HEAD = 65_536;
    private static final String BLOCKS = "br,p,div,tr,li,td,h1,h2,h3,h4,blockquote,pre";

    private MailFile() {}

    /**
     * The text that a person sees, with the date of its header above it.
     *
     * @throws Refusal if it is a kind of file that cannot be read
     */
    static String text(byte[] bytes) {
        if (bytes.length > OLE.length && startsWith(bytes, OLE)) {
            throw Refusal.of(ErrorCode.INVALID_OPENING_MAIL, "error.outlook-file");
        }
        if (isMailFile(bytes)) {
            return mail(bytes);
        }
        String text = InputFile.text(bytes);
        return HTML.matcher(text).lookingAt() ? seen(text) : text;
    }

    private static boolean startsWith(byte[] bytes, byte[] start) {
        for (int i = 0; i < start.length; i++) {
            if (bytes[i] != start[i]) {
                return false;
            }
        }
        return true;
    }

    /** A header that names what only a mail program's file has; a copied mail has at most From, Date and Subject. */
    private static boolean isMailFile(byte[] bytes) {
        String head = new String(bytes, 0, Math.min(bytes.length, LONGEST_HEAD), StandardCharsets.ISO_8859_1);
        for (String line : (Iterable<String>) head.lines()::iterator) {
            Matcher field = FIELD.matcher(line);
            if (field.matches() && OF_MIME.contains(field.group(1).toLowerCase(Locale.ROOT))) {
                return true;
            }
            boolean goesOn = line.startsWith(" ") || line.startsWith("\t");
            if (!field.matches() && !goesOn) {
                return false;
            }
        }
        return false;
    }

    private static String mail(byte[] bytes) {
        try {
            Message message = new DefaultMessageBuilder().parseMessage(new ByteArrayInputStream(bytes));
            List<String> plain = new ArrayList<>();
            List<String> html = new ArrayList<>();
            collect(message, plain, html);
            Field date =
                    message.getHeader() == null ? null : message.getHeader().getField("Date");
            String above = date == null ? "" : "Date: " + date.getBody() + "\n\n";
            return above + String.join("\n", plain.isEmpty() ? html : plain);
        } catch (IOException e) {
            throw KaitsuException.of(ErrorCode.INVALID_OPENING_MAIL, "no-sign-in-url");
        }
    }

    private static void collect(Entity entity, List<String> plain, List<String> html) throws IOException {
        Body body = entity.getBody();
        if (body instanceof Multipart parts) {
            for (Entity part : parts.getBodyParts()) {
                collect(part, plain, html);
            }
        } else if (body instanceof Message inner) {
            collect(inner, plain, html);
        } else if (body instanceof TextBody text) {
            try (InputStream in = text.getInputStream()) {
                String content = new String(in.readAllBytes(), charset(text.getMimeCharset()));
                if (entity.getMimeType().equalsIgnoreCase("text/html")) {
                    html.add(seen(content));
                } else {
                    plain.add(content);
                }
            }
        }
    }

    /** Mail programs write signs of Windows such as ㈱ and ① under the names of the charsets that lack them. */
    private static Charset charset(@Nullable String name) {
        String known = name == null ? "" : name.toLowerCase(Locale.ROOT);
        if (known.startsWith("iso-2022-jp")) {
            return InputFile.JAPANESE_MAIL;
        }
        if (known.equals("shift_jis") || known.equals("sjis") || known.equals("x-sjis")) {
            return InputFile.JAPANESE_WINDOWS;
        }
        try {
            return known.isEmpty() || known.equals("us-ascii") ? StandardCharsets.UTF_8 : Charset.forName(known);
        } catch (IllegalArgumentException e) {
            return StandardCharsets.UTF_8;
        }
    }

    private static String seen(String html) {
        Document page = Jsoup.parse(html);
        page.select("script,style,head").remove();
        page.select(BLOCKS).prepend("\n").append("\n");
        page.select("br").after("\n");
        return page.wholeText();
    }
}
