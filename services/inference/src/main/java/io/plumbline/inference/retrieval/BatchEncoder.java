package io.plumbline.inference.retrieval;

import io.plumbline.contracts.Digest;
import io.plumbline.inference.provider.UpstreamException;
import io.plumbline.inference.retrieval.encoder.Embedded;
import io.plumbline.inference.retrieval.encoder.EmbeddingPurpose;
import io.plumbline.inference.retrieval.encoder.IndexEncoder;
import io.plumbline.inference.retrieval.encoder.IndexEncoders;
import io.plumbline.inference.trace.JournalFailure;
import io.plumbline.platform.digest.CanonicalJson;
import io.plumbline.platform.job.JobContext;
import io.plumbline.platform.job.JobPostponed;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Embeds the batches of an index that is built. A provider that does not take one is waited for,
 * longer than it asks for, so that the calls of applications come first; then the job leaves its
 * worker to others until it is tried again.
 */
@Component
class BatchEncoder {

  /** Of {@link IndexSettings#pause}: before each further attempt at a batch. */
  private static final List<Integer> PAUSES = List.of(1, 5, 15);

  /** Of {@link IndexSettings#pause}: before the job runs again. */
  private static final int POSTPONED = 30;

  private final IndexEncoders encoders;
  private final IndexBatches batches;
  private final IndexSettings settings;
  private final Clock clock;

  BatchEncoder(IndexEncoders encoders, IndexBatches batches, IndexSettings settings, Clock clock) {
    this.encoders = encoders;
    this.batches = batches;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * @param number of the batch in its index
   * @throws JobPostponed when the provider is away, nothing can be metered, or the job is to end
   * @throws UpstreamException when it refuses the batch, or was away for too long
   */
  List<float[]> embed(IndexVersion index, JobContext job, int number, List<String> texts) {
    return switch (index.encoder()) {
      case IndexEncoder.Local _ -> embed(index, texts).vectors();
      case IndexEncoder.OfProvider _ -> {
        Digest digest = CanonicalJson.digest(Map.of("texts", texts));
        Optional<List<float[]>> kept = batches.find(index.id(), number, digest);
        yield kept.isPresent() ? kept.get() : pay(index, job, number, texts, digest);
      }
    };
  }

  private List<float[]> pay(
      IndexVersion index, JobContext job, int number, List<String> texts, Digest digest) {
    Embedded embedded;
    try {
      embedded = patiently(index, job, texts);
    } catch (JournalFailure unmetered) {
      throw new JobPostponed(
          settings.pause().multipliedBy(POSTPONED), String.valueOf(unmetered.getMessage()));
    }
    batches.keep(index, job.fence(), number, digest, embedded);
    return embedded.vectors();
  }

  private Embedded patiently(IndexVersion index, JobContext job, List<String> texts) {
    for (int pause : PAUSES) {
      try {
        return embed(index, texts);
      } catch (UpstreamException e) {
        requirePassing(e);
        await(longer(settings.pause().multipliedBy(pause), e));
        if (job.cancelled()) {
          throw new JobPostponed(Duration.ZERO, "Cancelled");
        }
      }
    }
    try {
      return embed(index, texts);
    } catch (UpstreamException e) {
      requirePassing(e);
      if (isOutOfPatience(index)) {
        throw e;
      }
      Duration delay = longer(settings.pause().multipliedBy(POSTPONED), e);
      throw new JobPostponed(
          delay, "%s Tried again in %d s.".formatted(e.getMessage(), delay.toSeconds()));
    }
  }

  private Embedded embed(IndexVersion index, List<String> texts) {
    return encoders.embed(index.encoder(), texts, index.maxTokens(), EmbeddingPurpose.INDEX);
  }

  /** What says nothing about the request passes, as when another model might answer. */
  private static void requirePassing(UpstreamException failure) {
    if (!failure.elsewhere() || Thread.currentThread().isInterrupted()) {
      throw failure;
    }
  }

  private boolean isOutOfPatience(IndexVersion index) {
    return batches
        .newest(index.id())
        .orElse(index.createdAt())
        .plus(settings.patience())
        .isBefore(clock.instant());
  }

  private static Duration longer(Duration pause, UpstreamException failure) {
    Duration requested = Objects.requireNonNullElse(failure.retryAfter(), Duration.ZERO);
    return requested.compareTo(pause) > 0 ? requested : pause;
  }

  private static void await(Duration pause) {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("The process is stopping", e);
    }
  }
}
