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
 * Reads the ledger as a whole: its heads and proofs, which reveal nothing about any entry's
 * content.
 */
@Component
public class Ledger {

  /**
   * A proof that an entry is in a tree.
   *
   * @param path the hashes from the leaf's sibling up to the root
   */
  public record InclusionProof(
      long index, long treeSize, Digest leafHash, List<Digest> path, Digest root) {}

  /**
   * A proof that a tree is the beginning of a larger one.
   *
   * @param path the hashes of the nodes that connect the two roots
   */
  public record ConsistencyProof(
      long from, long to, Digest fromRoot, Digest toRoot, List<Digest> path) {}

  private final JdbcTemplate sql;

  public Ledger(JdbcTemplate sql) {
    this.sql = sql;
  }

  /** Returns the newest head; empty until the first is signed. */
  @Transactional(readOnly = true)
  public Optional<SignedHead> newestHead() {
    return sql.query(SignedHeads.SELECT_FRESH, (row, index) -> SignedHeads.read(row)).stream()
        .findFirst();
  }

  /** Returns the size of the signed tree; there are no proofs for larger trees. */
  @Transactional(readOnly = true)
  public long signedSize() {
    return newestHead().map(SignedHead::treeSize).orElse(0L);
  }

  /**
   * Proves that an entry is in the tree of a size (RFC 9162, section 2.1.3).
   *
   * @throws IllegalArgumentException if the tree of that size does not contain the entry or is not
   *     signed yet
   */
  @Transactional(readOnly = true)
  public InclusionProof proveInclusion(long index, long treeSize) {
    requireSigned(treeSize);
    StoredNodes nodes = new StoredNodes(sql);
    TreeProofs proofs = new TreeProofs(nodes);
    List<byte[]> path = proofs.inclusionProof(index, treeSize);
    return new InclusionProof(
        index,
        treeSize,
        Digest.ofRaw(nodes.node(0, index)),
        digests(path),
        Digest.ofRaw(proofs.root(treeSize)));
  }

  /**
   * Proves that the tree of one size is the beginning of the tree of another (RFC 9162, section
   * 2.1.4).
   *
   * @throws IllegalArgumentException if {@code from} is not between 0 and {@code to}, or the tree
   *     of the size {@code to} is not signed yet
   */
  @Transactional(readOnly = true)
  public ConsistencyProof proveConsistency(long from, long to) {
    requireSigned(to);
    TreeProofs proofs = new TreeProofs(new StoredNodes(sql));
    List<byte[]> path = proofs.consistencyProof(from, to);
    return new ConsistencyProof(
        from, to, Digest.ofRaw(proofs.root(from)), Digest.ofRaw(proofs.root(to)), digests(path));
  }

  private void requireSigned(long treeSize) {
    long signed = signedSize();
    if (treeSize < 0 || treeSize > signed) {
      throw new IllegalArgumentException(
          "must not exceed the signed tree, which has " + signed + " entries");
    }
  }

  private static List<Digest> digests(List<byte[]> hashes) {
    return hashes.stream().map(Digest::ofRaw).toList();
  }
}
