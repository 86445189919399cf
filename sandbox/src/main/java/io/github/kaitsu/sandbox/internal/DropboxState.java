package io.github.kaitsu.sandbox.internal;

/** What the customer's Dropbox team holds, as far as the activation touches it. */
final class DropboxState {}
