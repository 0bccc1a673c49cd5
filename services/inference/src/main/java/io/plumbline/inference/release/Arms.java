package io.plumbline.inference.release;

import io.plumbline.contracts.InferenceEvent;
import io.plumbline.platform.event.Outbox;
import io.plumbline.platform.identity.Caller;
import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Counts the answers of each arm and publishes the figures, which are the evidence of the canary
 * analysis. Kept in memory: a restart counts from zero.
 */
@Component
public class Arms {

  private static final Logger log = LoggerFactory.getLogger(Arms.class);

  private record Key(UUID workspace, UUID release, String arm) {}

  private final Traffic traffic;
  private final Outbox outbox;
  private final TransactionTemplate transaction;
  private final Clock clock;
  private final Map<Key, ArmFigures> figures = new ConcurrentHashMap<>();
  private final Map<Key, ArmFigures.Reading> published = new ConcurrentHashMap<>();

  Arms(Traffic traffic, Outbox outbox, PlatformTransactionManager transactions, Clock clock) {
    this.traffic = traffic;
    this.outbox = outbox;
    this.transaction = new TransactionTemplate(transactions);
    this.clock = clock;
  }

  public void answered(UUID workspace, Arm arm, boolean failed, double millis) {
    of(workspace, arm).answered(failed, millis);
  }

  void judged(UUID workspace, Arm arm, boolean correct) {
    of(workspace, arm).judged(correct);
  }

  ArmFigures.Reading read(UUID workspace, Arm arm) {
    return of(workspace, arm).read();
  }

  private ArmFigures of(UUID workspace, Arm arm) {
    return figures.computeIfAbsent(
        new Key(workspace, arm.releaseId(), arm.name()), key -> new ArmFigures());
  }

  /** Publishes every serving arm that has answered since it was last published. */
  void publish() {
    Set<UUID> workspaces = new HashSet<>();
    figures.keySet().forEach(key -> workspaces.add(key.workspace));
    for (UUID workspace : workspaces) {
      Map<Key, ArmFigures.Reading> readings = new HashMap<>();
      try {
        Caller.system(workspace)
            .run(() ->
                transaction.executeWithoutResult(status ->
                    traffic.arms(workspace).forEach(arm -> publish(workspace, arm, readings))));
        published.putAll(readings);
      } catch (RuntimeException e) {
        // Any failure, an unavailable database or a defect, must not affect the other workspaces.
        log.warn("The figures of the arms were not published: {}", e.toString());
      }
    }
  }

  private void publish(UUID workspace, Arm arm, Map<Key, ArmFigures.Reading> readings) {
    Key key = new Key(workspace, arm.releaseId(), arm.name());
    ArmFigures.Reading now = read(workspace, arm);
    if (now.requests() == 0 || now.equals(published.get(key))) {
      return;
    }
    readings.put(key, now);
    outbox.append(
        new InferenceEvent.ArmReported(
            arm.releaseId(),
            arm.application(),
            arm.environment(),
            arm.variant(),
            arm.name(),
            clock.instant(),
            now.requests(),
            now.errors(),
            now.feedback(),
            now.correct(),
            now.p50(),
            now.p95()),
        // A subject of its own, because these readings do not share the release's version.
        arm.releaseId() + "/" + arm.name(),
        clock.millis());
  }
}
