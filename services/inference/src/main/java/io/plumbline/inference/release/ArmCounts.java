package io.plumbline.inference.release;

import io.plumbline.contracts.InferenceEvent;
import io.plumbline.inference.apikey.ApiKeyScope;
import io.plumbline.inference.release.counting.ArmFigures;
import io.plumbline.inference.release.counting.CallerClusters;
import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.event.Outbox;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.identity.CallerId;
import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Counts the answers of each arm and publishes the figures, which are the evidence of the canary
 * analysis. The counts are kept in memory while the arm serves: a restart, and an arm that serves
 * again, count from zero under a new epoch, and what was published before stays counted. A killed
 * process loses its counts since its last report.
 */
@Component
public class ArmCounts {

  private static final Logger log = LoggerFactory.getLogger(ArmCounts.class);

  /** The variant is part of the key, since the control changes when its release is rolled back. */
  private record Key(UUID workspace, Arm arm) {}

  /**
   * The figures of an arm since this process began to count them.
   *
   * @param epoch the name of this start; the figures of an earlier one stay counted
   */
  private record Counted(UUID epoch, ArmFigures figures) {
    static Counted begin() {
      return new Counted(Ids.next(), new ArmFigures());
    }
  }

  private final TrafficRouter trafficRouter;
  private final Outbox outbox;
  private final TransactionTemplate transaction;
  private final Clock clock;
  private final String instance;
  private final AtomicLong reports = new AtomicLong();
  private final CallerClusters clusters;
  private final Map<Key, Counted> figures = new ConcurrentHashMap<>();
  private final Map<Key, ArmFigures.Reading> published = new ConcurrentHashMap<>();

  /**
   * Creates the counts of this process.
   *
   * @param instance the name of this replica
   */
  ArmCounts(
      TrafficRouter trafficRouter,
      Outbox outbox,
      PlatformTransactionManager transactions,
      Clock clock,
      @Value("${plumbline.releases.instance:${HOSTNAME:inference}}") String instance) {
    this.trafficRouter = trafficRouter;
    this.outbox = outbox;
    this.transaction = new TransactionTemplate(transactions);
    this.clock = clock;
    this.instance = instance;
    this.clusters = new CallerClusters(clock);
  }

  /**
   * Counts an answer of an arm.
   *
   * @param userHash the keyed hash of the user whom the caller named; absent for none, and for a
   *     caller who is not trusted to name its users
   */
  public void countAnswer(
      CallerId caller,
      @Nullable String userHash,
      Arm arm,
      boolean failed,
      boolean abstained,
      double millis) {
    getOrCreate(caller.workspace(), arm)
        .figures
        .countAnswer(
            clusters.clusterOfAnswer(arm.releaseId(), caller, userHash), failed, abstained, millis);
  }

  /**
   * Counts the caller's feedback on an answer of an arm that still serves. A changed judgement
   * takes the former one back, whichever replica counted that.
   *
   * @param feedback the change in the number of judgements
   * @param correct the change in the number of judgements that say correct
   */
  void countFeedback(UUID release, String arm, String responseId, int feedback, int correct) {
    CallerId judge = Caller.current().id();
    int cluster =
        CallerClusters.clusterOfJudgement(judge, ApiKeyScope.isTrustedToNameUsers(), responseId);
    trafficRouter.arms(judge.workspace()).stream()
        .filter(each -> each.releaseId().equals(release) && each.name().equals(arm))
        .forEach(each ->
            getOrCreate(judge.workspace(), each).figures.countFeedback(cluster, feedback, correct));
  }

  ArmFigures.Reading snapshotOf(UUID workspace, Arm arm) {
    return getOrCreate(workspace, arm).figures.snapshot();
  }

  /** Returns the number of arms whose figures are in memory. */
  int size() {
    return figures.size();
  }

  private Counted getOrCreate(UUID workspace, Arm arm) {
    return figures.computeIfAbsent(new Key(workspace, arm), each -> Counted.begin());
  }

  /** Publishes the figures of every serving arm, unless they are the same as the last time. */
  void publish() {
    Map<UUID, List<Key>> counted =
        figures.keySet().stream().collect(Collectors.groupingBy(Key::workspace));
    counted.forEach((workspace, keys) -> {
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
        // An arm that was counted before the routes were read, and is in none of them, has ended.
        Set<Key> ended = new HashSet<>(keys);
        serving.forEach(arm -> ended.remove(new Key(workspace, arm)));
        figures.keySet().removeAll(ended);
        published.keySet().removeAll(ended);
      } catch (RuntimeException e) {
        // Any failure, an unavailable database or a defect, must not affect the other workspaces.
        log.warn(
            "The figures of the arms of workspace {} were not published. They stay counted, and"
                + " will be published with the next report: {}",
            workspace,
            e.toString());
      }
    });
  }

  private void publishArm(UUID workspace, Arm arm, Map<Key, ArmFigures.Reading> readings) {
    Key key = new Key(workspace, arm);
    Counted counted = getOrCreate(workspace, arm);
    ArmFigures.Reading now = counted.figures.snapshot();
    if (now.isEmpty() || now.equals(published.get(key))) {
      return;
    }
    readings.put(key, now);
    long sequence = reports.incrementAndGet();
    outbox.append(
        new InferenceEvent.ArmReported(
            arm.releaseId(),
            arm.application(),
            arm.environment(),
            arm.variant(),
            arm.name(),
            instance,
            counted.epoch,
            sequence,
            clock.instant(),
            now.requests(),
            now.errors(),
            now.abstentions(),
            now.feedback(),
            now.correct(),
            now.clusters(),
            now.p50(),
            now.p95()),
        // The event has a subject of its own, because readings do not share the release's version.
        arm.releaseId() + "/" + arm.name() + "/" + counted.epoch,
        sequence);
  }
}
