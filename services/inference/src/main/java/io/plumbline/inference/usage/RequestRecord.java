package io.plumbline.inference.usage;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.Money;
import io.plumbline.platform.digest.CanonicalJson;
import io.plumbline.platform.digest.TreeHasher;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The record of one request that the ledger commits to, without content and without people: a leaf
 * of the Merkle tree of its batch of usage. Its ids are random, so that nobody can guess a record.
 *
 * @param startedAt the start of the request, to the microsecond
 * @param operation the operation as the trace has it, like {@code status} and {@code cache}
 */
public record RequestRecord(
    UUID requestId,
    @Nullable String responseId,
    UUID workspace,
    Instant startedAt,
    String operation,
    @Nullable String application,
    @Nullable String environment,
    @Nullable UUID releaseId,
    @Nullable String arm,
    @Nullable Digest variantDigest,
    @Nullable UUID apiKeyId,
    String model,
    String status,
    String cache,
    Tokens tokens,
    @Nullable Money cost) {

  /**
   * Cuts the time to what the database keeps, and removes trailing zeros of the cost, so that equal
   * amounts have equal texts.
   */
  public RequestRecord {
    startedAt = startedAt.truncatedTo(ChronoUnit.MICROS);
    cost = cost == null ? null : withoutZeros(cost);
  }

  /** Returns the record in the canonical form of JSON (RFC 8785), in UTF-8. */
  public byte[] canonicalBytes() {
    return CanonicalJson.bytes(this);
  }

  public Digest leafHash() {
    return Digest.ofRaw(new TreeHasher().leaf(canonicalBytes()));
  }

  private static Money withoutZeros(Money cost) {
    return new Money(cost.amount().stripTrailingZeros(), cost.currency());
  }
}
