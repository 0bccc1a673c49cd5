package io.plumbline.contracts;

import org.jspecify.annotations.Nullable;

/** What an application's criteria decide about; of each purpose one version is in force. */
public enum CriteriaPurpose {
  /** Whether a phase is met, and whether a variant may be released with a person's approval. */
  RELEASE,
  /** Whether a variant that differs in its documents alone is no worse than the one that serves. */
  REFRESH;

  /**
   * @param published as events carry it: absent for criteria of releases
   */
  public static CriteriaPurpose of(@Nullable CriteriaPurpose published) {
    return published == null ? RELEASE : published;
  }

  /** As events carry it. */
  public @Nullable CriteriaPurpose published() {
    return this == RELEASE ? null : this;
  }
}
