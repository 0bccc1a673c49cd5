package io.plumbline.compliance.ledger.verification;

import io.plumbline.compliance.ledger.head.SignedHead;
import io.plumbline.contracts.Digest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a verification found.
 *
 * @param findings the first changes, lowest index first; empty when everything holds
 * @param refused the first entries that were refused when they were received, lowest index first:
 *     warnings, with which everything may hold
 * @param refusedEntries how many of those there are
 * @param newest the newest kept head; absent when none was seen
 * @param frontier the roots of the perfect subtrees under it, from which a later verification goes
 *     on
 */
public record VerificationReport(
    long entries,
    long heads,
    @Nullable SignedHead newest,
    List<Digest> frontier,
    List<Finding> findings,
    List<Finding> refused,
    long refusedEntries) {

  /** With what else was found, last. */
  public VerificationReport with(List<Finding> more) {
    List<Finding> all = new ArrayList<>(findings);
    all.addAll(more);
    return new VerificationReport(
        entries, heads, newest, frontier, List.copyOf(all), refused, refusedEntries);
  }

  public boolean holds() {
    return findings.isEmpty();
  }
}
