package io.github.kaitsu.sandbox.internal;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.kaitsu.sandbox.internal.Grants.Account;
import io.github.kaitsu.sandbox.internal.Grants.Grant;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Who signed in, as JSON web tokens; signed with a key that nobody else has, since clients read them from the token endpoint. */
final class IdTokens {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private IdTokens() {}

    static String google(World world, OwnApp app, OwnApps.Issued issued) {
        Account account = issued.grant().account();
        ObjectNode claims = JSON.objectNode()
                .put("iss", "https://accounts.google.com")
                .put("azp", app.clientId())
                .put("aud", app.clientId())
                .put("sub", world.setup().secrets().number("google/user/" + account.login()))
                .put("hd", domain(account))
                .put("email", account.login())
                .put("email_verified", true);
        return signed(world, times(world, app, issued, claims));
    }

    static String microsoft(World world, OwnApp app, OwnApps.Issued issued) {
        Account account = issued.grant().account();
        ObjectNode claims = JSON.objectNode()
                .put("aud", app.clientId())
                .put("iss", "https://login.microsoftonline.com/" + account.tenant() + "/v2.0")
                .put("name", world.setup().company())
                .put("oid", objectId(world, account))
                .put("preferred_username", account.login())
                .put("sub", world.setup().secrets().hex("microsoft/sub/" + account.login(), 43))
                .put("tid", account.tenant())
                .put("ver", "2.0");
        return signed(world, times(world, app, issued, claims));
    }

    /** What Microsoft's libraries name an account by. */
    static String clientInfo(World world, Grant grant) {
        return base64(JSON.objectNode()
                .put("uid", objectId(world, grant.account()))
                .put("utid", grant.account().tenant())
                .toString());
    }

    /** The object ID of a person in Entra; also Graph's. */
    static String objectId(World world, Account account) {
        return world.setup().secrets().guid("microsoft/user/" + account.login());
    }

    static String domain(Account account) {
        return account.login().substring(account.login().indexOf('@') + 1);
    }

    private static ObjectNode times(World world, OwnApp app, OwnApps.Issued issued, ObjectNode claims) {
        long now = world.now().getEpochSecond();
        if (!issued.nonce().isEmpty()) {
            claims.put("nonce", issued.nonce());
        }
        return claims.put("iat", now)
                .put("nbf", now)
                .put("exp", now + app.accessLife().toSeconds());
    }

    private static String signed(World world, ObjectNode claims) {
        String head =
                base64(JSON.objectNode().put("typ", "JWT").put("alg", "HS256").toString());
        String text = head + "." + base64(claims.toString());
        byte[] key = world.setup().secrets().hex("id-token", 64).getBytes(StandardCharsets.US_ASCII);
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return text + "." + base64(mac.doFinal(text.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String base64(String text) {
        return base64(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
