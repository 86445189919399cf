/**
 * What a host's own {@link io.github.kaitsu.store.ActivationStore}, {@link io.github.kaitsu.consent.CredentialStore} and {@link
 * io.github.kaitsu.operator.Operator} must keep to, as
 * JUnit 5 classes to extend, and a disk that fails on purpose. Published as {@code kaitsu-core} with the classifier
 * {@code contracts} (type {@code test-jar}); needs JUnit Jupiter and AssertJ in the host's test scope.
 */
package io.github.kaitsu.contract;
