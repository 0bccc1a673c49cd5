package io.plumbline.compliance.ledger.verification;

import io.plumbline.compliance.ledger.head.SignedHead;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a verification found.
 *
 * @param findings the first ones, lowest index first; empty when everything holds
 * @param newest the newest stored head; absent in an empty ledger
 */
public record VerificationReport(
    long entries, long heads, @Nullable SignedHead newest, List<Finding> findings) {

  public boolean holds() {
    return findings.isEmpty();
  }
}
