package io.plumbline.compliance.ledger;

import io.plumbline.compliance.ledger.tree.Proofs;
import io.plumbline.contracts.Digest;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.annotation.Transactional;

/** Reads of the ledger as a whole: heads and proofs, which say nothing of any entry's content. */
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
    return sql
        .query(
            "SELECT tree_size, root, signed_at, signature, key_id FROM ledger_fresh_head",
            (row, index) -> LedgerTables.head(row))
        .stream()
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
    Proofs proofs = new Proofs(nodes);
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
    Proofs proofs = new Proofs(new StoredNodes(sql));
    List<byte[]> path = proofs.consistency(from, to);
    return new ConsistencyProof(
        from, to, Digest.ofRaw(proofs.root(from)), Digest.ofRaw(proofs.root(to)), digests(path));
  }

  private void require(long treeSize) {
    long signed = size();
    if (treeSize < 0 || treeSize > signed) {
      throw new IllegalArgumentException("The signed tree has " + signed + " entries");
    }
  }

  private static List<Digest> digests(List<byte[]> hashes) {
    return hashes.stream().map(Digest::ofRaw).toList();
  }
}
