package io.plumbline.inference.release;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.plumbline.contracts.state.ReleaseState;
import io.plumbline.inference.withdrawal.WithdrawalPolicy;
import io.plumbline.inference.withdrawal.WithdrawnData;
import io.plumbline.inference.withdrawal.WithdrawnPart;
import io.plumbline.platform.identity.Caller;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Finds the releases that serve from withdrawn data, at intervals and in every replica. It
 * publishes each finding once, and lets a release go back when a policy's deadline has passed. The
 * lock of the environment lets one replica do so.
 */
@Component
class WithdrawalWatch {

  private static final Logger log = LoggerFactory.getLogger(WithdrawalWatch.class);
  private static final Set<ReleaseState> SERVING =
      EnumSet.of(ReleaseState.ACTIVE, ReleaseState.CANARY);

  private final Releases releases;
  private final ReleaseLifecycle lifecycle;
  private final ReleaseRecorder recorder;
  private final WithdrawnData data;
  private final WithdrawalPolicy policy;
  private final JdbcClient sql;
  private final TransactionTemplate transaction;
  private final AtomicLong found;

  WithdrawalWatch(
      Releases releases,
      ReleaseLifecycle lifecycle,
      ReleaseRecorder recorder,
      WithdrawnData data,
      WithdrawalPolicy policy,
      JdbcClient sql,
      PlatformTransactionManager transactions,
      MeterRegistry meters) {
    this.releases = releases;
    this.lifecycle = lifecycle;
    this.recorder = recorder;
    this.data = data;
    this.policy = policy;
    this.sql = sql;
    this.transaction = new TransactionTemplate(transactions);
    this.found = new AtomicLong();
    Gauge.builder("plumbline.releases.withdrawn", found, AtomicLong::get)
        .description("Releases that serve from data whose admission was withdrawn")
        .register(meters);
  }

  /** Checks the serving releases of every workspace. */
  void check(Instant now) {
    List<UUID> workspaces =
        Objects.requireNonNull(
            transaction.execute(status ->
                sql.sql("SELECT workspace FROM workspaces_with_releases() workspace")
                    .query(UUID.class)
                    .list()));
    long withdrawn = 0;
    for (UUID workspace : workspaces) {
      try {
        withdrawn += Caller.system(workspace).call(() -> checkWorkspace(now));
      } catch (Exception e) {
        // Any failure, an unavailable database or a defect, must not affect the other workspaces.
        log.warn(
            "The data of the releases of workspace {} were not checked. They are checked again"
                + " after the interval: {}",
            workspace,
            e.toString());
      }
    }
    found.set(withdrawn);
  }

  private long checkWorkspace(Instant now) {
    data.recordTimes(now);
    List<Release> serving =
        Objects.requireNonNull(transaction.execute(status -> releases.findByStateIn(SERVING)));
    return serving.stream().filter(release -> checkAlone(release, now)).count();
  }

  /** Checks a release so that its failure affects no other; one that fails counts as withdrawn. */
  private boolean checkAlone(Release release, Instant now) {
    try {
      return Boolean.TRUE.equals(transaction.execute(status -> check(release, now)));
    } catch (RuntimeException e) {
      log.warn(
          "The data of release {} were not checked. They are checked again after the interval: {}",
          release.id(),
          e.toString());
      return true;
    }
  }

  /** Returns whether a release serves from withdrawn data, and acts on it. */
  private boolean check(Release read, Instant now) {
    Release release = lifecycle.lockAndRead(read);
    if (!SERVING.contains(release.state())) {
      return false;
    }
    List<WithdrawnPart> parts = data.of(release.variant(), release.requestedAt());
    if (parts.isEmpty()) {
      return false;
    }
    Optional<WithdrawalPolicy.Deadline> deadline =
        policy.deadline(release.application(), release.environment(), parts);
    recorder.recordWithdrawnData(
        release, parts, deadline.map(WithdrawalPolicy.Deadline::at).orElse(null));
    deadline
        .filter(each -> !each.at().isAfter(now))
        .ifPresent(each -> lifecycle.goBack(release, reason(parts, each)));
    return SERVING.contains(release.state());
  }

  private static String reason(List<WithdrawnPart> parts, WithdrawalPolicy.Deadline deadline) {
    return "the deadline for withdrawn data has passed (%s): %s"
        .formatted(
            deadline.reason(),
            parts.stream().map(WithdrawnPart::describe).collect(Collectors.joining("; ")));
  }
}
