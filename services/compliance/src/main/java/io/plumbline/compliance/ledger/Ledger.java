package io.plumbline.compliance.ledger;

import io.plumbline.compliance.ledger.head.SignedHead;
import io.plumbline.compliance.ledger.head.SignedHeads;
import io.plumbline.contracts.Digest;
import io.plumbline.platform.digest.TreeProofs;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Reads of the ledger as a whole: heads and proofs, which reveal nothing about any entry's content.
 */
@Component
public class Ledger {

  /**
   * @param path from the leaf's sibling up to the root
   */
  public record InclusionProof(
      long index, long treeSize, Digest leafHash, List<Digest> path, Digest root) {}

  /**
   * @param path the nodes that connect the two roots
   */
  public record ConsistencyProof(
      long from, long to, Digest fromRoot, Digest toRoot, List<Digest> path) {}

  private final JdbcTemplate sql;

  Ledger(JdbcTemplate sql) {
    this.sql = sql;
  }

  /** The newest head; empty until the first is signed. */
  @Transactional(readOnly = true)
  public Optional<SignedHead> head() {
    return sql.query(SignedHeads.SELECT_FRESH, (row, index) -> SignedHeads.read(row)).stream()
        .findFirst();
  }

  /** The size of the signed tree; proofs reach no further. */
  @Transactional(readOnly = true)
  public long size() {
    return head().map(SignedHead::treeSize).orElse(0L);
  }

  /**
   * @throws IllegalArgumentException when the tree of that size does not hold the entry, or is not
   *     signed yet
   */
  @Transactional(readOnly = true)
  public InclusionProof inclusion(long index, long treeSize) {
    require(treeSize);
    StoredNodes nodes = new StoredNodes(sql);
    TreeProofs proofs = new TreeProofs(nodes);
    List<byte[]> path = proofs.inclusion(index, treeSize);
    return new InclusionProof(
        index,
        treeSize,
        Digest.ofRaw(nodes.node(0, index)),
        digests(path),
        Digest.ofRaw(proofs.root(treeSize)));
  }

  /**
   * @throws IllegalArgumentException when {@code from} is not between 0 and {@code to}, or {@code
   *     to} is not signed yet
   */
  @Transactional(readOnly = true)
  public ConsistencyProof consistency(long from, long to) {
    require(to);
    TreeProofs proofs = new TreeProofs(new StoredNodes(sql));
    List<byte[]> path = proofs.consistency(from, to);
    return new ConsistencyProof(
        from, to, Digest.ofRaw(proofs.root(from)), Digest.ofRaw(proofs.root(to)), digests(path));
  }

  private void require(long treeSize) {
    long signed = size();
    if (treeSize < 0 || treeSize > signed) {
      throw new IllegalArgumentException(
          "must not exceed the signed tree, which has " + signed + " entries");
    }
  }

  private static List<Digest> digests(List<byte[]> hashes) {
    return hashes.stream().map(Digest::ofRaw).toList();
  }
}
