package io.github.kaitsu.spring;

import io.github.kaitsu.invite.AdministratorPage;
import io.github.kaitsu.invite.PageReply;
import io.github.kaitsu.invite.PageRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
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
                request.getInputStream(),
                request.getRemoteAddr()));
        ResponseEntity.BodyBuilder answer = ResponseEntity.status(reply.status());
        reply.headers().forEach((name, values) -> answer.header(name, values.toArray(String[]::new)));
        return answer.body(reply.body());
    }
}
