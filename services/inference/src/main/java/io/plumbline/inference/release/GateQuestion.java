package io.plumbline.inference.release;

import io.plumbline.inference.variant.Variant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The question to the release gate: may this variant be served in this environment?
 *
 * @param serving the release that it would replace; absent where none is active
 * @param verdictId the verdict that the release refers to; absent when a pipeline asks without one
 * @param override the reason for releasing against that verdict, if it failed
 */
record GateQuestion(
    Variant variant,
    String environment,
    @Nullable Release serving,
    @Nullable UUID verdictId,
    @Nullable String override,
    int canaryPercent) {

  /**
   * Returns the question that a requested release has to pass again.
   *
   * @param serving the release that it replaces: the active one, or the one that an earlier release
   *     replaced
   */
  static GateQuestion of(Release release, Variant variant, @Nullable Release serving) {
    return new GateQuestion(
        variant,
        release.environment(),
        serving,
        release.verdictId(),
        release.overrideReason(),
        release.canaryPercent());
  }
}
