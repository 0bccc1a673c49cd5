package io.plumbline.compliance.witness;

import io.plumbline.compliance.ledger.head.LedgerKey;
import io.plumbline.platform.digest.ProofCheck;
import io.plumbline.platform.digest.TreeHasher;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The signer of one ledger: it signs a checkpoint only if it is proved to continue the last one
 * that it signed, and stores it before it answers. It also stores what the ledger says of the batch
 * under it, so that a batch that was rolled back can be appended again as it was signed.
 */
final class Signer {

  private static final String LEDGER = "ledger";
  private static final String OLD = "old ";

  /** The last signed head: the text of the checkpoint, and what the ledger said of the batch. */
  private record Last(String text, String batch) {

    static Last parse(String stored) {
      int end = stored.indexOf("\n\n");
      return new Last(stored.substring(0, end + 1), stored.substring(end + 2));
    }

    Checkpoint checkpoint() {
      return Checkpoint.parse(text);
    }
  }

  private final LedgerKey key;
  private final WitnessStore store;

  Signer(LedgerKey key, WitnessStore store) {
    this.key = key;
    this.store = store;
  }

  /** Returns the public key, the number of entries that were signed, and their last batch. */
  synchronized Witness.Answer state() {
    Optional<Last> last = last();
    return Witness.Answer.text(
        200,
        key.publicKeyText()
            + "\n"
            + last.map(each -> each.checkpoint().size()).orElse(0L)
            + "\n"
            + last.map(Last::batch).orElse("")
            + "\n");
  }

  /**
   * Answers a request to sign: the size that was signed last and the proof from it, an empty line,
   * the checkpoint, an empty line, and what is stored of the batch.
   */
  synchronized Witness.Answer sign(String body) {
    try {
      int end = body.indexOf("\n\n");
      if (end < 0 || !body.startsWith(OLD)) {
        throw new IllegalArgumentException("The request has no old size, proof and checkpoint");
      }
      String[] lines = body.substring(0, end).split("\n", -1);
      List<byte[]> proof = new ArrayList<>();
      Arrays.stream(lines).skip(1).map(Checkpoint::parseHash).forEach(proof::add);
      Last next = Last.parse(body.substring(end + 2));
      return sign(Checkpoint.parseSize(lines[0].substring(OLD.length())), proof, next);
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      return Witness.Answer.text(400, "The request cannot be read: " + e.getMessage() + "\n");
    }
  }

  private Witness.Answer sign(long old, List<byte[]> proof, Last next) {
    Checkpoint checkpoint = next.checkpoint();
    Optional<Checkpoint> known = last().map(Last::checkpoint);
    long size = known.map(Checkpoint::size).orElse(0L);
    if (known.filter(each -> !each.origin().equals(checkpoint.origin())).isPresent()) {
      return Witness.Answer.text(403, "This is the signer of " + known.get().origin() + "\n");
    }
    if (old != size || checkpoint.size() < size) {
      return Witness.Answer.text(409, "A head over " + size + " entries was signed\n");
    }
    byte[] root = known.map(Checkpoint::root).orElse(new TreeHasher().emptyRoot());
    if (!ProofCheck.verifyConsistency(old, checkpoint.size(), root, checkpoint.root(), proof)) {
      return Witness.Answer.text(
          422, "The head is not proved to continue the one over " + size + " entries\n");
    }
    store.write(LEDGER, next.text() + "\n" + next.batch());
    return Witness.Answer.text(200, key.signText(next.text()) + "\n");
  }

  private Optional<Last> last() {
    return store.read(LEDGER).map(Last::parse);
  }
}
