package io.github.kaitsu.sandbox.internal;

/** What the customer's Google Workspace customer holds, as far as the activation touches it. */
final class GoogleState {}
