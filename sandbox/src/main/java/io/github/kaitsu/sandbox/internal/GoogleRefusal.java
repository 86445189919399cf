package io.github.kaitsu.sandbox.internal;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Ends a request to one of Google's APIs early; the older services tell the reason in {@code errors}, the newer in {@code details}. */
final class GoogleRefusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String reason;
    private final boolean newer;

    private GoogleRefusal(int status, String reason, String message, boolean newer) {
        super(message, null, false, false);
        this.status = status;
        this.reason = reason;
        this.newer = newer;
    }

    static GoogleRefusal older(int status, String reason, String message) {
        return new GoogleRefusal(status, reason, message, false);
    }

    static GoogleRefusal newer(int status, String reason, String message) {
        return new GoogleRefusal(status, reason, message, true);
    }

    static GoogleRefusal forbidden() {
        return older(403, "forbidden", "Not Authorized to access this resource/api");
    }

    Response response() {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ObjectNode error = body.putObject("error").put("code", status).put("message", getMessage());
        if (newer) {
            error.put("status", status == 403 ? "PERMISSION_DENIED" : "INVALID_ARGUMENT");
            error.putArray("details")
                    .addObject()
                    .put("@type", "type.googleapis.com/google.rpc.ErrorInfo")
                    .put("reason", reason)
                    .put("domain", "googleapis.com");
        } else {
            error.putArray("errors")
                    .addObject()
                    .put("message", getMessage())
                    .put("domain", "global")
                    .put("reason", reason);
        }
        return Response.json(status, body);
    }
}
