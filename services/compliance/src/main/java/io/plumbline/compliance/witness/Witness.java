package io.plumbline.compliance.witness;

import io.plumbline.platform.digest.ProofCheck;
import io.plumbline.platform.digest.TreeHasher;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A witness of logs (C2SP {@code tlog-witness}): it cosigns a checkpoint only if it is proved to
 * continue the last one that it cosigned of the same log, and stores it before it answers. So
 * nobody can show two people two trees that it cosigned.
 */
final class Witness {

  /** The number of hashes in a proof that a request may have. */
  static final int MAX_PROOF = 63;

  private static final String OLD = "old ";

  /**
   * The answer to a request.
   *
   * @param status the HTTP status
   */
  record Answer(int status, String contentType, String body) {

    static Answer text(int status, String body) {
      return new Answer(status, "text/plain; charset=utf-8", body);
    }
  }

  /** A request to cosign a checkpoint. */
  private record Submission(long old, List<byte[]> proof, SignedNote note, Checkpoint checkpoint) {

    static Submission parse(String body) {
      int end = body.indexOf("\n\n");
      if (end < 0 || !body.startsWith(OLD)) {
        throw new IllegalArgumentException("The request has no old size, proof and checkpoint");
      }
      String[] lines = body.substring(0, end).split("\n", -1);
      if (lines.length - 1 > MAX_PROOF) {
        throw new IllegalArgumentException("A proof has at most " + MAX_PROOF + " hashes");
      }
      List<byte[]> proof = new ArrayList<>();
      for (int i = 1; i < lines.length; i++) {
        proof.add(Checkpoint.parseHash(lines[i]));
      }
      SignedNote note = SignedNote.parse(body.substring(end + 2));
      return new Submission(
          Checkpoint.parseSize(lines[0].substring(OLD.length())),
          List.copyOf(proof),
          note,
          Checkpoint.parse(note.text()));
    }
  }

  private final NoteKey own;
  private final PrivateKey secret;
  private final List<NoteKey> logs;
  private final WitnessStore store;
  private final Clock clock;

  /**
   * @param logs the keys of the logs that it cosigns; the name of each is the log's origin
   */
  Witness(NoteKey own, PrivateKey secret, List<NoteKey> logs, WitnessStore store, Clock clock) {
    this.own = own;
    this.secret = secret;
    this.logs = List.copyOf(logs);
    this.store = store;
    this.clock = clock;
  }

  /** Answers an {@code add-checkpoint} request. Requests are answered one at a time. */
  synchronized Answer addCheckpoint(String body) {
    Submission submission;
    try {
      submission = Submission.parse(body);
    } catch (IllegalArgumentException e) {
      return Answer.text(400, e.getMessage() + "\n");
    }
    Checkpoint checkpoint = submission.checkpoint;
    List<NoteKey> trusted =
        logs.stream().filter(key -> key.name().equals(checkpoint.origin())).toList();
    if (trusted.isEmpty()) {
      return Answer.text(404, "This log is not known here\n");
    }
    Optional<SignedNote.Signature> signature = verifiedSignature(submission.note, trusted);
    if (signature.isEmpty()) {
      return Answer.text(403, "No key of this log signed the checkpoint\n");
    }
    if (submission.old > checkpoint.size()) {
      return Answer.text(400, "The old size exceeds that of the checkpoint\n");
    }
    Optional<Checkpoint> known =
        store
            .read(checkpoint.origin())
            .map(SignedNote::parse)
            .map(SignedNote::text)
            .map(Checkpoint::parse);
    long size = known.map(Checkpoint::size).orElse(0L);
    if (submission.old != size) {
      return new Answer(409, "text/x.tlog.size", size + "\n");
    }
    if (!continues(submission, known)) {
      return Answer.text(422, "The checkpoint is not proved to continue the last one\n");
    }
    String text = submission.note.text();
    String cosignature = own.cosign(text, clock.instant().getEpochSecond(), secret).line();
    store.write(checkpoint.origin(), text + "\n" + signature.get().line() + cosignature);
    return Answer.text(200, cosignature);
  }

  /**
   * Returns the signature of a trusted key; empty if there is none, or if a signature that names
   * such a key was not made with it, because the note is then malformed.
   */
  private static Optional<SignedNote.Signature> verifiedSignature(
      SignedNote note, List<NoteKey> trusted) {
    Optional<SignedNote.Signature> verified = Optional.empty();
    for (SignedNote.Signature line : note.signatures()) {
      for (NoteKey key : trusted) {
        if (key.isNamedBy(line)) {
          if (!key.verifies(note.text(), line)) {
            return Optional.empty();
          }
          verified = Optional.of(line);
        }
      }
    }
    return verified;
  }

  private static boolean continues(Submission submission, Optional<Checkpoint> known) {
    Checkpoint next = submission.checkpoint;
    byte[] empty = new TreeHasher().emptyRoot();
    if (next.size() == 0 && !MessageDigest.isEqual(next.root(), empty)) {
      return false;
    }
    return ProofCheck.verifyConsistency(
        submission.old,
        next.size(),
        known.map(Checkpoint::root).orElse(empty),
        next.root(),
        submission.proof);
  }

  /** Returns the last cosigned checkpoint of the log whose origin has this SHA-256. */
  Answer checkpoint(String originHash) {
    return store
        .readByHash(originHash)
        .map(note -> Answer.text(200, note))
        .orElseGet(() -> Answer.text(404, "No checkpoint of this log was cosigned\n"));
  }
}
