package io.plumbline.compliance.ledger.sequencer;

import io.plumbline.compliance.ledger.SequencerSettings;
import io.plumbline.compliance.ledger.SequencerSettings.KeyReplacement;
import io.plumbline.compliance.ledger.SignerSettings;
import io.plumbline.compliance.ledger.head.HeadSigning;
import io.plumbline.compliance.ledger.head.LedgerKey;
import io.plumbline.compliance.ledger.head.SignedHead;
import io.plumbline.compliance.ledger.head.SignedHeads;
import io.plumbline.contracts.ComplianceEvent.LedgerKeyReplaced;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the signer, or loads, creates or replaces the signing key of this process. */
final class LedgerKeys {

  private static final Logger log = LoggerFactory.getLogger(LedgerKeys.class);

  /** The folder, inside the key's own, of a new key that is about to replace it. */
  private static final String NEXT = "next";

  private final SequencerSettings settings;
  private final SignerSettings signer;
  private final HttpClient http;
  private final LedgerTransactions transactions;
  private final Consumer<LedgerKeyReplaced> publication;

  /**
   * @param http calls the signer
   * @param publication records a replacement in the ledger, in the transaction that registers it
   */
  LedgerKeys(
      SequencerSettings settings,
      SignerSettings signer,
      HttpClient http,
      LedgerTransactions transactions,
      Consumer<LedgerKeyReplaced> publication) {
    this.settings = settings;
    this.signer = signer;
    this.http = http;
    this.transactions = transactions;
    this.publication = publication;
  }

  /**
   * Opens the signer if one is configured, or else the key of this process.
   *
   * @throws IllegalStateException if the ledger was signed with another key
   */
  HeadSigning open() {
    if (signer.url() == null) {
      return loadOrCreate();
    }
    if (settings.replaceKey() != null) {
      throw new IllegalStateException(
          "The key of a signer in a process of its own is not replaced by"
              + " plumbline.ledger.replace-key: unset it, or sign without"
              + " plumbline.ledger.signer.url");
    }
    RemoteSigner remote = RemoteSigner.open(signer, http);
    Optional<SignedHead> newest = transactions.run(on -> new SignedHeads(on).newest());
    newest
        .map(SignedHead::keyId)
        .filter(id -> !id.equals(remote.id()) && !isReplacement(remote.id(), id))
        .ifPresent(id -> {
          throw new IllegalStateException(
              "The ledger is signed with key %s, but its signer has the key %s: move the files of"
                      .formatted(id, remote.id())
                  + " the former key into the folder of the signer, and start it again");
        });
    transactions.run(connection -> {
      new SignedHeads(connection).registerKey(remote.id(), LedgerKey.publicKeyText(remote.key()));
      return true;
    });
    return remote;
  }

  /**
   * Loads the signing key, creates it on the first start, or replaces it if that is configured.
   *
   * @throws IllegalStateException if the ledger was signed with a key that is missing here, because
   *     a new key would hide the loss
   */
  LedgerKey loadOrCreate() {
    Path directory = settings.keyDirectory();
    finishReplacement();
    Optional<SignedHead> newest = transactions.run(on -> new SignedHeads(on).newest());
    Optional<LedgerKey> present =
        LedgerKey.existsIn(directory)
            ? Optional.of(LedgerKey.load(directory))
            : Optional.<LedgerKey>empty();
    KeyReplacement due = settings.replaceKey();
    if (due != null
        && newest.filter(head -> head.keyId().equals(due.id())).isPresent()
        && !isReplacement(present, due.id())) {
      return replace(
          newest.get(), present.filter(key -> key.id().equals(due.id())), due.statement());
    }
    if (present.isEmpty() && newest.isEmpty()) {
      return create(directory);
    }
    newest.ifPresent(head -> requireKeyOf(head, present));
    return register(present.orElseThrow());
  }

  private LedgerKey create(Path directory) {
    LedgerKey key = LedgerKey.generate();
    key.store(directory);
    log.info(
        "Created the ledger's signing key {} in {}; back up this directory, since a lost key"
            + " cannot be replaced unnoticed. Pin its public key for every service:"
            + " plumbline.ledger.public-keys={}",
        key.id(),
        directory.toAbsolutePath(),
        key.publicKeyText());
    return register(key);
  }

  private LedgerKey register(LedgerKey key) {
    transactions.run(connection -> {
      new SignedHeads(connection).registerKey(key);
      return true;
    });
    return key;
  }

  private void requireKeyOf(SignedHead newest, Optional<LedgerKey> present) {
    boolean same = present.filter(key -> key.id().equals(newest.keyId())).isPresent();
    if (!same && !isReplacement(present, newest.keyId())) {
      throw new IllegalStateException(
          "The ledger is signed with key "
              + newest.keyId()
              + ", which is not in "
              + settings.keyDirectory().toAbsolutePath()
              + ": restore this key from the backup. If it is lost, set"
              + " plumbline.ledger.replace-key.id="
              + newest.keyId()
              + " and plumbline.ledger.replace-key.statement, which the ledger records, and"
              + " inform the auditors");
    }
  }

  private boolean isReplacement(Optional<LedgerKey> key, String formerKeyId) {
    return key.isPresent() && isReplacement(key.get().id(), formerKeyId);
  }

  private boolean isReplacement(String keyId, String formerKeyId) {
    return transactions.run(on -> new SignedHeads(on).isReplacement(keyId, formerKeyId));
  }

  /** Replaces a key by a new one, which the former key signs if it is present. */
  private LedgerKey replace(
      SignedHead newest, Optional<LedgerKey> former, @Nullable String statement) {
    if (former.isEmpty() && statement == null) {
      throw new IllegalStateException(
          "The ledger's key "
              + newest.keyId()
              + " is lost, so plumbline.ledger.replace-key.statement must say who replaces it,"
              + " when and why");
    }
    LedgerKey next = LedgerKey.generate();
    LedgerKeyReplaced replaced =
        new LedgerKeyReplaced(
            next.id(),
            next.publicKeyText(),
            former.map(LedgerKey::id).orElse(newest.keyId()),
            former.map(key -> key.nameSuccessor(newest.origin(), next).signature()).orElse(null),
            statement);
    transactions.run(connection -> registerReplacement(connection, replaced, next));
    finishReplacement();
    log.warn(
        "The ledger's key {} was replaced by {}{}. Pin it for every service:"
            + " plumbline.ledger.public-keys={}",
        replaced.formerKeyId(),
        next.id(),
        replaced.signature() == null ? ", without a signature of the lost key" : "",
        next.publicKeyText());
    return next;
  }

  private boolean registerReplacement(
      Connection connection, LedgerKeyReplaced replaced, LedgerKey next) throws SQLException {
    // Two processes that share the directory must not replace the key twice, nor overwrite the
    // files of a registered key.
    if (!new SequencerTables(connection).tryLock()) {
      throw new IllegalStateException(
          "Another process works on the ledger; the key is replaced at the next attempt");
    }
    SignedHeads heads = new SignedHeads(connection);
    if (heads.replacements().stream()
        .anyMatch(each -> each.formerKeyId().equals(replaced.formerKeyId()))) {
      throw new IllegalStateException(
          "Another process has replaced the key "
              + replaced.formerKeyId()
              + ": copy its key directory to "
              + settings.keyDirectory().toAbsolutePath());
    }
    next.store(settings.keyDirectory().resolve(NEXT));
    heads.registerReplacement(replaced);
    publication.accept(replaced);
    return true;
  }

  /** Moves a new key into place if it was registered; a crash may have prevented that before. */
  private void finishReplacement() {
    Path next = settings.keyDirectory().resolve(NEXT);
    if (!LedgerKey.existsIn(next)) {
      return;
    }
    LedgerKey key = LedgerKey.load(next);
    if (transactions.run(on -> new SignedHeads(on).keys()).containsKey(key.id())) {
      key.store(settings.keyDirectory());
      LedgerKey.remove(next);
    }
  }
}
