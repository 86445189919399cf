package io.github.kaitsu.console;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.console.ConsoleOutline.Place;
import io.github.kaitsu.console.ConsoleReading.Wizard;
import io.github.kaitsu.text.PastedText;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The page that grants access to one service (COMMON-9, COMMON-12): what it says at its end, and whether it waits for 完了. */
final class ConsoleWizards {
    private static final String SENTENCE = PastedText.key("Successfully created a service account and synced data");
    private static final Pattern TITLE_JA = Pattern.compile("(.{2,40})へのアクセス権付与");
    private static final Pattern TITLE_EN = Pattern.compile("Grant Access to (.{2,40})");
    private static final Pattern PREPARATION = Pattern.compile("(.{2,40})用サービスアカウントの準備");
    private static final Pattern APP_ID = Pattern.compile(
            "(?iu)(?:アプリ|app|application) ?id ?:? ?" + "([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|none|なし|無し)?");
    private static final Pattern GUID = Pattern.compile("(?i)[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Pattern IS_A_SENTENCE = Pattern.compile(".{6,300}(?:[。!！]|[^.]\\.)|.{6,300}(?:ました|完了です|です)");
    // What a page says while it works, asks or fails reports no success.
    private static final Pattern NO_RESULT = Pattern.compile(
            "(?i)てい(?:ます|る)。?$|中です。?$|[?？]$|ください。?$|くださ|エラー|失敗|拒否|できません|ません|error|fail|denied|waiting|please|cannot|could"
                    + " not|not |^(?:creating|updating|synchroni[sz]ing|select|choose|close)");
    private static final Pattern QUOTES = Pattern.compile("[「」『』“”\"]");
    private static final Pattern ABOUT_AN_ACCOUNT =
            Pattern.compile(".{0,20}サービス ?アカウント(?:が|を|は|の).{0,60}(?:作成|同期|完了).{0,40}ました。?"
                    + "|(?=.{0,120}[Ss]ervice account)(?=.{0,120}(?:created|synced|synchroni[sz]ed)).{1,160}");
    private static final int NEAR = 15;

    private final ConsoleText text;

    private boolean succeeded;
    private @Nullable String sentence;
    private @Nullable String pageSentence;
    private @Nullable String appId;
    private boolean appIdIsStated;
    private int appIdLine = -1;
    private int doneLine = -1;
    private boolean isPage;
    private final Set<CloudService> titles = EnumSet.noneOf(CloudService.class);

    ConsoleWizards(ConsoleText text, ConsoleOutline outline) {
        this.text = text;
        for (int i = 0; i < text.size(); i++) {
            Place place = outline.place(i);
            if (place == Place.WIZARD && isHeading(text, i)) {
                titles.addAll(title(text.folded(i)).stream().toList());
            }
            boolean isTable = place == Place.ACCOUNTS || place == Place.TABLE || place == Place.ORGANISATIONS;
            if (!text.isBlank(i) && !text.isTaken(i)) {
                if (isTable) {
                    readSentence(i); // copied without its page's title, below another page
                } else {
                    read(i, place == Place.WIZARD);
                }
            }
        }
    }

    /** Whether a whole line is the title of such a page, and not the message of a task with its time below. */
    static boolean isHeading(ConsoleText text, int line) {
        String folded = text.folded(line);
        int below = text.below(line);
        return title(folded).isPresent() && (below < 0 || !ConsoleTimes.looksLikeATime(text.folded(below)));
    }

    private static Optional<CloudService> title(String folded) {
        return Stream.of(TITLE_JA, TITLE_EN, PREPARATION)
                .map(title -> title.matcher(folded))
                .filter(Matcher::matches)
                .flatMap(m -> ConsoleVocabulary.printedService(m.group(1)).stream())
                .findFirst();
    }

    private void read(int line, boolean onPage) {
        String folded = text.folded(line);
        isPage |= onPage && ConsoleFurniture.isWizards(folded);
        if (ConsoleVocabulary.isDone(folded)) {
            doneLine = line;
        } else if (readAppId(line, folded) || readSentence(line)) {
            return;
        } else if (isResult(folded)
                && !text.isFurniture(line)
                && (onPage || isAboutAnAccount(folded))
                && !ConsoleProse.isDenied(text, line, line)) {
            String said = PastedText.strip(text.line(line)); // of several the last: the pages put the result below
            if (onPage && !isAboutAnAccount(folded)) {
                pageSentence = said;
            } else {
                sentence = said;
            }
        }
    }

    private boolean readAppId(int line, String folded) {
        Matcher m = APP_ID.matcher(folded);
        if (!m.matches()) {
            return false;
        }
        String written = m.group(1);
        int below = text.below(line);
        if (written == null && below >= 0 && GUID.matcher(text.folded(below)).matches()) {
            written = text.folded(below);
            text.take(below);
        }
        text.take(line);
        appIdLine = line;
        if (written != null) {
            appIdIsStated = true;
            appId = GUID.matcher(written).matches() ? written.toLowerCase(Locale.ROOT) : null;
        }
        return true;
    }

    /** The sentence as one whole line, or as whole lines that break it; a longer sentence or a quotation holds it in vain. */
    private boolean readSentence(int line) {
        int last = endOfSentence(text, line);
        if (last < 0 || ConsoleProse.isDenied(text, line, last)) {
            return false;
        }
        succeeded = true;
        text.take(line, last);
        return true;
    }

    /** The last line of the sentence that begins in this one; -1 if it does not stand there as whole lines. */
    static int endOfSentence(ConsoleText text, int line) {
        StringBuilder joined = new StringBuilder();
        int last = line;
        for (int i = line; i >= 0; i = text.below(i)) {
            String key = PastedText.key(text.line(i));
            joined.append(i == line ? ConsoleProse.withoutBullet(key) : key);
            last = i;
            String said = withoutStop(joined);
            if (said.equals(SENTENCE)) {
                break;
            }
            if (!SENTENCE.startsWith(said)) {
                return -1;
            }
        }
        return withoutStop(joined).equals(SENTENCE) ? last : -1;
    }

    private static String withoutStop(CharSequence text) {
        String said = text.toString();
        return said.endsWith(".") || said.endsWith("。") ? said.substring(0, said.length() - 1) : said;
    }

    private static boolean isResult(String folded) {
        return IS_A_SENTENCE.matcher(folded).matches()
                && !NO_RESULT.matcher(folded).find()
                && !QUOTES.matcher(folded).find()
                && !ConsoleTimes.looksLikeATime(folded);
    }

    private static boolean isAboutAnAccount(String folded) {
        return ABOUT_AN_ACCOUNT.matcher(folded).matches();
    }

    /** Of the page only where something else of it stands there too: its title is also what we call the work itself. */
    private @Nullable String sentence() {
        return isPage && pageSentence != null ? pageSentence : sentence;
    }

    /** Empty if the text holds nothing of such a page. */
    Optional<Wizard> wizard() {
        Wizard wizard = new Wizard(
                Optional.ofNullable(sentence()), succeeded, asksForPermission(), Optional.ofNullable(appId), titles);
        boolean saysSomething = succeeded || sentence() != null || wizard.asksForPermission() || appIdIsStated;
        return saysSomething || isPage ? Optional.of(wizard) : Optional.empty();
    }

    private boolean asksForPermission() {
        return appIdLine >= 0 && doneLine >= 0 && Math.abs(appIdLine - doneLine) <= NEAR;
    }

    /** Only an app id was typed, and nothing of a page copied. */
    boolean isShort() {
        return appIdIsStated && !succeeded && sentence() == null && !asksForPermission() && !isPage;
    }
}
