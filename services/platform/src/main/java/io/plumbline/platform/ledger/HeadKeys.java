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
 * The public keys that this service trusts to sign ledger heads: those in {@code
 * plumbline.ledger.public-keys} and that in the file {@code plumbline.ledger.public-key-file}. The
 * file may appear after the start, because the ledger creates its key on its own first start.
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

  /**
   * Returns the trusted key with this id. If no known key has it, the key file is read, since the
   * file may exist by now or have another key.
   */
  Optional<PublicKey> findTrusted(String keyId) {
    PublicKey known = keys.get(keyId);
    if (known != null) {
      return Optional.of(known);
    }
    return readKeyFile(keyId).map(key -> keys.get(keyId));
  }

  /**
   * Reads the key file and trusts its key.
   *
   * @param keyId the id of the key that is looked for, for the log
   * @return the key; empty without a file, or when it cannot be read
   */
  private Optional<PublicKey> readKeyFile(String keyId) {
    if (file == null || !Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(trust(HeadSignature.publicKey(Files.readString(file))));
    } catch (IOException | IllegalArgumentException e) {
      log.warn(
          "The file {} that plumbline.ledger.public-key-file names holds no readable public key. A"
              + " ledger head signed with key {} is ignored, because no other trusted key has this"
              + " id. The file is read again for the next head: {}",
          file,
          keyId,
          e.toString());
      return Optional.empty();
    }
  }

  private PublicKey trust(PublicKey key) {
    keys.put(Ed25519.id(key), key);
    return key;
  }
}
