package io.github.kaitsu.desk;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The sign-in, and on the sandbox the link that works once. */
@Controller
class SignInController {
    private final ObjectProvider<OneTimeSignIn> once;
    private final SecurityContextRepository contexts;

    SignInController(ObjectProvider<OneTimeSignIn> once, SecurityContextRepository contexts) {
        this.once = once;
        this.contexts = contexts;
    }

    @GetMapping("/")
    String home() {
        return "redirect:/customers";
    }

    @GetMapping(SecurityConfiguration.SIGN_IN)
    String signIn(
            @RequestParam(name = "once", required = false) @Nullable String token,
            @RequestParam(name = "wrong", required = false) @Nullable String wrong,
            @RequestParam(name = "out", required = false) @Nullable String out,
            @Nullable Principal already,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        if (already != null) {
            return "redirect:/customers";
        }
        Optional<OneTimeSignIn> sandbox = Optional.ofNullable(once.getIfAvailable());
        if (token != null
                && sandbox.flatMap(s -> s.use(token))
                        .map(n -> enter(n, request, response))
                        .isPresent()) {
            return "redirect:/customers";
        }
        if (token != null) {
            response.setStatus(HttpServletResponse.SC_FORBIDDEN);
        }
        model.addAttribute("problem", token != null ? "sign-in.once" : wrong != null ? "sign-in.wrong" : "");
        model.addAttribute("out", out != null);
        model.addAttribute("sandbox", sandbox.isPresent());
        return "sign-in";
    }

    private String enter(String name, HttpServletRequest request, HttpServletResponse response) {
        request.getSession(true);
        request.changeSessionId();
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(UsernamePasswordAuthenticationToken.authenticated(
                name, "", List.of(new SimpleGrantedAuthority("ROLE_DESK"))));
        SecurityContextHolder.setContext(context);
        contexts.saveContext(context, request, response);
        return name;
    }
}
