package io.github.kaitsu.sandbox.internal;

/** What the customer's Microsoft tenant holds, as far as the activation touches it. */
final class MicrosoftState {}
