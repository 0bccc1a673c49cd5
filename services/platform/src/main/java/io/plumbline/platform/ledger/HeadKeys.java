package io.plumbline.platform.ledger;

import io.plumbline.contracts.ComplianceEvent.HeadSigned;
import io.plumbline.contracts.ComplianceEvent.KeySuccession;
import io.plumbline.platform.signature.Ed25519;
import java.security.PublicKey;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The public keys that this service trusts to sign ledger heads: those in {@code
 * plumbline.ledger.public-keys}, and those that a trusted key named as its successor. No other key
 * can introduce itself. A key with a successor signs no further head.
 */
final class HeadKeys {

  private static final Logger log = LoggerFactory.getLogger(HeadKeys.class);

  private final Map<String, PublicKey> keys = new HashMap<>();
  private final Set<String> replaced = new HashSet<>();

  HeadKeys(LedgerSettings settings) {
    settings.publicKeys().stream()
        .map(HeadSignature::publicKey)
        .forEach(key -> keys.put(Ed25519.id(key), key));
    if (keys.isEmpty()) {
      log.warn(
          "plumbline.ledger.public-keys is not set: no head can be verified, and governed writes"
              + " stop after plumbline.ledger.max-lag");
    }
  }

  /** Returns the trusted key that a head names, after learning from the head's successions. */
  synchronized Optional<PublicKey> findTrusted(HeadSigned head) {
    @Nullable List<KeySuccession> successions = head.successions();
    if (successions != null && successions.size() <= HeadSignature.MAX_SUCCESSIONS) {
      successions.forEach(each -> learn(HeadSignature.originOrFirst(head.origin()), each));
    }
    return Optional.ofNullable(keys.get(head.keyId()));
  }

  /** Returns whether a key has named its successor, so that it signs no further head. */
  synchronized boolean isReplaced(String keyId) {
    return replaced.contains(keyId);
  }

  private void learn(String origin, KeySuccession succession) {
    PublicKey former = keys.get(succession.formerKeyId());
    if (former == null || !isSigned(origin, succession, former)) {
      return;
    }
    PublicKey next = HeadSignature.publicKey(succession.publicKey());
    if (replaced.add(succession.formerKeyId())) {
      keys.put(Ed25519.id(next), next);
      log.warn(
          "The ledger's key {} names its successor {}, which is trusted from now on. Pin it in"
              + " plumbline.ledger.public-keys: {}",
          succession.formerKeyId(),
          Ed25519.id(next),
          succession.publicKey());
    }
  }

  private static boolean isSigned(String origin, KeySuccession succession, PublicKey former) {
    try {
      Ed25519.publicKey(succession.publicKey());
      return HeadSignature.isValid(
          HeadSignature.successionBytes(origin, succession.formerKeyId(), succession.publicKey()),
          succession.signature(),
          former);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
