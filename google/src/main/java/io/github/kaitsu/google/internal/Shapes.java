package io.github.kaitsu.google.internal;

import com.google.api.client.json.GenericJson;
import com.google.api.client.util.Key;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers of the APIs for which there is no client, as far as they are read. Filled by Google's JSON parser, hence no records. */
final class Shapes {
    private Shapes() {}

    /** OpenID Connect: who the token belongs to; {@code sub} is the user's id in the directory too. */
    public static final class UserInfo {
        @Key
        @Nullable
        String sub;
    }

    /** {@code GET /v1/policies}. */
    public static final class PolicyPage {
        @Key
        @Nullable
        String nextPageToken;

        @Key
        @Nullable
        List<Policy> policies;
    }

    /** One policy. */
    public static final class Policy {
        @Key
        @Nullable
        String type;

        @Key
        @Nullable
        PolicyQuery policyQuery;

        @Key
        @Nullable
        Setting setting;
    }

    /** Whom a policy is for. */
    public static final class PolicyQuery {
        @Key
        @Nullable
        String orgUnit;

        @Key
        @Nullable
        String group;

        @Key
        @Nullable
        Double sortOrder;
    }

    /** What it sets; the keys of the value come in snake and in camel case. */
    public static final class Setting {
        @Key
        @Nullable
        String type;

        @Key
        @Nullable
        GenericJson value;
    }

    /** {@code GET /drive/v3/files}. */
    public static final class FilePage {
        @Key
        @Nullable
        String nextPageToken;

        @Key
        @Nullable
        Boolean incompleteSearch;

        @Key
        @Nullable
        List<File> files;
    }

    /** A folder. */
    public static final class File {
        @Key
        @Nullable
        String id;

        @Key
        @Nullable
        String name;
    }
}
