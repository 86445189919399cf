package io.github.kaitsu.invite.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kaitsu.console.ConsoleReading.PartState;
import io.github.kaitsu.operator.Role;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class WordsTest {
    @Test
    void bothLanguages_sayTheSameThings() throws Exception {
        Properties ja = load("ja");
        Properties en = load("en");

        assertThat(ja.stringPropertyNames()).isEqualTo(en.stringPropertyNames());
        for (String key : ja.stringPropertyNames()) {
            assertThat(placeholders(en.getProperty(key))).as(key).isEqualTo(placeholders(ja.getProperty(key)));
            assertThat(ja.getProperty(key)).as(key).doesNotContainPattern("フォルダ(?!ー)|ブラウザ(?!ー)|ログイン");
        }
        for (Role role : Role.values()) {
            assertThat(ja.containsKey("check." + role.id())).as("%s", role).isEqualTo(role != Role.HOST);
        }
        for (PartState state : PartState.values()) {
            assertThat(ja).containsKey("read." + state);
        }
    }

    @Test
    void anArgument_isNoPlaceholder() {
        assertThat(Words.in(Locale.JAPANESE).get("stand.service", "{1}", "b$")).isEqualTo("{1}：b$");
    }

    private static Object placeholders(String text) {
        return Pattern.compile("\\{\\d}")
                .matcher(text)
                .results()
                .map(r -> r.group())
                .sorted()
                .distinct()
                .toList();
    }

    private static Properties load(String language) throws Exception {
        Properties texts = new Properties();
        try (InputStreamReader in = new InputStreamReader(
                Objects.requireNonNull(Words.class.getResourceAsStream("page_" + language + ".properties")),
                StandardCharsets.UTF_8)) {
            texts.load(in);
        }
        return texts;
    }
}
