package io.github.kaitsu.sandbox.internal.person;

import io.github.kaitsu.operator.Answer;
import io.github.kaitsu.operator.OperatorAction;
import io.github.kaitsu.sandbox.Sandbox;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * All that the scripted person knows, by step and text key: the wording of an action is for people, and is not read here. Not
 * thread-safe.
 */
public final class ActionHandlers {
    private final Map<String, ActionHandler> duties = new HashMap<>();
    private final OwnAppHandlers ownApps;

    /**
     * Teaches a person all of it.
     *
     * @param by the name that every answer bears
     */
    public ActionHandlers(Sandbox sandbox, String by) {
        Browser browser = new Browser(sandbox);
        ownApps = new OwnAppHandlers(browser);
        Replies replies = new Replies(by);
        ReadingHandlers reading = new ReadingHandlers(browser, replies);
        reading.teach(this);
        ConsoleHandlers console = new ConsoleHandlers(browser, replies, reading);
        console.teach(this);
        new BoxHandlers(browser, replies).teach(this);
        new DropboxHandlers(browser, replies).teach(this);
        new GoogleHandlers(browser, replies, console).teach(this);
        new MicrosoftHandlers(browser, replies).teach(this);
    }

    /** Allows what an authorization address asks for; the address the browser is sent to then, if any. */
    public Optional<URI> consent(URI authorization) {
        return ownApps.consent(authorization);
    }

    /** Lets the browser follow a redirection; what the person reads there. */
    public String comeBack(URI redirect) {
        return OwnAppHandlers.comeBack(redirect);
    }

    void put(String step, String key, ActionHandler duty) {
        if (duties.put(name(step, key), duty) != null) {
            throw new IllegalStateException("taught twice: " + name(step, key));
        }
    }

    /**
     * Does what the action asks for.
     *
     * @throws IllegalStateException for an action that nobody taught the person; nothing passes unnoticed
     */
    public Answer perform(OperatorAction action) {
        ActionHandler duty =
                duties.get(name(action.step().value(), action.template().key()));
        if (duty == null) {
            throw new IllegalStateException("the scripted person does not know step " + action.step()
                    + " with text key " + action.template().key());
        }
        return duty.perform(action);
    }

    private static String name(String step, String key) {
        return step + " / " + key;
    }
}
