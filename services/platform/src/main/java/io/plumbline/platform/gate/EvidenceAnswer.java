package io.plumbline.platform.gate;

import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** The answer to whether all evidence that was published before a question has been applied. */
public sealed interface EvidenceAnswer {

  /** All of it has. */
  record Complete() implements EvidenceAnswer {}

  /** An answer that keeps the gate closed. */
  sealed interface Incomplete extends EvidenceAnswer {

    /** Returns the problem that ends a request. */
    Problem problem();

    /** Returns the time after which work in the background asks again. */
    default Duration pause() {
      return RETRY;
    }
  }

  /**
   * Some of it is still under way.
   *
   * @param topics the topics of which this service has not applied everything
   */
  record Behind(Set<String> topics) implements Incomplete {

    @Override
    public Duration pause() {
      return Duration.ofMillis(200);
    }

    @Override
    public Problem problem() {
      return new Problem(
              CommonProblem.EVIDENCE_BEHIND,
              ("This service has not yet applied everything that was published on %s before your"
                      + " request. Try again in a few seconds.")
                  .formatted(String.join(", ", topics)))
          .retryAfter(RETRY);
    }
  }

  /** The broker could not be asked how much evidence there is. */
  record Unknown() implements Incomplete {

    @Override
    public Problem problem() {
      return new Problem(
              CommonProblem.EVIDENCE_BEHIND,
              "The broker cannot be asked whether there is newer evidence, so the gate stays"
                  + " closed. Try again in a few seconds.")
          .retryAfter(RETRY);
    }
  }

  /** An event that could change the answer is a dead letter. */
  record SetAside(long deadLetterId, String type, String key, String cause) implements Incomplete {

    @Override
    public Problem problem() {
      return new Problem(
              CommonProblem.EVIDENCE_SET_ASIDE,
              ("Dead letter %d of this service could change the answer. Have the cause removed and"
                      + " the dead letter replayed, or have it accepted by two people.")
                  .formatted(deadLetterId))
          .missing(List.of("event %s about %s, which failed: %s".formatted(type, key, cause)));
    }
  }

  /** The time after which a request may be repeated. */
  Duration RETRY = Duration.ofSeconds(2);
}
