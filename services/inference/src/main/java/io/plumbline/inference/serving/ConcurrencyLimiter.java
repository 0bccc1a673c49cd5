package io.plumbline.inference.serving;

import io.plumbline.inference.serving.protocol.OpenAiError;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Bounds the calls in progress. A call beyond the limit is refused at once instead of delaying all
 * others.
 *
 * <p>A workspace may hold at most as many places as are free (Choudhury and Hahne, Dynamic Queue
 * Length Thresholds for Shared-Memory Packet Switches, IEEE/ACM ToN 6(2), 1998). A single busy
 * workspace gets half of the places, two get a third each, and however many there are, the same
 * share is left for one that comes later. A fixed share would either waste unused places or be used
 * up by a few workspaces.
 */
@Component
class ConcurrencyLimiter {

  private static final int SHARES = 4;

  private final int places;
  private final Map<UUID, Integer> held = new HashMap<>();
  private int taken;

  ConcurrencyLimiter(@Value("${plumbline.serving.max-concurrent:1024}") int places) {
    if (places < 1) {
      throw new IllegalArgumentException(
          "plumbline.serving.max-concurrent must be at least 1, not " + places);
    }
    this.places = places;
  }

  /** The places of one call. Closing returns them; closing again does nothing. */
  final class Permit implements AutoCloseable {

    private final UUID workspace;
    private int size;

    private Permit(UUID workspace, int size) {
      this.workspace = workspace;
      this.size = size;
    }

    @Override
    public void close() {
      synchronized (ConcurrencyLimiter.this) {
        taken -= size;
        held.computeIfPresent(workspace, (id, mine) -> mine == size ? null : mine - size);
        size = 0;
      }
    }
  }

  /** Takes a place for one call. */
  Permit acquire(UUID workspace) {
    return acquire(workspace, 1);
  }

  /**
   * Takes places for a call that is as much work as several.
   *
   * @param wanted the places that are wanted; at most a quarter of all places is taken, so that the
   *     largest call is possible
   * @throws OpenAiError with Retry-After: 429 when the workspace has its share, 503 when too few
   *     places are free
   */
  synchronized Permit acquire(UUID workspace, int wanted) {
    if (wanted == 0) {
      return new Permit(workspace, 0);
    }
    int size = Math.min(wanted, Math.max(1, places / SHARES));
    int mine = held.getOrDefault(workspace, 0);
    int free = places - taken;
    if (size > free) {
      throw newRefusal(503, "overloaded", "Too many calls are in progress; try again in a second.");
    }
    if (mine + size > free) {
      throw newRefusal(
          429,
          "workspace_overloaded",
          "Your workspace has %d calls in progress, which is its share; try again in a second."
              .formatted(mine));
    }
    held.put(workspace, mine + size);
    taken += size;
    return new Permit(workspace, size);
  }

  private static OpenAiError newRefusal(int status, String code, String message) {
    return new OpenAiError(status, code, null, message, Duration.ofSeconds(1));
  }
}
