package io.plumbline.inference.withdrawal;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.InferenceEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A part of a variant that stands on a dataset version whose admission was withdrawn.
 *
 * @param part {@code index}, or {@code model <name>@<version>} for a tuned model
 * @param purpose the purpose to which the version is no longer admitted: INDEX or TRAIN
 * @param since the beginning of the withdrawal that lasts
 * @param before the time for which the version was withdrawn earlier, since the release was
 *     requested
 * @param reasons the reasons of the decision about the admission
 */
public record WithdrawnPart(
    String part,
    String dataset,
    int version,
    Digest versionDigest,
    String purpose,
    Instant since,
    @JsonIgnore Duration before,
    List<String> reasons) {

  public WithdrawnPart {
    reasons = List.copyOf(reasons);
  }

  /**
   * Returns the time at which the version will have been withdrawn for a number of days, without
   * the times when it was admitted.
   */
  Instant withdrawnFor(long days) {
    Duration left = Duration.ofDays(days).minus(before);
    return left.isNegative() ? since : since.plus(left);
  }

  /** Returns the part, its data and the time in one line. */
  public String describe() {
    return "%s stands on version %d of dataset '%s', whose admission to %s was withdrawn (%s)"
        .formatted(part, version, dataset, purpose, since);
  }

  /** Returns the part as events name it. */
  public InferenceEvent.WithdrawnPart toEvent() {
    return new InferenceEvent.WithdrawnPart(part, dataset, version, versionDigest, purpose, since);
  }
}
