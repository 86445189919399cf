package io.github.kaitsu.consent.internal;

import static io.github.kaitsu.contract.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.consent.AuthorizationServer.Identity;
import io.github.kaitsu.consent.TokenGrant;
import io.github.kaitsu.consent.internal.GrantRecord.State;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GrantRecordTest {
    private static final Instant NOW = Instant.parse("2026-11-21T00:00:00Z");
    private static final TokenGrant GRANT = new TokenGrant(
            "access-secret", Optional.of(NOW.plusSeconds(3600)), Optional.of("refresh-secret"), Set.of("b", "a"));
    private static final GrantRecord RECORD =
            GrantRecord.of(GRANT, new Identity("佐藤@example.co.jp", "4711", Optional.empty()), NOW, "app-1");

    @Test
    void parse_ofWhatWasWritten_givesItBack() {
        GrantRecord bare = new GrantRecord(
                new TokenGrant("t", Optional.empty(), Optional.empty(), Set.of()), "a", "t", NOW, "", State.RETURNING);

        assertThat(GrantRecord.parse(RECORD.bytes())).isEqualTo(RECORD);
        assertThat(GrantRecord.parse(bare.bytes())).isEqualTo(bare);
    }

    @Test
    void refreshed_keepsWhatTheVendorDoesNotSendAgain() {
        GrantRecord fresh = RECORD.refreshed(new TokenGrant("new", Optional.empty(), Optional.empty(), Set.of()));

        assertThat(fresh.grant())
                .isEqualTo(new TokenGrant("new", Optional.empty(), Optional.of("refresh-secret"), Set.of("a", "b")));
        assertThat(fresh.sameConsent(RECORD)).isTrue();
        assertThat(fresh.client()).isEqualTo("app-1");
    }

    @Test
    void parse_withoutAnApp_leavesItUnknown() {
        GrantRecord old = GrantRecord.parse(edited("\"client\"", "\"other\""));

        assertThat(old.client()).isEmpty();
        assertThat(old.isOf("app-2")).isTrue();
        assertThat(RECORD.isOf("app-2")).isFalse();
        assertThat(RECORD.isOf("")).isTrue();
    }

    @Test
    void refreshed_takesTheNewRefreshTokenAndFewerScopes() {
        TokenGrant fewer = new TokenGrant("new", Optional.empty(), Optional.of("next"), Set.of("a"));

        assertThat(RECORD.refreshed(fewer).grant()).isEqualTo(fewer);
    }

    @Test
    void dead_holdsNoTokenAnyMore() {
        assertThat(new String(RECORD.dead().bytes(), StandardCharsets.UTF_8))
                .contains("DEAD", "佐藤@example.co.jp")
                .doesNotContain("secret");
    }

    @Test
    void toString_hidesTheTokens() {
        assertThat(RECORD.toString()).contains("ACTIVE", "4711").doesNotContain("secret");
    }

    @Test
    void parse_ofALaterVersion_isNewer() {
        assertRefused(ErrorCode.STORE_NEWER, () -> GrantRecord.parse(edited("\"version\":1", "\"version\":2")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\"format\":\"kaitsu-grant\"", "\"version\":1", "ACTIVE", "2026", "\"scopes\"", "\"tenant\""})
    void parse_ofSomethingElse_isCorruptAndQuotesNothing(String part) {
        assertThatThrownBy(() -> GrantRecord.parse(edited(part, "\"x\":0")))
                .hasNoCause()
                .message()
                .doesNotContain("secret");
        assertRefused(ErrorCode.STORE_CORRUPT, () -> GrantRecord.parse(edited(part, "\"x\":0")));
    }

    private static byte[] edited(String part, String other) {
        String json = new String(RECORD.bytes(), StandardCharsets.UTF_8);
        assertThat(json).contains(part);
        return json.replace(part, other).getBytes(StandardCharsets.UTF_8);
    }
}
