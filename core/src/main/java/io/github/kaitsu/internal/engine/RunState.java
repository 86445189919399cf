package io.github.kaitsu.internal.engine;

import static io.github.kaitsu.internal.engine.CoreSteps.CONSOLE_READ;
import static io.github.kaitsu.internal.engine.CoreSteps.FINISH;
import static io.github.kaitsu.internal.engine.CoreSteps.GRANT;

import io.github.kaitsu.ActivationId;
import io.github.kaitsu.ActivationRequest;
import io.github.kaitsu.ActivationStatus;
import io.github.kaitsu.Answer;
import io.github.kaitsu.CloudService;
import io.github.kaitsu.ConsoleReading;
import io.github.kaitsu.ConsoleReading.ServiceAccountRow;
import io.github.kaitsu.Edition;
import io.github.kaitsu.ErrorCode;
import io.github.kaitsu.Event;
import io.github.kaitsu.JournalEntry;
import io.github.kaitsu.KaitsuException;
import io.github.kaitsu.StepId;
import io.github.kaitsu.spi.Journal;
import io.github.kaitsu.spi.Look;
import io.github.kaitsu.spi.OwnAccess;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a journal says: a fold over its events, in order, with nothing added. Not thread-safe; made anew for every decision.
 *
 * <p>Facts are what later steps need to know, by name: those of looks; {@code answer.<step>} for a choice or an address;
 * {@code skipped.<step>}; {@code console.listed} and {@code console.app-id.<SERVICE>} from the newest reading of the console.
 */
public final class RunState {
    private static final List<String> PASSING = List.of("answer.", "skipped.", "console.listed");

    private final Function<String, ConsoleReading> parser;
    private final ActivationId id;
    private final Event.Run run;
    private final ActivationRequest request;
    private final Instant begunAt;
    private final Map<StepId, StepState> steps = new LinkedHashMap<>();
    private final Map<CloudService, ServiceState> services = new LinkedHashMap<>();
    private final Map<String, String> facts = new TreeMap<>();
    private final Map<CloudService.Provider, String> tenants = new EnumMap<>(CloudService.Provider.class);
    private final Map<CloudService.Provider, OwnAccess.Returned> returnedAccess =
            new EnumMap<>(CloudService.Provider.class);
    private Optional<String> cancelledBy = Optional.empty();
    private boolean ended;
    private long size;
    private Instant lastEventAt;

    private RunState(ActivationId id, Event.Begun begun, Instant at, Function<String, ConsoleReading> parser) {
        this.parser = parser;
        this.id = id;
        this.run = begun.run();
        this.request = begun.request();
        this.begunAt = at;
        this.lastEventAt = at;
        request.services().forEach(s -> services.put(s, new ServiceState()));
    }

    /** @throws KaitsuException STORE_CORRUPT if the first entry does not begin a run */
    static RunState of(Journal journal, Function<String, ConsoleReading> parser) {
        List<JournalEntry> entries = journal.entries();
        if (entries.isEmpty() || !(entries.get(0).event() instanceof Event.Begun begun)) {
            throw KaitsuException.of(ErrorCode.STORE_CORRUPT, "", journal.id().value(), "1");
        }
        RunState state = new RunState(journal.id(), begun, entries.get(0).time(), parser);
        entries.forEach(state::apply);
        return state;
    }

    /** Applies what the journal holds beyond what this state knows. */
    RunState catchUp(Journal journal) {
        journal.entries().subList((int) size, journal.entries().size()).forEach(this::apply);
        return this;
    }

    private void apply(JournalEntry entry) {
        size = entry.number();
        lastEventAt = entry.time();
        Event event = entry.event();
        if (event instanceof Event.Looked looked) {
            looked(looked, entry.time());
        } else if (event instanceof Event.Inherited inherited) {
            inherited(inherited.facts());
        } else if (event instanceof Event.Offered offered) {
            offered(offered, entry.time());
        } else if (event instanceof Event.Answered answered) {
            answered(answered, entry.time());
        } else if (event instanceof Event.Withdrawn withdrawn) {
            step(withdrawn.step()).close();
        } else if (event instanceof Event.Overdue overdue) {
            step(overdue.step()).overdue = true;
        } else if (event instanceof Event.Concluded concluded) {
            step(concluded.step()).evidence = concluded.evidence();
        } else if (event instanceof Event.Skipped skipped) {
            step(skipped.step()).skipped = skipped.reason();
            facts.put("skipped." + skipped.step().value(), skipped.reason());
        } else if (event instanceof Event.TenantPinned pinned) {
            tenants.put(pinned.provider(), pinned.tenant());
        } else if (event instanceof Event.SlotTaken taken) {
            service(taken.service()).slot = true;
        } else if (event instanceof Event.SlotReleased released) {
            service(released.service()).slot = false;
            service(released.service()).slotReleased = true;
        } else if (event instanceof Event.SlotBlocked blocked) {
            service(blocked.service()).blockedBy = blocked.owner();
            service(blocked.service()).blockedNumber = size;
        } else if (event instanceof Event.RoundStarted started) {
            roundStarted(started, entry.time());
        } else if (event instanceof Event.Linked linked) {
            ServiceState service = service(linked.service());
            service.linked = true;
            service.linkedAt = entry.time();
            service.failedRounds = 0;
        } else if (event instanceof Event.Adopted adopted) {
            service(adopted.service()).adopted = true;
            service(adopted.service()).linked = true;
        } else if (event instanceof Event.Stalled stalled) {
            service(stalled.service()).stalls = stalled.stalls();
        } else if (event instanceof Event.ServiceEnded serviceEnded) {
            ServiceState service = service(serviceEnded.service());
            service.ended = serviceEnded.status();
            service.failure = serviceEnded.reason().orElse(null);
            service.detail = serviceEnded.detail();
        } else if (event instanceof Event.AccessReturned returned) {
            returnedAccess.put(returned.provider(), returned.what());
        } else if (event instanceof Event.CancelRequested cancel) {
            cancelledBy = Optional.of(cancel.by());
        } else if (event instanceof Event.Ended) {
            ended = true;
        }
        // Begun made this state; LateAnswer and SlotCleared change nothing here
    }

    private void inherited(Map<String, String> known) {
        facts.putAll(known);
        for (CloudService.Provider provider : CloudService.Provider.values()) {
            Optional.ofNullable(known.get("tenant." + provider)).ifPresent(tenant -> tenants.put(provider, tenant));
        }
    }

    /** What stays true beyond the run: of tenants, apps and folders, not of what was answered or listed then. */
    public Map<String, String> lastingFacts() {
        return facts.entrySet().stream()
                .filter(f -> PASSING.stream().noneMatch(f.getKey()::startsWith))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private void looked(Event.Looked event, Instant at) {
        StepState step = step(event.step());
        step.look = event.look();
        step.lookSource = event.source();
        step.lookAt = at;
        if (step.firstLookAt == null) {
            step.firstLookAt = at;
        }
        if (event.look() instanceof Look.Holds holds) {
            facts.putAll(holds.facts());
        }
    }

    private void offered(Event.Offered event, Instant at) {
        StepState step = step(event.step());
        step.open = event.action();
        step.openSince = at;
        step.overdueAt = event.overdueAt().orElse(null);
        step.overdue = false;
        step.openIsQuestion = event.question();
        step.questionAsked |= event.question();
        step.answer = null;
        step.answeredAt = null;
        step.asked++;
        step.askedThisRound++;
        CoreSteps.serviceOf(event.step(), GRANT).ifPresent(s -> service(s).linkAttempts++);
    }

    private void answered(Event.Answered event, Instant at) {
        StepState step = step(event.step());
        if (event.answer() instanceof Answer.NotYet) {
            return; // the action stays open
        }
        step.close();
        step.answer = event.answer();
        step.answeredAt = at;
        step.answerNumber = size;
        step.handedBack = event.answer() instanceof Answer.HandedBack back ? back : null;
        boolean isRefusal = event.answer() instanceof Answer.Declined || event.answer() instanceof Answer.Blocked;
        step.refusals = isRefusal ? step.refusals + 1 : step.handedBack != null ? step.refusals : 0;
        if (event.answer() instanceof Answer.Saw saw) {
            Optional<CloudService> reader = CoreSteps.serviceOf(event.step(), CONSOLE_READ);
            if (reader.isPresent()) {
                read(reader.get(), saw, at);
            } else {
                facts.put("answer." + event.step().value(), saw.text().strip());
            }
        }
    }

    private void read(CloudService reader, Answer.Saw saw, Instant at) {
        ConsoleReading reading = parser.apply(saw.text());
        ServiceState service = service(reader);
        service.reading = reading;
        service.readingAt = at;
        service.readingNumber = size;
        service.readByMachine = saw.readByMachine();
        service.readBy = saw.by();
        if (service.slot && service.first == null) {
            service.first = reading;
        }
        if (!service.linked && step(CoreSteps.id(reader, GRANT)).askedThisRound == 0) {
            service.baseline = reading;
            service.baselineAt = at;
        }
        reading.serviceAccounts().ifPresent(rows -> {
            facts.put(
                    "console.listed",
                    rows.stream().map(r -> r.service().name()).sorted().collect(Collectors.joining(",")));
            for (ServiceAccountRow row : rows) {
                facts.put("console.app-id." + row.service(), row.appId().orElse(""));
            }
        });
    }

    private void roundStarted(Event.RoundStarted event, Instant at) {
        ServiceState service = service(event.service());
        service.round = event.round();
        service.roundReason = event.reason();
        service.roundAt = at;
        service.linked = false;
        boolean first = event.reason() == Event.RoundReason.FIRST;
        service.baseline = first ? null : service.reading; // the reading that ended the round before
        service.baselineAt = first ? null : service.readingAt;
        service.failedRounds = switch (event.reason()) {
            case LINK_FAILED -> service.failedRounds + 1;
            case HANDED_BACK -> service.failedRounds;
            case FIRST, STALLED -> 0;
        };
        step(CoreSteps.id(event.service(), GRANT)).startAgain();
        step(CoreSteps.id(event.service(), FINISH)).startAgain();
    }

    StepState step(StepId step) {
        return steps.computeIfAbsent(step, k -> new StepState());
    }

    ServiceState service(CloudService service) {
        return services.computeIfAbsent(service, k -> new ServiceState());
    }

    Map<StepId, StepState> steps() {
        return steps;
    }

    public ActivationId id() {
        return id;
    }

    public Event.Run run() {
        return run;
    }

    public ActivationRequest request() {
        return request;
    }

    public Instant begunAt() {
        return begunAt;
    }

    public Instant lastEventAt() {
        return lastEventAt;
    }

    public boolean isEnded() {
        return ended;
    }

    public long size() {
        return size;
    }

    public boolean isCancelled() {
        return cancelledBy.isPresent();
    }

    Optional<String> cancelledBy() {
        return cancelledBy;
    }

    Map<String, String> facts() {
        return facts;
    }

    Map<CloudService.Provider, String> tenants() {
        return tenants;
    }

    /** What became of the own app's access at the end. */
    Map<CloudService.Provider, OwnAccess.Returned> returnedAccess() {
        return returnedAccess;
    }

    /** The edition asked for, or what the console was seen to show; AUTO until then. */
    Edition edition() {
        if (request.edition() != Edition.AUTO) {
            return request.edition();
        }
        return Optional.ofNullable(facts.get("answer." + CoreSteps.EDITION.value()))
                .flatMap(Edition::parse)
                .orElse(Edition.AUTO);
    }

    /** The services that this run protected, or removed. */
    public Set<CloudService> settledServices() {
        Set<CloudService> settled = EnumSet.noneOf(CloudService.class);
        services.forEach((service, x) -> {
            if (x.ended == ActivationStatus.PROTECTED || x.ended == ActivationStatus.REMOVED) {
                settled.add(service);
            }
        });
        return settled;
    }

    /** How many users the provider of a service has, if a look told; else how many another provider of the customer has. */
    Optional<Long> users(CloudService service) {
        Optional<Long> own =
                Optional.ofNullable(facts.get("users." + service.provider())).map(Long::valueOf);
        return own.or(() -> facts.entrySet().stream()
                .filter(f -> f.getKey().startsWith("users."))
                .map(f -> Long.valueOf(f.getValue()))
                .max(Long::compare));
    }
}
