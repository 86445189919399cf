package io.github.kaitsu.consent;

import io.github.kaitsu.CloudService;
import io.github.kaitsu.vendor.VendorAnswer;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** An app at a vendor without quirks. */
public final class SmallApp extends OAuthApp {
    private final URI base;

    public SmallApp(URI base, Clock clock) {
        this(new Builder("5a4db0c5-0c5a-4c5a-8b0c-5a4db0c50c5a").clock(clock), base);
    }

    public SmallApp(Builder app, URI base) {
        super(
                CloudService.Provider.BOX,
                Set.of("a", "b:x"),
                RefusalWords.standard(),
                URI.create("https://vendor.example/authorize"),
                at(base, "/token"),
                app);
        this.base = base;
    }

    @Override
    protected Map<String, String> pageParameters(Question question) {
        return Map.of("hl", question.language().toLanguageTag());
    }

    public VendorAnswer posted(URI address, Map<String, String> form) throws InterruptedException {
        return post(address, form);
    }

    public VendorAnswer read(URI address, TokenGrant grant) throws InterruptedException {
        return get(address, grant);
    }

    @Override
    public Identity identify(TokenGrant grant) throws InterruptedException {
        VendorAnswer me = get(at(base, "/me"), grant);
        return new Identity(me.need("/login"), "", Optional.empty(), Set.copyOf(me.texts("/also", "")));
    }

    @Override
    public void revoke(TokenGrant grant) throws InterruptedException {
        revoke(at(base, "/revoke"), grant, Map.of());
    }

    public static final class Builder extends OAuthApp.Builder<Builder> {
        public Builder(String clientId) {
            super(clientId, null);
        }

        @Override
        protected Builder self() {
            return this;
        }
    }
}
