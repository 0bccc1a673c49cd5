package io.plumbline.platform.ledger;

import io.plumbline.contracts.ComplianceEvent.HeadSigned;
import io.plumbline.contracts.Digest;
import io.plumbline.platform.signature.Ed25519;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

/** Signs heads as the ledger does. */
final class HeadSigner {

  private final KeyPair keys = generate();
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");

  private static KeyPair generate() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** Returns the settings of a service that trusts this signer. */
  LedgerSettings settings() {
    return new LedgerSettings(Duration.ofMinutes(15), List.of(publicKey()), null, false);
  }

  String publicKey() {
    return Base64.getEncoder().encodeToString(keys.getPublic().getEncoded());
  }

  HeadSigner after(Duration pause) {
    now = now.plus(pause);
    return this;
  }

  HeadSigned sign(long size) {
    return sign(size, Digest.ofText("root of " + size));
  }

  HeadSigned sign(long size, Digest root) {
    byte[] signature =
        Ed25519.sign(keys.getPrivate(), HeadSignature.checkpointBytes(size, root, now));
    return new HeadSigned(
        size,
        root,
        now,
        Base64.getEncoder().encodeToString(signature),
        Ed25519.id(keys.getPublic()));
  }
}
