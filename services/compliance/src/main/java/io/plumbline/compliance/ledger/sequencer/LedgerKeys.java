package io.plumbline.compliance.ledger.sequencer;

import io.plumbline.compliance.ledger.SequencerSettings;
import io.plumbline.compliance.ledger.head.LedgerKey;
import io.plumbline.compliance.ledger.head.SignedHead;
import io.plumbline.compliance.ledger.head.SignedHeads;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Loads or creates the current signing key. */
final class LedgerKeys {

  private static final Logger log = LoggerFactory.getLogger(LedgerKeys.class);

  private final SequencerSettings settings;
  private final LedgerTransactions transactions;

  LedgerKeys(SequencerSettings settings, LedgerTransactions transactions) {
    this.settings = settings;
    this.transactions = transactions;
  }

  /**
   * Loads the signing key, or creates it on the first start, and registers its public half.
   *
   * @throws IllegalStateException if the ledger was signed with a key that is missing here, because
   *     a new key would hide the loss
   */
  LedgerKey loadOrCreate() {
    Path directory = settings.keyDirectory();
    Optional<SignedHead> newest = newestHead();
    LedgerKey key;
    if (LedgerKey.existsIn(directory)) {
      key = LedgerKey.load(directory);
      requireNewKeyAccepted(newest.filter(head -> !head.keyId().equals(key.id())));
    } else {
      requireNewKeyAccepted(newest);
      key = LedgerKey.generate();
      key.store(directory);
      log.info(
          "Created the ledger's signing key {} in {}; back up this directory, since a lost key"
              + " cannot be replaced unnoticed",
          key.id(),
          directory.toAbsolutePath());
    }
    transactions.run(connection -> {
      new SignedHeads(connection).registerKey(key);
      return true;
    });
    return key;
  }

  private void requireNewKeyAccepted(Optional<SignedHead> signedByAnother) {
    if (signedByAnother.isPresent() && !settings.acceptNewKey()) {
      throw new IllegalStateException(
          "The ledger is signed with key "
              + signedByAnother.get().keyId()
              + ", which is not in "
              + settings.keyDirectory().toAbsolutePath()
              + ": restore this key from the backup, or set plumbline.ledger.accept-new-key=true"
              + " and inform the auditors");
    }
  }

  private Optional<SignedHead> newestHead() {
    return transactions.run(connection -> new SignedHeads(connection).newestKept());
  }
}
