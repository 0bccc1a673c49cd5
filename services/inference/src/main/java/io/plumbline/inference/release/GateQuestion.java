package io.plumbline.inference.release;

import io.plumbline.inference.variant.Variant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the gate is asked: may this variant be served in this environment?
 *
 * @param verdictId the verdict that the release refers to; absent when a pipeline asks without one
 * @param override the reason for releasing against that verdict, if it failed
 */
record GateQuestion(
    Variant variant,
    String environment,
    @Nullable UUID verdictId,
    @Nullable String override,
    int canaryPercent) {

  /** What a release that was requested has to pass again. */
  static GateQuestion of(Release release, Variant variant) {
    return new GateQuestion(
        variant,
        release.environment(),
        release.verdictId(),
        release.override(),
        release.canaryPercent());
  }
}
