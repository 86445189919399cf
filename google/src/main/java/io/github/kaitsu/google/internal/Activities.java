package io.github.kaitsu.google.internal;

import com.google.api.client.util.Key;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of the Reports API, as far as it is read. Filled by Google's JSON parser, hence no records. */
public final class Activities {
    @Key
    @Nullable
    String nextPageToken;

    @Key
    @Nullable
    List<Activity> items;

    /** One activity: one or several events of one moment. */
    public static final class Activity {
        @Key
        @Nullable
        Id id;

        @Key
        @Nullable
        Actor actor;

        @Key
        @Nullable
        List<Event> events;
    }

    /** When it was; what else tells activities apart is not needed, since seeing one twice changes nothing. */
    public static final class Id {
        @Key
        @Nullable
        String time;
    }

    /** Who did it. */
    public static final class Actor {
        @Key
        @Nullable
        String email;

        @Key
        @Nullable
        ApplicationInfo applicationInfo;
    }

    /** The application that did it, where one did. */
    public static final class ApplicationInfo {
        @Key
        @Nullable
        String oauthClientId;

        @Key
        @Nullable
        String applicationName;
    }

    /** One event. */
    public static final class Event {
        @Key
        @Nullable
        String name;

        @Key
        @Nullable
        List<Parameter> parameters;
    }

    /** A parameter has one of many kinds of values; only texts are of use here. */
    public static final class Parameter {
        @Key
        @Nullable
        String name;

        @Key
        @Nullable
        String value;

        @Key
        @Nullable
        List<String> multiValue;
    }
}
