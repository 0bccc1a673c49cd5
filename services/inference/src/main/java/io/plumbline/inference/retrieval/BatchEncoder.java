package io.plumbline.inference.retrieval;

import io.plumbline.contracts.Digest;
import io.plumbline.inference.provider.UpstreamException;
import io.plumbline.inference.retrieval.encoder.EmbeddingPurpose;
import io.plumbline.inference.retrieval.encoder.EmbeddingResult;
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
import org.springframework.stereotype.Component;

/**
 * Embeds the batches of an index that is being built. When a provider does not take a batch, the
 * encoder waits at least as long as the provider asks, so that the calls of applications come
 * first. After a few attempts the job frees its worker and is tried again later.
 */
@Component
class BatchEncoder {

  /** The pauses before further attempts at a batch, in multiples of {@link IndexSettings#pause}. */
  private static final List<Integer> RETRY_PAUSES = List.of(1, 5, 15);

  /** The pause before the job runs again, in multiples of {@link IndexSettings#pause}. */
  private static final int POSTPONED_PAUSE = 30;

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
   * Returns the vectors of a batch, which a provider is paid for only once.
   *
   * @param number the number of the batch in its index
   * @throws JobPostponed when the provider is unavailable, nothing can be metered, or the job was
   *     cancelled
   * @throws UpstreamException when the provider refuses the batch or was unavailable for longer
   *     than {@link IndexSettings#patience}
   */
  List<float[]> embed(IndexVersion index, JobContext job, int number, List<String> texts) {
    return switch (index.encoder()) {
      case IndexEncoder.Local _ -> embed(index, texts).vectors();
      case IndexEncoder.OfProvider _ -> {
        Digest digest = CanonicalJson.digest(Map.of("texts", texts));
        yield batches
            .findVectors(index.id(), number, digest)
            .orElseGet(() -> embedAndKeep(index, job, number, texts, digest));
      }
    };
  }

  private List<float[]> embedAndKeep(
      IndexVersion index, JobContext job, int number, List<String> texts, Digest digest) {
    EmbeddingResult embeddingResult;
    try {
      embeddingResult = embedWithRetries(index, job, texts);
    } catch (JournalFailure unmetered) {
      throw new JobPostponed(
          settings.pause().multipliedBy(POSTPONED_PAUSE), String.valueOf(unmetered.getMessage()));
    }
    batches.keepBatch(index, job.fence(), number, digest, embeddingResult);
    return embeddingResult.vectors();
  }

  private EmbeddingResult embedWithRetries(IndexVersion index, JobContext job, List<String> texts) {
    for (int pause : RETRY_PAUSES) {
      try {
        return embed(index, texts);
      } catch (UpstreamException e) {
        rethrowUnlessTemporary(e);
        sleep(longerPause(settings.pause().multipliedBy(pause), e));
        if (job.isCancellationRequested()) {
          throw new JobPostponed(Duration.ZERO, "Cancelled");
        }
      }
    }
    try {
      return embed(index, texts);
    } catch (UpstreamException e) {
      rethrowUnlessTemporary(e);
      if (hasWaitedTooLong(index)) {
        throw e;
      }
      Duration delay = longerPause(settings.pause().multipliedBy(POSTPONED_PAUSE), e);
      throw new JobPostponed(
          delay, "%s Tried again in %d s.".formatted(e.getMessage(), delay.toSeconds()));
    }
  }

  private EmbeddingResult embed(IndexVersion index, List<String> texts) {
    return encoders.embed(index.encoder(), texts, index.maxTokens(), EmbeddingPurpose.INDEX);
  }

  /**
   * Rethrows a failure that another attempt would meet again, and any failure while the process is
   * stopping. A failure that says nothing about the request is temporary.
   */
  private static void rethrowUnlessTemporary(UpstreamException failure) {
    if (!failure.isRetryableElsewhere() || Thread.currentThread().isInterrupted()) {
      throw failure;
    }
  }

  private boolean hasWaitedTooLong(IndexVersion index) {
    return batches
        .newestBatchTime(index.id())
        .orElse(index.createdAt())
        .plus(settings.patience())
        .isBefore(clock.instant());
  }

  private static Duration longerPause(Duration pause, UpstreamException failure) {
    Duration requested = Objects.requireNonNullElse(failure.retryAfter(), Duration.ZERO);
    return requested.compareTo(pause) > 0 ? requested : pause;
  }

  private static void sleep(Duration pause) {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("The process is stopping", e);
    }
  }
}
