package io.plumbline.inference.serving;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.Money;
import io.plumbline.platform.identity.Caller;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A chat call whose model name is resolved.
 *
 * @param created the time of the call in Unix seconds
 * @param chat for a variant, only what has an effect there
 * @param ignored fields of the request that have no effect
 * @param cacheKey under which an answer may be kept; absent where it may not
 * @param started {@link System#nanoTime()} when the call arrived
 */
record Call(
    String responseId,
    long created,
    Caller caller,
    ChatRequest chat,
    Target target,
    List<String> ignored,
    @Nullable Digest cacheKey,
    long started) {

  /** What the answer cache did for a call. */
  enum CacheUse {
    HIT,
    MISS,
    BYPASS;

    /** The value of the header {@code x-plumbline-cache}. */
    String header() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * How a call ended.
   *
   * @param cost absent when no price is known for the model
   */
  record Result(
      boolean failed, CacheUse cache, long inputTokens, long outputTokens, @Nullable Money cost) {}

  /** The time since the call arrived, without the time of the model. */
  double millisWithout(long modelNanos) {
    return Math.max(0, System.nanoTime() - started - modelNanos) / 1e6;
  }
}
