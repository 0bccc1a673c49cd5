package io.plumbline.inference.serving;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Bounds the calls under way: beyond what can be answered soon, a call is refused at once instead
 * of making all others late.
 */
@Component
class Admission {

  private final Semaphore places;

  Admission(@Value("${plumbline.serving.max-concurrent:512}") int places) {
    this.places = new Semaphore(places);
  }

  /** Given back by closing. */
  interface Place extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * @throws OpenAiError 503 with Retry-After when all places are taken
   */
  Place enter() {
    if (!places.tryAcquire()) {
      throw new OpenAiError(
          503,
          "overloaded",
          null,
          "Too many calls are under way; try again in a second.",
          Duration.ofSeconds(1));
    }
    return places::release;
  }
}
