package io.github.kaitsu.files;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.KaitsuException;

/** By what a file or an entry says that it is ours and which version wrote it: {@code {"format":"…","version":1…}}. */
public record Format(String name, int version) {

    public ObjectNode tag() {
        return StoreJson.object().put("format", name).put("version", version);
    }

    /**
     * Checks that this version may read on.
     *
     * @param file as the message names it
     * @throws KaitsuException STORE_NEWER, or the given one if it is not ours
     */
    public void check(JsonNode tag, String file, KaitsuException foreign) {
        int found = tag.path("version").asInt();
        if (!tag.path("format").asText().equals(name) || found < 1) {
            throw foreign;
        }
        if (found > version) {
            throw KaitsuException.of(ErrorCode.STORE_NEWER, "", file, 1);
        }
    }
}
