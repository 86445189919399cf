package io.github.kaitsu.google.internal;

import io.github.kaitsu.CloudService;
import java.util.Collection;
import java.util.Optional;

/** Which service a scope opens; Trend Micro's app asks for one service's at a time. */
final class ServiceScopes {
    private static final String BASE = "https://www.googleapis.com/auth/";
    private static final String ALL_MAIL = "https://mail.google.com/";

    private ServiceScopes() {}

    /** One of them that is the service's. Other forms are not known, so that none is says nothing. */
    static Optional<String> opening(CloudService service, Collection<String> scopes) {
        return scopes.stream()
                .filter(scope -> service == CloudService.GMAIL
                        ? scope.equals(ALL_MAIL) || scope.startsWith(BASE + "gmail.")
                        : scope.equals(BASE + "drive") || scope.startsWith(BASE + "drive."))
                .findFirst();
    }
}
