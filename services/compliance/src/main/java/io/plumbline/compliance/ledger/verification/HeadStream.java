package io.plumbline.compliance.ledger.verification;

import io.plumbline.compliance.ledger.head.SignedHead;
import io.plumbline.compliance.ledger.head.SignedHeads;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the kept heads, smallest first, and finally the newest head if it covers more entries than
 * all kept ones.
 */
final class HeadStream implements AutoCloseable {

  private static final int FETCH = 1_000;

  private final PreparedStatement select;
  private final ResultSet kept;
  private final Optional<SignedHead> fresh;
  private long last;
  private boolean isKept;
  private boolean ended;

  /**
   * Starts reading the heads over more than a number of entries.
   *
   * @param behind that number of entries
   */
  HeadStream(Connection connection, long behind, Optional<SignedHead> fresh) throws SQLException {
    this.select =
        connection.prepareStatement(
            SignedHeads.SELECT_BEHIND, ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY);
    select.setFetchSize(FETCH);
    select.setLong(1, behind);
    this.kept = select.executeQuery();
    this.fresh = fresh;
    this.last = behind;
  }

  @Nullable SignedHead next() throws SQLException {
    if (kept.next()) {
      SignedHead head = SignedHeads.read(kept);
      last = head.treeSize();
      isKept = true;
      return head;
    }
    isKept = false;
    if (ended) {
      return null;
    }
    ended = true;
    return fresh.filter(head -> head.treeSize() > last).orElse(null);
  }

  /** Returns whether the head that was returned last is kept permanently. */
  boolean isKept() {
    return isKept;
  }

  /** Returns the size of the largest head from this one on and reads all heads that are left. */
  long readLargestSize(SignedHead head) throws SQLException {
    long largest = head.treeSize();
    for (SignedHead next = next(); next != null; next = next()) {
      largest = next.treeSize();
    }
    return largest;
  }

  @Override
  public void close() throws SQLException {
    kept.close();
    select.close();
  }
}
