package io.plumbline.inference.release;

import io.plumbline.contracts.ActionDenied;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.InferenceEvent;
import io.plumbline.contracts.InferenceEvent.PartAuthors;
import io.plumbline.contracts.InferenceEvent.Refresh;
import io.plumbline.inference.cache.WorkspaceCaches;
import io.plumbline.inference.projection.VerdictProjection;
import io.plumbline.inference.withdrawal.WithdrawnPart;
import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.event.Outbox;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.job.JobQueue;
import io.plumbline.platform.problem.ProblemType;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Saves releases, each change in one transaction with its event. */
@Component
class ReleaseRecorder {

  private final Releases releases;
  private final VerdictProjection verdicts;
  private final Outbox outbox;
  private final WorkspaceCaches caches;
  private final JobQueue jobs;
  private final JdbcClient sql;

  ReleaseRecorder(
      Releases releases,
      VerdictProjection verdicts,
      Outbox outbox,
      WorkspaceCaches caches,
      JobQueue jobs,
      JdbcClient sql) {
    this.releases = releases;
    this.verdicts = verdicts;
    this.outbox = outbox;
    this.caches = caches;
    this.jobs = jobs;
    this.sql = sql;
  }

  /**
   * Records a request for a release.
   *
   * @param active the release that it would replace
   * @param parts the authors of each part of its variant
   * @param refresh the refresh that it would be; absent for any other release
   */
  Release recordRequest(
      Release release,
      Optional<Release> active,
      List<PartAuthors> parts,
      @Nullable Refresh refresh) {
    Release saved = releases.saveAndFlush(release);
    outbox.append(
        new InferenceEvent.ReleaseRequested(
            saved.id(),
            saved.application(),
            saved.environment(),
            saved.variant(),
            active.map(Release::variant).orElse(null),
            saved.verdictId(),
            saved.overrideReason(),
            saved.canaryPercent(),
            saved.requester(),
            parts.stream().flatMap(each -> each.authors().stream()).distinct().sorted().toList(),
            refresh,
            parts,
            saved.canaryAnswers()),
        saved.id().toString(),
        saved.aggregateVersion());
    return saved;
  }

  /**
   * Records a change of a release. Each save is flushed, so that at every moment at most one
   * release of an environment is active.
   */
  void recordChange(Release release) {
    Release saved = releases.saveAndFlush(release);
    Digest former = releases.findPrevious(saved).map(Release::variant).orElse(null);
    outbox.append(
        new InferenceEvent.ReleaseChanged(
            saved.id(),
            saved.application(),
            saved.environment(),
            saved.variant(),
            former,
            saved.state(),
            saved.percent(),
            saved.reason(),
            verdicts.newestSequence(saved.application())),
        saved.id().toString(),
        saved.aggregateVersion());
    caches.invalidateAfterCommit("release");
  }

  /**
   * Leaves the start of an approved release to {@link ReleaseStart}, which asks the gate once its
   * evidence has been read.
   *
   * @param action the name of the action that is denied when the gate is closed by then
   */
  void requestStart(Release release, String action) {
    jobs.enqueue(ReleaseStart.KIND, new ReleaseStart.Start(release.id(), action), 0);
  }

  /**
   * Records that a release serves from withdrawn data, unless all of it was recorded before.
   *
   * @param goesBackAt the time at which the release goes back by itself; absent without a deadline
   */
  void recordWithdrawnData(
      Release release, List<WithdrawnPart> parts, @Nullable Instant goesBackAt) {
    int added = 0;
    for (WithdrawnPart part : parts) {
      added +=
          sql.sql(
                  """
                  INSERT INTO release_withdrawal (workspace_id, release_id, part, version_digest, since)
                  VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
                  """)
              .params(
                  Caller.current().workspace(),
                  release.id(),
                  part.part(),
                  part.versionDigest().hex(),
                  part.since().atOffset(ZoneOffset.UTC))
              .update();
    }
    if (added > 0) {
      outbox.append(
          new InferenceEvent.ReleaseDataWithdrawn(
              release.id(),
              release.application(),
              release.environment(),
              release.variant(),
              parts.stream().map(WithdrawnPart::toEvent).toList(),
              goesBackAt),
          "release-withdrawal/" + Ids.next(),
          1);
    }
  }

  /**
   * Records that a release ended because of withdrawn data and that none follows it, so that calls
   * are answered with an error that says so.
   */
  void recordStopped(Release release) {
    sql.sql(
            "INSERT INTO stopped_release (workspace_id, release_id) VALUES (?, ?) ON CONFLICT DO"
                + " NOTHING")
        .params(Caller.current().workspace(), release.id())
        .update();
  }

  /**
   * Records that a release was blocked.
   *
   * @param action the name of the action that is denied
   */
  void recordBlocked(Release release, String action, GateAnswer.Closed closed) {
    recordChange(release);
    ProblemType type = closed.problem().type();
    outbox.append(
        new ActionDenied(
            action,
            "/api/releases/" + release.id(),
            type.status().value(),
            type.slug(),
            List.of(closed.reason())),
        "denial/" + Ids.next(),
        1);
  }
}
