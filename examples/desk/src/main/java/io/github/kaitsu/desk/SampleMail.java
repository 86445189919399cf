package io.github.kaitsu.desk;

/** A mail to try the desk with, where there is one. */
@FunctionalInterface
public interface SampleMail {
    /** Of a customer that the desk does not know yet. */
    String next();
}
