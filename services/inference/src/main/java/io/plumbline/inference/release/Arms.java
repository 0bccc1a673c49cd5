package io.plumbline.inference.release;

import io.plumbline.contracts.InferenceEvent;
import io.plumbline.platform.event.Outbox;
import io.plumbline.platform.identity.Caller;
import java.time.Clock;
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
 * Counts what each arm answers and reports it: the evidence that a canary's guard judges. Kept in
 * memory; a restart counts anew.
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
  private final Map<Key, ArmFigures.Reading> told = new ConcurrentHashMap<>();

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

  private ArmFigures of(UUID workspace, Arm arm) {
    return figures.computeIfAbsent(
        new Key(workspace, arm.releaseId(), arm.name()), key -> new ArmFigures());
  }

  /** Tells every arm that serves and has answered since it was last told. */
  void report() {
    Set<UUID> workspaces = new HashSet<>();
    figures.keySet().forEach(key -> workspaces.add(key.workspace));
    for (UUID workspace : workspaces) {
      try {
        Caller.system(workspace)
            .run(() ->
                transaction.executeWithoutResult(
                    status -> traffic.arms(workspace).forEach(arm -> report(workspace, arm))));
      } catch (RuntimeException e) {
        // Whatever it was, a database that is away or a defect: the other workspaces are told all
        // the same.
        log.warn("Arms are reported later: {}", e.toString());
      }
    }
  }

  private void report(UUID workspace, Arm arm) {
    Key key = new Key(workspace, arm.releaseId(), arm.name());
    ArmFigures.Reading now = of(workspace, arm).read();
    if (now.requests() == 0 || now.equals(told.get(key))) {
      return;
    }
    told.put(key, now);
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
        // A subject of its own: these readings have no version in common with the release.
        arm.releaseId() + "/" + arm.name(),
        clock.millis());
  }
}
