package io.github.kaitsu;

/** Names one step within an activation: {@code box.folders}, {@code console.sign-in}. */
public record StepId(String value) {
    /** A step of a service: {@code box.folders}. */
    public static StepId of(CloudService service, String name) {
        return new StepId(service.id() + "." + name);
    }

    /** A step that concerns the whole console: {@code console.sign-in}. */
    public static StepId console(String name) {
        return new StepId("console." + name);
    }

    @Override
    public String toString() {
        return value;
    }
}
