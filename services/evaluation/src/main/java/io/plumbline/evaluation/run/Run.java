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
 * A run of a suite over one subject.
 *
 * @param model the model of the request to inference: {@code variant/<digest>} or a model's name
 * @param subjectDigest the variant's digest; for a bare model the digest of its name
 * @param criteriaVersion the version of the application's criteria that the run is evidence for;
 *     absent when it is exploration
 * @param component the component that this run adds in an ablation, as {@code +retrieval}, for
 *     display
 * @param fresh whether answers of earlier runs are not reused; those of a bare model never are
 * @param failed the number of items without an answer; 0 until the run ends
 * @param reused the number of items with the answer of an earlier run; 0 until the run ends
 * @param figures the figures; present once the run is finished
 * @param judging the usage of the run's judges; absent until the run ends, and when it asked none
 * @param outputsDigest the digest of the run's outputs; present once the run has ended
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
    State state,
    @Nullable String reason,
    int total,
    int failed,
    int reused,
    @Nullable Figures figures,
    @Nullable JudgeUsage judging,
    @Nullable Digest outputsDigest,
    BigDecimal costUsd,
    @Nullable UUID jobId,
    String createdBy,
    Instant createdAt,
    @Nullable Instant finishedAt) {

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

  static final String VARIANT = "variant/";

  public boolean ofVariant() {
    return model.startsWith(VARIANT);
  }

  /**
   * Returns why answers of earlier runs are not reused; empty where they are. The digest of a
   * variant pins a model and a connection, while a model's name may lead elsewhere by now.
   *
   * @param withoutTemperature whether the variant sends its model no temperature
   */
  Optional<String> whyNotReused(boolean withoutTemperature) {
    if (!ofVariant()) {
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
   * Returns the figures of a finished run.
   *
   * @throws IllegalStateException when the run is not finished
   */
  public Figures finishedFigures() {
    if (figures == null) {
      throw new IllegalStateException("Run " + id + " is not finished");
    }
    return figures;
  }
}
