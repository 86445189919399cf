package io.github.kaitsu.report;

import io.github.kaitsu.KaitsuException;
import java.util.Optional;

/**
 * The host's key, with which it answers for an {@link EvidenceBundle}: in a file ({@link Ed25519Signer}), or in a key store or a
 * hardware module that the host reaches its own way. Must be thread-safe if one bundle is signed while another is.
 */
public interface EvidenceSigner {
    /**
     * Tells verifiers which of the host's public keys to take; no secret. Printable ASCII without quotation marks and backslashes, at
     * most 256 characters. For Ed25519 by convention the SHA-256 of the public key (DER, SubjectPublicKeyInfo) in hexadecimal.
     */
    String keyId();

    /**
     * Signs a message with Ed25519 (RFC 8032, pure), so that {@code openssl pkeyutl -verify -rawin} accepts it.
     *
     * @param message what is signed, as it is: no hash of it
     * @return 64 bytes
     * @throws KaitsuException SIGNING_KEY if the key cannot be used
     */
    byte[] sign(byte[] message);

    /**
     * The public key as SubjectPublicKeyInfo in DER, to be put into the bundle for convenience; empty if it is not to be there. Whoever
     * verifies must know it from elsewhere all the same.
     */
    default Optional<byte[]> publicKey() {
        return Optional.empty();
    }
}
