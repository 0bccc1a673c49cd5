package io.plumbline.platform.gate;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.plumbline.platform.event.position.AppliedPositions;
import io.plumbline.platform.gate.EvidenceAnswer.Behind;
import io.plumbline.platform.gate.EvidenceAnswer.Complete;
import io.plumbline.platform.gate.EvidenceAnswer.Incomplete;
import io.plumbline.platform.gate.EvidenceAnswer.Unknown;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Answers whether this service has applied all evidence that a gate depends on and that was
 * published before the question. The ends of the topics are noted when it is asked, so later
 * messages never matter.
 */
public final class GateEvidence {

  /** The longest time for which a request waits for evidence that is under way. */
  static final Duration PATIENCE = Duration.ofSeconds(2);

  private static final Duration POLL = Duration.ofMillis(25);

  /** The most questions of background work whose noted ends are remembered. */
  private static final int REMEMBERED = 10_000;

  /** The time after which ends are noted anew, so that no gate is answered by old ones. */
  static final Duration REMEMBERED_FOR = Duration.ofHours(1);

  /**
   * A question with the ends of its topics when it was asked.
   *
   * @param question gives the question by what is known when it is called
   */
  record Asked(
      Supplier<EvidenceQuestion> question, Set<String> topics, Map<TopicPartition, Long> ends) {}

  private final TopicEnds broker;
  private final AppliedPositions positions;
  private final ClosingDeadLetters deadLetters;
  private final Duration patience;
  private final Cache<UUID, Asked> remembered;

  /**
   * @param nanos as {@link System#nanoTime}
   */
  GateEvidence(
      TopicEnds broker,
      AppliedPositions positions,
      ClosingDeadLetters deadLetters,
      Duration patience,
      Ticker nanos) {
    this.broker = broker;
    this.positions = positions;
    this.deadLetters = deadLetters;
    this.patience = patience;
    this.remembered =
        Caffeine.newBuilder()
            .maximumSize(REMEMBERED)
            .expireAfterWrite(REMEMBERED_FOR)
            .ticker(nanos)
            .build();
  }

  /**
   * Waits until the evidence of a request is complete, and then returns. Within a transaction,
   * which would hold a connection and locks meanwhile, it does not wait; a {@link GatedTransaction}
   * ends then, and runs again after the wait.
   *
   * @param question gives the question. It is called again once the topics were read to the end, so
   *     that the question knows what became known meanwhile. Its topics must stay the same.
   * @throws io.plumbline.platform.problem.Problem when the evidence is not complete in time, the
   *     broker cannot be asked, or a dead letter could change the answer
   */
  public void requireComplete(Supplier<EvidenceQuestion> question) {
    Asked asked;
    try {
      asked = askOnce(question);
    } catch (TopicEnds.Unknown e) {
      throw new Unknown().problem();
    }
    if (!TransactionSynchronizationManager.isActualTransactionActive()) {
      requireComplete(asked);
    } else if (answer(asked) instanceof Incomplete closed) {
      if (closed instanceof Behind && GatedTransaction.isFirstRun()) {
        throw new GatedTransaction.EvidenceAwaited(this, asked);
      }
      throw closed.problem();
    }
  }

  /** Waits until the evidence of a question is complete. */
  void requireComplete(Asked asked) {
    long began = System.nanoTime();
    EvidenceAnswer answer = answer(asked);
    while (answer instanceof Behind && System.nanoTime() - began < patience.toNanos()) {
      try {
        Thread.sleep(POLL);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        break;
      }
      answer = answer(asked);
    }
    if (answer instanceof Incomplete closed) {
      throw closed.problem();
    }
  }

  /**
   * Returns at once whether the evidence of work in the background is complete. The first question
   * about the work notes the ends of the topics, and later ones are about the same ends, for an
   * hour. Once the answer was complete, the next question is a new one.
   *
   * @param work the id of the work that the gate is about
   * @param question gives the question, as in {@link #requireComplete(Supplier)}
   */
  public EvidenceAnswer answer(UUID work, Supplier<EvidenceQuestion> question) {
    Asked former = remembered.getIfPresent(work);
    Asked asked;
    try {
      asked =
          former == null
              ? ask(question, question.get().topics())
              : new Asked(question, former.topics(), former.ends());
    } catch (TopicEnds.Unknown e) {
      return new Unknown();
    }
    EvidenceAnswer answer = answer(asked);
    if (answer instanceof Complete) {
      remembered.invalidate(work);
    } else if (former == null) {
      remembered.put(work, asked);
    }
    return answer;
  }

  /** Asks about the same ends again if the first run of this transaction asked the same. */
  private Asked askOnce(Supplier<EvidenceQuestion> question) {
    Set<String> topics = question.get().topics();
    return GatedTransaction.former()
        .filter(former -> former.topics().equals(topics))
        .map(former -> new Asked(question, topics, former.ends()))
        .orElseGet(() -> ask(question, topics));
  }

  private Asked ask(Supplier<EvidenceQuestion> question, Set<String> topics) {
    Map<TopicPartition, Long> ends = broker.read(topics);
    requireNoneGone(topics, ends);
    return new Asked(question, topics, ends);
  }

  /** Requires that each topic exists of which this service has applied a message. */
  private void requireNoneGone(Set<String> topics, Map<TopicPartition, Long> ends) {
    Set<String> missing = new TreeSet<>(topics);
    ends.keySet().forEach(partition -> missing.remove(partition.topic()));
    if (missing.isEmpty()) {
      return;
    }
    positions
        .read(missing)
        .forEach((partition, next) -> {
          if (next > 0) {
            throw new TopicEnds.Unknown("The topic %s is gone".formatted(partition.topic()));
          }
        });
  }

  private EvidenceAnswer answer(Asked asked) {
    Map<TopicPartition, Long> applied = positions.read(asked.topics());
    Set<String> behind = new TreeSet<>();
    asked
        .ends()
        .forEach((partition, end) -> {
          if (applied.getOrDefault(partition, 0L) < end) {
            behind.add(partition.topic());
          }
        });
    if (!behind.isEmpty()) {
      return new Behind(behind);
    }
    List<ClosingDeadLetters.Closing> closing =
        deadLetters.find(asked.question().get(), asked.ends());
    return closing.stream()
        .filter(each -> !each.retried())
        .<EvidenceAnswer>map(ClosingDeadLetters.Closing::event)
        .findFirst()
        .orElseGet(() -> closing.isEmpty() ? new Complete() : new Behind(asked.topics()));
  }
}
