package io.plumbline.compliance.verification;

import io.plumbline.compliance.ledger.verification.VerificationReport;
import io.plumbline.platform.job.JobContext;
import io.plumbline.platform.job.JobHandler;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Component;

/** Verifies the ledger in the background, and stores the result. */
@Component
class VerificationJob implements JobHandler {

  private final SelfVerification verification;
  private final Verifications verifications;
  private final Clock clock;

  VerificationJob(SelfVerification verification, Verifications verifications, Clock clock) {
    this.verification = verification;
    this.verifications = verifications;
    this.clock = clock;
  }

  @Override
  public String kind() {
    return Verifications.KIND;
  }

  @Override
  public void run(JobContext job) {
    Instant began = clock.instant();
    long started = System.nanoTime();
    VerificationReport report = verification.verify();
    Duration time = Duration.ofNanos(System.nanoTime() - started);
    job.runUnderLease(() -> verifications.store(VerificationResult.of(report, began, time)));
  }
}
