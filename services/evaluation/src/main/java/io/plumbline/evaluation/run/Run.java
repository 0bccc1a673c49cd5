package io.plumbline.evaluation.run;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.state.RunOutcome;
import io.plumbline.evaluation.metric.Figures;
import io.plumbline.evaluation.output.JudgeUsage;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A run of a suite over one subject, which is a variant or a bare model.
 *
 * @param model the model that requests to inference name: {@code variant/<digest>}, or the name of
 *     the bare model
 * @param subjectDigest the digest of the variant; for a bare model the digest of its name
 * @param criteriaVersion the version of the criteria of the application that the run is evidence
 *     for; absent for a suite that is not over test items, whose runs are exploration
 * @param component the component that this run adds in an ablation, such as {@code +retrieval}; for
 *     display only
 * @param seed the seed of the intervals of the figures
 * @param fresh whether the caller asked to send every question anew; {@link #whyNotReused} says in
 *     which other cases no answers of earlier runs are reused
 * @param total the number of questions of the suite, with the perturbed ones
 * @param result the result, which is {@link Result#NONE} while the run is RUNNING
 */
public record Run(
    UUID id,
    String application,
    Digest suiteDigest,
    String model,
    Digest subjectDigest,
    @Nullable Integer criteriaVersion,
    @Nullable String component,
    long seed,
    boolean fresh,
    int total,
    @Nullable UUID jobId,
    String createdBy,
    Instant createdAt,
    State state,
    Result result) {

  /** The state of a run; FINISHED, FAILED and CANCELLED are final. */
  public enum State {
    RUNNING,
    FINISHED,
    FAILED,
    CANCELLED;

    /** Returns the outcome that {@code run.finished} publishes. */
    RunOutcome outcome() {
      return switch (this) {
        case RUNNING -> throw new IllegalStateException("A run has no outcome while it is RUNNING");
        case FINISHED -> RunOutcome.SUCCEEDED;
        case FAILED -> RunOutcome.FAILED;
        case CANCELLED -> RunOutcome.CANCELLED;
      };
    }
  }

  /**
   * The result of a run that has ended in any state.
   *
   * @param reason why the run failed or was cancelled; absent in the other states
   * @param failed the number of questions that were asked and got no answer
   * @param reused the number of questions with an answer of an earlier run
   * @param figures the figures; present only in state FINISHED
   * @param judging the usage of the judges of the run; absent for a run that asked no judge
   * @param outputsDigest the digest of the outputs of the run
   * @param costUsd the known cost of the answers and judgements that were not reused
   */
  public record Result(
      @Nullable String reason,
      int failed,
      int reused,
      @Nullable Figures figures,
      @Nullable JudgeUsage judging,
      @Nullable Digest outputsDigest,
      BigDecimal costUsd,
      @Nullable Instant finishedAt) {

    /** The result of a run that has not ended. */
    public static final Result NONE =
        new Result(null, 0, 0, null, null, null, BigDecimal.ZERO, null);
  }

  static final String VARIANT = "variant/";

  public boolean isOfVariant() {
    return model.startsWith(VARIANT);
  }

  /**
   * Returns why the run reuses no answers of earlier runs; empty if it reuses them. The digest of a
   * variant pins a model and a connection, while the name of a model may lead to another model by
   * now.
   *
   * @param withoutTemperature whether the variant sends its model no temperature
   */
  Optional<String> whyNotReused(boolean withoutTemperature) {
    if (!isOfVariant()) {
      return Optional.of(
          "The run asks a model by its name, which may lead to another model by now.");
    }
    if (fresh) {
      return Optional.of("The run was started to ask every question anew.");
    }
    if (withoutTemperature) {
      return Optional.of(
          "The variant sends its model no temperature, so that an equal question may get another"
              + " answer.");
    }
    return Optional.empty();
  }

  /**
   * Returns why some questions were sent again although answers of earlier runs would serve them;
   * empty if there are none.
   *
   * @param pricedAnew the number of questions whose earlier answers had no known price
   */
  static Optional<String> whyPricedAnew(int pricedAnew) {
    if (pricedAnew == 0) {
      return Optional.empty();
    }
    return Optional.of(
        "The earlier answers to %d questions had no known price, and one is known now."
            .formatted(pricedAnew));
  }

  /**
   * Returns the figures of a finished run.
   *
   * @throws IllegalStateException when the run is not finished
   */
  public Figures finishedFigures() {
    if (result.figures == null) {
      throw new IllegalStateException("Run " + id + " is not finished");
    }
    return result.figures;
  }
}
