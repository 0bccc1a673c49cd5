package io.plumbline.contracts;

import io.plumbline.contracts.state.Outcome;
import org.jspecify.annotations.Nullable;

/** What question a verdict answers. */
public enum VerdictKind {
  PHASE,
  FORGETTING,
  RELEASE,
  /** Whether a variant that differs in its documents alone is no worse than those before it. */
  REFRESH,
  CANARY;

  /**
   * Whether a verdict has a say on the release of its variant, which the newest of those decides:
   * it judges by the criteria in force, or it is a canary that failed. A canary that passed says
   * only that no harm was seen, which opens nothing.
   *
   * @param criteria that the verdict judges by; absent when it judges by none
   * @param inForce the application's; absent when none are registered
   */
  public boolean decidesReleases(
      Outcome outcome, @Nullable Digest criteria, @Nullable Digest inForce) {
    return switch (this) {
      case PHASE, RELEASE -> criteria != null && criteria.equals(inForce);
      case CANARY -> outcome == Outcome.FAIL;
      case FORGETTING, REFRESH -> false;
    };
  }

  /**
   * Whether a verdict has a say on the refresh of what serves, which the newest of those decides.
   *
   * @param criteria that the verdict judges by; absent when it judges by none
   * @param inForce the application's of the purpose REFRESH; absent when none are registered
   */
  public boolean decidesRefreshes(@Nullable Digest criteria, @Nullable Digest inForce) {
    return this == REFRESH && criteria != null && criteria.equals(inForce);
  }

  /** The purpose of the criteria that it judges by. */
  public CriteriaPurpose purpose() {
    return this == REFRESH ? CriteriaPurpose.REFRESH : CriteriaPurpose.RELEASE;
  }
}
