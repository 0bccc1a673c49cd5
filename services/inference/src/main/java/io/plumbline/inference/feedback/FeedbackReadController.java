package io.plumbline.inference.feedback;

import io.plumbline.contracts.Digest;
import io.plumbline.inference.ColumnTime;
import io.plumbline.platform.web.Page;
import io.plumbline.platform.web.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
class FeedbackReadController {

  /** The default period of a list, so that a rare filter does not scan the feedback of years. */
  private static final Duration WINDOW = Duration.ofDays(30);

  /**
   * The feedback on a release.
   *
   * @param figures one per metric and arm; empty when there is no feedback
   */
  record ReleaseFeedbackView(UUID releaseId, List<FeedbackStatistics.ArmFeedback> figures) {}

  private final FeedbackSearch feedback;
  private final Corrections corrections;
  private final FeedbackStatistics figures;
  private final Clock clock;

  FeedbackReadController(
      FeedbackSearch feedback, Corrections corrections, FeedbackStatistics figures, Clock clock) {
    this.feedback = feedback;
    this.corrections = corrections;
    this.figures = figures;
    this.clock = clock;
  }

  @Operation(
      summary = "List feedback, newest first",
      description =
          "Without from, lists the 30 days before to, or before now. Corrections come without their"
              + " text: read that on the trace.")
  @GetMapping("/api/feedback")
  @PreAuthorize("hasRole('VIEWER')")
  public Page<FeedbackView> listFeedback(
      @RequestParam(required = false) @Nullable String application,
      @RequestParam(required = false) @Nullable UUID releaseId,
      @RequestParam(required = false) @Nullable Digest variant,
      @RequestParam(required = false) @Nullable String metric,
      @RequestParam(required = false) @Nullable Boolean correct,
      @RequestParam(required = false) @Nullable Boolean withCorrection,
      @RequestParam(required = false) @Nullable Instant from,
      @RequestParam(required = false) @Nullable Instant to,
      PageRequest page) {
    Instant until = ColumnTime.clamp(Objects.requireNonNullElseGet(to, clock::instant));
    Instant since = Objects.requireNonNullElseGet(from, () -> until.minus(WINDOW));
    return feedback.page(
        new FeedbackFilter(
            application, releaseId, variant, metric, correct, withCorrection, since, to),
        page);
  }

  @Operation(
      summary = "List the feedback on the answer of a trace, newest first",
      description = "The id may be that of the trace, its request or its response.")
  @GetMapping("/api/traces/{traceId}/feedback")
  @PreAuthorize("hasRole('VIEWER')")
  public Page<FeedbackView> listTraceFeedback(@PathVariable String traceId, PageRequest page) {
    return feedback.pageOfTrace(traceId, page);
  }

  @Operation(
      summary = "List the corrections of a trace's answer; the read itself is recorded",
      description =
          "Returns at most 100, newest first. A correction is masked and retained as the contents"
              + " of its trace are.")
  @GetMapping("/api/traces/{traceId}/corrections")
  @PreAuthorize("hasAnyRole('DATA_STEWARD', 'ML_ENGINEER', 'COMPLIANCE_OFFICER')")
  public Page<CorrectionView> listTraceCorrections(@PathVariable String traceId) {
    return Page.ofSinglePage(corrections.readAndRecordAccess(traceId));
  }

  @Operation(
      summary = "Get the figures of a release's feedback, by metric and arm",
      description =
          "The 95% interval treats judgements as independent, so it is too narrow when one caller"
              + " gave many. The arm control is the former release while this one was a canary.")
  @GetMapping("/api/releases/{releaseId}/feedback")
  @PreAuthorize("hasRole('VIEWER')")
  public ReleaseFeedbackView getReleaseFeedback(@PathVariable UUID releaseId) {
    return new ReleaseFeedbackView(releaseId, figures.computeForRelease(releaseId));
  }
}
