package io.github.kaitsu;

/** Who does a step: the library by reading a provider's API, or a person (or a browser under a person's eyes). */
public enum Performer {
    /** The library itself, by reading an API. */
    SDK,
    /** A person, or a browser under a person's eyes. */
    PERSON
}
