package io.github.kaitsu.spring;

import io.github.kaitsu.invite.AdministratorPage;
import io.github.kaitsu.invite.PageReply;
import io.github.kaitsu.invite.PageRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/** Hands requests on to the administrators' page, of every method, so that it alone decides what is answered. */
@Controller
class InvitePages {
    private final AdministratorPage page;
    private final String path;

    InvitePages(AdministratorPage page, String path) {
        this.page = page;
        this.path = path;
    }

    @RequestMapping({"${kaitsu.invite.path:/invite}", "${kaitsu.invite.path:/invite}/**"})
    ResponseEntity<byte[]> asked(HttpServletRequest request) throws IOException {
        PageReply reply = page.answer(new PageRequest(
                request.getMethod(),
                request.getRequestURI().substring((request.getContextPath() + path).length()),
                Objects.requireNonNullElse(request.getQueryString(), ""),
                name -> Optional.ofNullable(request.getHeader(name)),
                body(request),
                request.getRemoteAddr()));
        ResponseEntity.BodyBuilder answer = ResponseEntity.status(reply.status());
        reply.headers().forEach((name, values) -> answer.header(name, values.toArray(String[]::new)));
        return answer.body(reply.body());
    }

    /** A filter of the host that asks for a parameter reads the form; then only its fields are left, and the form is made of them again. */
    private static InputStream body(HttpServletRequest request) throws IOException {
        PushbackInputStream body = new PushbackInputStream(request.getInputStream());
        int first = body.read();
        if (first >= 0) {
            body.unread(first);
            return body;
        }
        String form = request.getParameterMap().entrySet().stream()
                .flatMap(field ->
                        Arrays.stream(field.getValue()).map(value -> encoded(field.getKey()) + "=" + encoded(value)))
                .collect(Collectors.joining("&"));
        return new ByteArrayInputStream(form.getBytes(StandardCharsets.US_ASCII));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
