package io.plumbline.platform.ledger;

import io.plumbline.contracts.Digest;
import io.plumbline.platform.digest.InMemoryMerkleTree;
import io.plumbline.platform.digest.TreeHasher;
import io.plumbline.platform.digest.TreeProofs;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A log that proves what it contains.
 *
 * @param changedFrom the first entry that differs from those of {@link #GENUINE}
 */
record TestLog(int changedFrom) implements LedgerApi {

  static final TestLog GENUINE = new TestLog(Integer.MAX_VALUE);

  private static final TreeHasher HASHER = new TreeHasher();

  Digest root(long size) {
    return Digest.ofRaw(tree(size).root());
  }

  @Override
  public Proof proveConsistency(long from, long to) {
    return new Proof(
        new TreeProofs(tree(to)).consistencyProof(from, to).stream().map(Digest::ofRaw).toList());
  }

  private InMemoryMerkleTree tree(long size) {
    List<byte[]> leaves =
        IntStream.range(0, (int) size)
            .mapToObj(i -> (i < changedFrom ? "entry " : "rewritten entry ") + i)
            .map(entry -> HASHER.leaf(entry.getBytes(StandardCharsets.UTF_8)))
            .toList();
    return new InMemoryMerkleTree(leaves);
  }
}
