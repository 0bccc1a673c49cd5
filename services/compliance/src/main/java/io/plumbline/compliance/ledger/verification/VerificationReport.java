package io.plumbline.compliance.ledger.verification;

import io.plumbline.compliance.ledger.head.SignedHead;
import io.plumbline.contracts.Digest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of a verification.
 *
 * @param findings the first changes, lowest index first; empty if the ledger is unchanged
 * @param refused the first entries that were refused when they were received, lowest index first;
 *     these are warnings and do not mean that the ledger was changed
 * @param refusedEntries the number of all refused entries
 * @param newest the newest kept head; absent if none was seen
 * @param frontier the roots of the perfect subtrees under the newest head, from which a later
 *     verification can resume
 */
public record VerificationReport(
    long entries,
    long heads,
    @Nullable SignedHead newest,
    List<Digest> frontier,
    List<Finding> findings,
    List<Finding> refused,
    long refusedEntries) {

  /** Returns a report with more findings at the end. */
  public VerificationReport withFindings(List<Finding> more) {
    List<Finding> all = new ArrayList<>(findings);
    all.addAll(more);
    return new VerificationReport(
        entries, heads, newest, frontier, List.copyOf(all), refused, refusedEntries);
  }

  /** Returns whether nothing in the ledger was found to be changed. */
  public boolean hasNoFindings() {
    return findings.isEmpty();
  }
}
