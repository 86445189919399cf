package io.github.kaitsu.desk;

import io.github.kaitsu.ActivationClient;
import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ActivationPlan;
import io.github.kaitsu.ActivationPlan.Visit;
import io.github.kaitsu.ActivationRequest;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.PlanDepth;
import io.github.kaitsu.console.ConsoleSite;
import io.github.kaitsu.console.OpeningMail;
import io.github.kaitsu.fleet.Fleet;
import io.github.kaitsu.operator.Role;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** From the opening mail to a run: read, look at what will be asked of whom, begin. */
@Controller
class NewCustomerController {
    /** What a step takes a person who does it for the first time, in minutes: as on the administrator's page. */
    private static final int MINUTES = 5;

    private final ActivationClient client;
    private final Customers customers;
    private final ObjectProvider<SampleMail> sample;
    private final Letters letters;
    private final Runs runs;
    private final Say say;

    NewCustomerController(
            ActivationClient client,
            Customers customers,
            ObjectProvider<SampleMail> sample,
            Letters letters,
            Runs runs,
            Say say) {
        this.client = client;
        this.customers = customers;
        this.sample = sample;
        this.letters = letters;
        this.runs = runs;
        this.say = say;
    }

    /** One visit of one person, as the preview shows it. */
    record Row(String who, int visit, int actions, int minutes, List<String> titles) {}

    @GetMapping("/customers/new")
    String form(Model model) {
        sample.ifAvailable(s -> model.addAttribute("sample", s.next()));
        return "new-mail";
    }

    @PostMapping("/customers/new")
    String read(@RequestParam String mail, Model model, HttpServletResponse response) throws InterruptedException {
        try {
            return preview(NewCustomer.of(OpeningMail.parse(mail)), model, response);
        } catch (KaitsuException e) {
            response.setStatus(HttpServletResponse.SC_UNPROCESSABLE_CONTENT);
            model.addAttribute("problem", e.message(say.locale()) + " " + e.nextStep(say.locale()));
            return "new-mail";
        }
    }

    @PostMapping("/customers/preview")
    String again(HttpServletRequest request, Model model, HttpServletResponse response) throws InterruptedException {
        return preview(NewCustomer.of(request.getParameterMap()), model, response);
    }

    private String preview(NewCustomer customer, Model model, HttpServletResponse response)
            throws InterruptedException {
        model.addAttribute("customer", customer);
        model.addAttribute("services", CloudService.values());
        model.addAttribute("sites", ConsoleSite.values());
        model.addAttribute("roles", NewCustomer.roles());
        model.addAttribute("locale", say.locale());
        try {
            ActivationPlan plan = client.plan(customer.request(), PlanDepth.OFFLINE);
            List<Row> visits = plan.agenda().stream().map(this::row).toList();
            model.addAttribute("visits", visits);
            model.addAttribute("calls", plan.calls());
            model.addAttribute("minutes", visits.stream().mapToInt(Row::minutes).sum());
            model.addAttribute(
                    "warnings",
                    plan.services().stream()
                            .flatMap(s -> s.warnings().stream())
                            .map(w -> w.message().in(say.locale()))
                            .distinct()
                            .toList());
        } catch (KaitsuException e) {
            response.setStatus(HttpServletResponse.SC_UNPROCESSABLE_CONTENT);
            model.addAttribute("problem", e.message(say.locale()) + " " + e.nextStep(say.locale()));
        }
        return "new-customer";
    }

    private Row row(Visit visit) {
        List<String> titles = visit.actions().stream()
                .map(a -> a.title().in(say.locale()))
                .distinct()
                .toList();
        return new Row(
                visit.who().in(say.locale()), visit.visit(), visit.actions().size(), MINUTES * titles.size(), titles);
    }

    @PostMapping("/customers/begin")
    String begin(
            HttpServletRequest request,
            Principal who,
            Model model,
            HttpServletResponse response,
            RedirectAttributes after)
            throws InterruptedException {
        NewCustomer customer = NewCustomer.of(request.getParameterMap());
        ActivationRequest wanted;
        ActivationId id;
        try {
            wanted = customer.request();
            id = Fleet.id(customer.referenceOrAccount());
            client.begin(id, wanted);
        } catch (KaitsuException e) {
            String page = preview(customer, model, response);
            response.setStatus(HttpServletResponse.SC_UNPROCESSABLE_CONTENT);
            model.addAttribute("problem", e.message(say.locale()) + " " + e.nextStep(say.locale()));
            return page;
        }
        Map<Role, String> people = customer.people(wanted(wanted.services()));
        customers.add(id, new Customers.Known(who.getName(), customer.mailExpires()), people);
        if (!people.isEmpty()) {
            // Shown once, by the next page: a session forgets them with it.
            after.addFlashAttribute(
                    "letters", letters.write(runs.view(id.value()), people, Set.of(), Locale.JAPANESE, false));
        }
        return "redirect:/customers/" + id.value() + "/invite";
    }

    /** The console's administrator, and those of the providers. */
    static List<Role> wanted(List<CloudService> services) {
        Set<Role> roles = new LinkedHashSet<>(Set.of(Role.CONSOLE));
        services.forEach(s -> roles.add(Role.of(s.provider())));
        return Arrays.stream(Role.values()).filter(roles::contains).toList();
    }
}
