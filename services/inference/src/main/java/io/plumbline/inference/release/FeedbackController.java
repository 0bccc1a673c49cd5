package io.plumbline.inference.release;

import io.plumbline.inference.trace.ContentPolicy;
import io.plumbline.platform.ledger.LedgerExempt;
import io.plumbline.platform.problem.Problem;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * Records feedback from people and services, and under {@code /v1} also from applications with
 * their API keys.
 */
@RestController
class FeedbackController {

  private static final double CORRECT = 0.5;

  /**
   * The feedback that a caller sends.
   *
   * @param metric the metric that is judged; {@code correctness}, which canaries are judged by,
   *     when absent
   * @param correct whether the answer was correct; a score may be given instead
   * @param score a score from 0 to 1, kept as it was sent; without {@code correct}, 0.5 or more
   *     counts as correct
   * @param correction the answer that should have been given; kept as the workspace keeps contents
   */
  record CreateFeedback(
      @NotBlank @Size(max = 200) String responseId,
      @Nullable
          @Pattern(
              regexp = "[a-z][a-z0-9_-]{0,49}",
              message =
                  "must be 1 to 50 lower-case letters, digits, underscores and hyphens, beginning"
                      + " with a letter")
          String metric,
      @Nullable Boolean correct,
      @Nullable @DecimalMin("0") @DecimalMax("1") Double score,
      @Nullable @Size(max = 10_000) String correction) {}

  /**
   * The feedback as it was recorded.
   *
   * @param score the score as it was sent; absent when none was
   * @param correctionContents how the correction is kept, {@code NONE} when it is not; absent when
   *     no correction was sent
   */
  record RecordedFeedback(
      String responseId,
      String metric,
      boolean correct,
      @Nullable Double score,
      @Nullable ContentPolicy correctionContents) {}

  private final FeedbackRecorder feedback;

  FeedbackController(FeedbackRecorder feedback) {
    this.feedback = feedback;
  }

  @Operation(
      summary = "Record whether a response was correct; the caller's latest feedback on it counts")
  @PostMapping("/api/feedback")
  @PreAuthorize("hasRole('VIEWER')")
  @LedgerExempt
  public RecordedFeedback createFeedback(@RequestBody @Valid CreateFeedback command) {
    return record(command);
  }

  @Operation(
      summary =
          "Record whether a chat completion was correct; the caller's latest feedback on it counts")
  @PostMapping("/v1/feedback")
  @PreAuthorize("hasRole('VIEWER')")
  @LedgerExempt
  public RecordedFeedback createCompletionFeedback(@RequestBody @Valid CreateFeedback command) {
    return record(command);
  }

  private RecordedFeedback record(CreateFeedback command) {
    Boolean correct = command.correct;
    Double score = command.score;
    if (correct == null && score == null) {
      throw Problem.invalid("/correct", "is required, unless score is given: true or false");
    }
    boolean judged = isCorrect(correct, score);
    String metric = Objects.requireNonNullElse(command.metric, FeedbackRecorder.CORRECTNESS);
    ContentPolicy kept =
        feedback.record(
            new FeedbackRecorder.Feedback(
                command.responseId, metric, judged, score, command.correction));
    return new RecordedFeedback(command.responseId, metric, judged, score, kept);
  }

  /** Returns the judgement that was sent, else the one that the score stands for. */
  private static boolean isCorrect(@Nullable Boolean correct, @Nullable Double score) {
    if (correct != null) {
      return correct;
    }
    return score != null && score >= CORRECT;
  }
}
