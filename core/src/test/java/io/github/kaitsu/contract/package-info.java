/**
 * What a host's own {@link io.github.kaitsu.store.ActivationStore}, {@link io.github.kaitsu.consent.CredentialStore} and {@link
 * io.github.kaitsu.operator.Operator} must keep to, as JUnit 5 classes to extend; a disk that fails on purpose and a clock that is
 * moved by hand; and what the tests of a provider stand on: {@link io.github.kaitsu.contract.VendorServer} with {@link
 * io.github.kaitsu.contract.VendorContract}, and {@link io.github.kaitsu.contract.Steps}. Published as {@code kaitsu-core} with
 * the classifier {@code contracts} (type {@code test-jar}); needs JUnit Jupiter and AssertJ in the host's test scope, and
 * MockWebServer 4 for a vendor's server.
 */
package io.github.kaitsu.contract;
