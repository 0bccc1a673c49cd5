package io.plumbline.inference.release;

import io.plumbline.contracts.InferenceEvent;
import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.event.Outbox;
import io.plumbline.platform.identity.Caller;
import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Counts the answers of each arm and publishes the figures, which are the evidence of the canary
 * analysis. The counts are kept in memory: a restart counts from zero under a new epoch, and what
 * was published before stays counted. A killed process loses its counts since its last report.
 */
@Component
public class ArmCounts {

  private static final Logger log = LoggerFactory.getLogger(ArmCounts.class);

  private static final String CANARY = "canary";

  /**
   * The callers who gave an arm's feedback, over all replicas.
   *
   * @param dissenting how many callers judged an answer not correct
   * @param topFeedback the number of judgements of one caller: of a canary's callers, the one who
   *     most often judged answers not correct; of another arm's, the one who most often judged them
   *     correct
   * @param topCorrect how many judgements of that caller say correct
   */
  private record Callers(long dissenting, long topFeedback, long topCorrect) {
    static final Callers NONE = new Callers(0, 0, 0);
  }

  private record Key(UUID workspace, UUID release, String arm) {}

  private final TrafficRouter trafficRouter;
  private final Outbox outbox;
  private final JdbcClient sql;
  private final TransactionTemplate transaction;
  private final Clock clock;
  private final String instance;
  private final UUID epoch = Ids.next();
  private final AtomicLong reports = new AtomicLong();
  private final Map<Key, ArmFigures> figures = new ConcurrentHashMap<>();
  private final Map<Key, ArmFigures.Reading> published = new ConcurrentHashMap<>();

  /**
   * Creates the counts of this process.
   *
   * @param instance the name of this replica
   */
  ArmCounts(
      TrafficRouter trafficRouter,
      Outbox outbox,
      JdbcClient sql,
      PlatformTransactionManager transactions,
      Clock clock,
      @Value("${plumbline.releases.instance:${HOSTNAME:inference}}") String instance) {
    this.trafficRouter = trafficRouter;
    this.outbox = outbox;
    this.sql = sql;
    this.transaction = new TransactionTemplate(transactions);
    this.clock = clock;
    this.instance = instance;
  }

  public void countAnswer(
      UUID workspace, Arm arm, boolean failed, boolean abstained, double millis) {
    getOrCreateFigures(workspace, arm).countAnswer(failed, abstained, millis);
  }

  /**
   * Counts feedback. A changed judgement takes the former one back, whichever replica counted that.
   *
   * @param feedback the change in the number of judgements
   * @param correct the change in the number of judgements that say correct
   */
  void countFeedback(UUID workspace, UUID release, String arm, int feedback, int correct) {
    getOrCreateFigures(new Key(workspace, release, arm)).countFeedback(feedback, correct);
  }

  ArmFigures.Reading snapshotOf(UUID workspace, Arm arm) {
    return getOrCreateFigures(workspace, arm).snapshot();
  }

  private ArmFigures getOrCreateFigures(UUID workspace, Arm arm) {
    return getOrCreateFigures(new Key(workspace, arm.releaseId(), arm.name()));
  }

  private ArmFigures getOrCreateFigures(Key key) {
    return figures.computeIfAbsent(key, each -> new ArmFigures());
  }

  /** Publishes the figures of every serving arm, unless they are the same as the last time. */
  void publish() {
    Set<UUID> workspaces = new HashSet<>();
    figures.keySet().forEach(key -> workspaces.add(key.workspace));
    for (UUID workspace : workspaces) {
      Map<Key, ArmFigures.Reading> readings = new HashMap<>();
      try {
        // The routes are read before the transaction, because a route that is not in memory is read
        // on a connection of its own.
        List<Arm> serving = trafficRouter.arms(workspace);
        Caller.system(workspace)
            .run(() ->
                transaction.executeWithoutResult(
                    status -> serving.forEach(arm -> publishArm(workspace, arm, readings))));
        published.putAll(readings);
      } catch (RuntimeException e) {
        // Any failure, an unavailable database or a defect, must not affect the other workspaces.
        log.warn(
            "The figures of the arms of workspace {} were not published. They stay counted, and"
                + " will be published with the next report: {}",
            workspace,
            e.toString());
      }
    }
  }

  private Callers feedbackCallers(Arm arm) {
    return sql.sql(
            """
            WITH caller AS (
              SELECT count(*) AS feedback, count(*) FILTER (WHERE correct) AS correct FROM feedback
              WHERE workspace_id = ? AND release_id = ? AND arm = ? AND metric = ? GROUP BY created_by)
            SELECT (SELECT count(*) FROM caller WHERE correct < feedback) AS dissenting, feedback AS top_feedback,
              correct AS top_correct
            FROM caller
            ORDER BY CASE WHEN ? THEN feedback - correct ELSE correct END DESC, feedback DESC LIMIT 1
            """)
        .params(
            Caller.current().workspace(),
            arm.releaseId(),
            arm.name(),
            FeedbackRecorder.CORRECTNESS,
            arm.name().equals(CANARY))
        .query(Callers.class)
        .optional()
        .orElse(Callers.NONE);
  }

  private void publishArm(UUID workspace, Arm arm, Map<Key, ArmFigures.Reading> readings) {
    Key key = new Key(workspace, arm.releaseId(), arm.name());
    ArmFigures.Reading now = snapshotOf(workspace, arm);
    if (now.isEmpty() || now.equals(published.get(key))) {
      return;
    }
    readings.put(key, now);
    long sequence = reports.incrementAndGet();
    Callers callers = feedbackCallers(arm);
    outbox.append(
        new InferenceEvent.ArmReported(
            arm.releaseId(),
            arm.application(),
            arm.environment(),
            arm.variant(),
            arm.name(),
            instance,
            epoch,
            sequence,
            clock.instant(),
            now.requests(),
            now.errors(),
            now.abstentions(),
            now.feedback(),
            now.correct(),
            callers.dissenting,
            callers.topFeedback,
            callers.topCorrect,
            now.p50(),
            now.p95()),
        // The event has a subject of its own, because readings do not share the release's version.
        arm.releaseId() + "/" + arm.name() + "/" + epoch,
        sequence);
  }
}
