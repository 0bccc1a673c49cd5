package io.plumbline.contracts;

import org.jspecify.annotations.Nullable;

/**
 * The decision that a set of an application's criteria is for. One version is in force for each
 * purpose.
 */
public enum CriteriaPurpose {
  /**
   * Criteria that decide whether a phase is met, and whether a variant may be released with a
   * person's approval.
   */
  RELEASE,
  /**
   * Criteria that decide whether a variant that differs only in its documents is no worse than the
   * variant in service.
   */
  REFRESH;

  /**
   * Returns the purpose for the value that an event carries.
   *
   * @param published the value in the event; absent for criteria of releases
   */
  public static CriteriaPurpose of(@Nullable CriteriaPurpose published) {
    return published == null ? RELEASE : published;
  }

  /** Returns the value that events carry for this purpose; null for criteria of releases. */
  public @Nullable CriteriaPurpose eventValue() {
    return this == RELEASE ? null : this;
  }
}
