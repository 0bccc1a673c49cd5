package io.plumbline.inference.release;

import io.plumbline.platform.ledger.LedgerExempt;
import io.plumbline.platform.problem.Problem;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/feedback")
class FeedbackController {

  private static final double RIGHT = 0.5;

  /**
   * @param correct whether the answer was right; instead of it a score may be given
   * @param score from 0 to 1; 0.5 and more counts as right
   */
  record Judge(
      @NotBlank @Size(max = 100) String responseId,
      @Nullable Boolean correct,
      @Nullable @DecimalMin("0") @DecimalMax("1") Double score,
      @Nullable @Size(max = 10_000) String correction) {}

  record FeedbackView(String responseId, boolean correct) {}

  private final FeedbackRecorder book;

  FeedbackController(FeedbackRecorder book) {
    this.book = book;
  }

  @Operation(summary = "Say whether a response was right")
  @PostMapping
  @PreAuthorize("hasRole('VIEWER')")
  @LedgerExempt
  public FeedbackView judge(@RequestBody @Valid Judge judgement) {
    Boolean correct = judgement.correct;
    Double score = judgement.score;
    if (correct == null && score == null) {
      throw Problem.invalid(
          "/correct", "is missing; say true or false, or give a score from 0 to 1");
    }
    boolean right = correct != null ? correct : score != null && score >= RIGHT;
    book.record(judgement.responseId, right, judgement.correction);
    return new FeedbackView(judgement.responseId, right);
  }
}
