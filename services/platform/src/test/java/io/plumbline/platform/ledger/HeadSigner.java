package io.plumbline.platform.ledger;

import io.plumbline.contracts.ComplianceEvent.HeadProof;
import io.plumbline.contracts.ComplianceEvent.HeadSigned;
import io.plumbline.contracts.ComplianceEvent.KeySuccession;
import io.plumbline.contracts.Digest;
import io.plumbline.platform.signature.Ed25519;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Signs heads as the ledger does. */
final class HeadSigner {

  private final KeyPair keys;
  private final @Nullable List<KeySuccession> successions;
  private Instant now;

  HeadSigner() {
    this(generate(), null, Instant.parse("2026-01-01T00:00:00Z"));
  }

  private HeadSigner(KeyPair keys, @Nullable List<KeySuccession> successions, Instant now) {
    this.keys = keys;
    this.successions = successions;
    this.now = now;
  }

  private static KeyPair generate() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** Returns the settings of a service that trusts this signer. */
  LedgerSettings settings() {
    return settings(null, null, false);
  }

  LedgerSettings settings(
      @Nullable String origin, @Nullable String firstHead, boolean acceptSmallerLog) {
    return new LedgerSettings(
        Duration.ofMinutes(15), List.of(publicKey()), origin, firstHead, acceptSmallerLog);
  }

  /** Returns what a service that trusts this signer received: nothing yet. */
  ReceivedHeads receivedHeads(LedgerApi ledger) {
    return receivedHeads(ledger, settings());
  }

  ReceivedHeads receivedHeads(LedgerApi ledger, LedgerSettings settings) {
    return new ReceivedHeads(new HeadKeys(settings), ledger, settings);
  }

  String publicKey() {
    return Base64.getEncoder().encodeToString(keys.getPublic().getEncoded());
  }

  private String keyId() {
    return Ed25519.id(keys.getPublic());
  }

  HeadSigner after(Duration pause) {
    now = now.plus(pause);
    return this;
  }

  /** Returns a signer with a key that this one names as its successor. */
  HeadSigner successor(String origin) {
    HeadSigner unnamed = new HeadSigner();
    KeySuccession succession =
        new KeySuccession(
            keyId(),
            unnamed.publicKey(),
            base64Signature(HeadSignature.successionBytes(origin, keyId(), unnamed.publicKey())));
    return unnamed.carrying(succession);
  }

  /** Returns a signer with the same key, whose heads carry a succession. */
  HeadSigner carrying(KeySuccession succession) {
    return new HeadSigner(keys, List.of(succession), now);
  }

  /** Signs a head of the genuine log, without a proof. */
  HeadSigned sign(long size) {
    return sign(size, TestLog.GENUINE.root(size));
  }

  /** Signs a head without a proof. */
  HeadSigned sign(long size, Digest root) {
    return sign(HeadSignature.FIRST_ORIGIN, size, root, null);
  }

  /** Signs a head with the proof from a smaller one. */
  HeadSigned sign(TestLog log, long from, long size) {
    return sign(
        HeadSignature.FIRST_ORIGIN,
        size,
        log.root(size),
        new HeadProof(from, log.proveConsistency(from, size).path()));
  }

  HeadSigned sign(String origin, long size, Digest root, @Nullable HeadProof proof) {
    return new HeadSigned(
        size,
        root,
        now,
        base64Signature(HeadSignature.checkpointBytes(origin, size, root, now)),
        keyId(),
        origin.equals(HeadSignature.FIRST_ORIGIN) ? null : origin,
        proof,
        successions);
  }

  private String base64Signature(byte[] body) {
    return Base64.getEncoder().encodeToString(Ed25519.sign(keys.getPrivate(), body));
  }
}
