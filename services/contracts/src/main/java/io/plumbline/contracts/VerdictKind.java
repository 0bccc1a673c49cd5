package io.plumbline.contracts;

import io.plumbline.contracts.state.Outcome;
import org.jspecify.annotations.Nullable;

/** The question that a verdict answers. */
public enum VerdictKind {
  PHASE,
  FORGETTING,
  RELEASE,
  /**
   * A verdict by the criteria of refreshes, on a variant that differs from an earlier one only in
   * its documents. Where a criterion needs a baseline, the variant is compared with the best
   * earlier one.
   */
  REFRESH,
  CANARY;

  /**
   * Returns whether a verdict of this kind counts for the release of its variant: it judges by the
   * criteria in force, or it is a canary that failed. A canary that passed shows only that no harm
   * was seen, which permits nothing. The newest verdict that counts decides.
   *
   * @param criteria the criteria that the verdict judges by; absent when there are none
   * @param inForce the application's criteria in force; absent when none are registered
   */
  public boolean countsForRelease(
      Outcome outcome, @Nullable Digest criteria, @Nullable Digest inForce) {
    return switch (this) {
      case PHASE, RELEASE -> criteria != null && criteria.equals(inForce);
      case CANARY -> outcome == Outcome.FAIL;
      case FORGETTING, REFRESH -> false;
    };
  }

  /**
   * Returns whether a verdict of this kind counts for a refresh of the variant in service. The
   * newest verdict that counts decides.
   *
   * @param criteria the criteria that the verdict judges by; absent when there are none
   * @param inForce the application's criteria in force for the purpose REFRESH; absent when none
   *     are registered
   */
  public boolean countsForRefresh(@Nullable Digest criteria, @Nullable Digest inForce) {
    return this == REFRESH && criteria != null && criteria.equals(inForce);
  }

  /** Returns the purpose of the criteria that a verdict of this kind judges by. */
  public CriteriaPurpose purpose() {
    return this == REFRESH ? CriteriaPurpose.REFRESH : CriteriaPurpose.RELEASE;
  }
}
