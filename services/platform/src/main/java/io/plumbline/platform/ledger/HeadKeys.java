package io.plumbline.platform.ledger;

import io.plumbline.platform.signature.Ed25519;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The public keys that this service trusts for heads, from its configuration. The key file may
 * appear after the start, because the ledger creates its key on its own first start.
 */
final class HeadKeys {

  private static final Logger log = LoggerFactory.getLogger(HeadKeys.class);

  private final Map<String, PublicKey> keys = new ConcurrentHashMap<>();
  private final @Nullable Path file;

  HeadKeys(LedgerSettings settings) {
    settings.publicKeys().stream().map(HeadSignature::publicKey).forEach(this::trust);
    file = settings.publicKeyFile();
    if (keys.isEmpty() && file == null) {
      log.warn(
          "Neither plumbline.ledger.public-keys nor plumbline.ledger.public-key-file is set: no"
              + " head can be verified, and governed writes stop after plumbline.ledger.max-lag");
    }
  }

  Optional<PublicKey> findTrusted(String keyId) {
    PublicKey known = keys.get(keyId);
    if (known != null) {
      return Optional.of(known);
    }
    return readKeyFile().map(key -> keys.get(keyId));
  }

  private Optional<PublicKey> readKeyFile() {
    if (file == null || !Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(trust(HeadSignature.publicKey(Files.readString(file))));
    } catch (IOException | IllegalArgumentException e) {
      log.warn(
          "The ledger's public key cannot be read from {}. Heads signed with that key are ignored"
              + " until it can be read: {}",
          file,
          e.toString());
      return Optional.empty();
    }
  }

  private PublicKey trust(PublicKey key) {
    keys.put(Ed25519.id(key), key);
    return key;
  }
}
