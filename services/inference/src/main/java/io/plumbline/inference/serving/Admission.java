package io.plumbline.inference.serving;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Bounds the calls in progress: a call beyond the limit is refused at once instead of delaying all
 * others.
 */
@Component
class Admission {

  private final Bulkhead bulkhead;

  Admission(@Value("${plumbline.serving.max-concurrent:512}") int places) {
    this.bulkhead =
        Bulkhead.of(
            "serving",
            BulkheadConfig.custom()
                .maxConcurrentCalls(places)
                .maxWaitDuration(Duration.ZERO)
                .build());
  }

  /** Returned by closing. */
  interface Place extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * @throws OpenAiError 503 with Retry-After when all places are taken
   */
  Place enter() {
    if (!bulkhead.tryAcquirePermission()) {
      throw new OpenAiError(
          503,
          "overloaded",
          null,
          "Too many calls are in progress; try again in a second.",
          Duration.ofSeconds(1));
    }
    return bulkhead::onComplete;
  }
}
