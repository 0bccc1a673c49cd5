package io.plumbline.inference.release;

import io.plumbline.inference.variant.Variant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the gate is asked: may this variant be served in this environment?
 *
 * @param serving the release in whose place it would serve; absent where nothing is active
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
   * What a release that was requested has to pass again.
   *
   * @param serving what it replaces: what is active, or of an earlier release what it replaced
   */
  static GateQuestion of(Release release, Variant variant, @Nullable Release serving) {
    return new GateQuestion(
        variant,
        release.environment(),
        serving,
        release.verdictId(),
        release.override(),
        release.canaryPercent());
  }
}
