package io.plumbline.compliance.ledger.verification;

import io.plumbline.compliance.ledger.head.SignedHead;
import io.plumbline.compliance.ledger.head.SignedHeads;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The kept heads, smallest first, and at last the newest one where no kept one covers as much. */
final class HeadStream implements AutoCloseable {

  private static final int FETCH = 1_000;

  private final PreparedStatement select;
  private final ResultSet kept;
  private final Optional<SignedHead> fresh;
  private long last;
  private boolean isKept;
  private boolean ended;

  /**
   * @param behind only heads over more entries are given
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

  /** Whether the head given last is one that is kept permanently. */
  boolean isKept() {
    return isKept;
  }

  /** The size of the largest head from this one on; nothing is left afterwards. */
  long lastFrom(SignedHead head) throws SQLException {
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
