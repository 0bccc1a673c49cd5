package io.plumbline.inference.release;

import io.plumbline.inference.gate.VariantEvidence;
import io.plumbline.platform.gate.EvidenceAnswer.Behind;
import io.plumbline.platform.gate.EvidenceAnswer.Complete;
import io.plumbline.platform.gate.EvidenceAnswer.Incomplete;
import io.plumbline.platform.gate.EvidenceAnswer.SetAside;
import io.plumbline.platform.gate.EvidenceAnswer.Unknown;
import io.plumbline.platform.job.JobContext;
import io.plumbline.platform.job.JobHandler;
import io.plumbline.platform.job.JobPostponed;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Starts approved releases once the evidence about their variants has been read to the end. The
 * consumer that receives an approval must not wait for other topics, so it leaves the start to this
 * job. A release whose evidence is incomplete says what it waits for, and delays no other.
 */
@Component
class ReleaseStart implements JobHandler {

  static final String KIND = "release-start";

  /**
   * The start of a release.
   *
   * @param action the name of the action that is denied when the gate is closed
   */
  record Start(UUID releaseId, String action) {}

  private final ReleaseLifecycle releases;
  private final VariantEvidence evidence;

  ReleaseStart(ReleaseLifecycle releases, VariantEvidence evidence) {
    this.releases = releases;
    this.evidence = evidence;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public void run(JobContext job) {
    Start start = job.payload(Start.class);
    Optional<Release> release = releases.get(start.releaseId());
    if (release.isEmpty()) {
      return;
    }
    switch (evidence.answer(start.releaseId(), release.get().variant())) {
      case Complete complete -> releases.start(start.releaseId(), start.action());
      case Behind behind ->
          throw new JobPostponed(behind.pause(), String.valueOf(behind.problem().getMessage()));
      case Unknown unknown -> throw waiting(start.releaseId(), unknown);
      case SetAside setAside -> throw waiting(start.releaseId(), setAside);
    }
  }

  private JobPostponed waiting(UUID release, Incomplete evidence) {
    String reason = "waits for its evidence: " + evidence.problem().getMessage();
    releases.explainWait(release, reason);
    return new JobPostponed(evidence.pause(), reason);
  }
}
