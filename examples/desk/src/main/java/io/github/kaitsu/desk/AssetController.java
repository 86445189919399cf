package io.github.kaitsu.desk;

import io.github.kaitsu.invite.ActionPiece;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Looks and script of the administrator's page, which the desk shares. */
@RestController
class AssetController {
    @GetMapping("/kaitsu.css")
    ResponseEntity<String> style() {
        return asset("text/css;charset=UTF-8", ActionPiece.styleSheet());
    }

    @GetMapping("/kaitsu.js")
    ResponseEntity<String> script() {
        return asset("text/javascript;charset=UTF-8", ActionPiece.script());
    }

    private static ResponseEntity<String> asset(String type, String text) {
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(type))
                .cacheControl(CacheControl.noCache())
                .body(text);
    }
}
