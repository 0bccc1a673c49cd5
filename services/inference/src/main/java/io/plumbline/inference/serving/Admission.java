package io.plumbline.inference.serving;

import io.plumbline.inference.serving.protocol.OpenAiError;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Bounds the calls in progress: a call beyond the limit is refused at once instead of delaying all
 * others.
 *
 * <p>A workspace has at most as many places as are free (Choudhury and Hahne, Dynamic Queue Length
 * Thresholds for Shared-Memory Packet Switches, IEEE/ACM ToN 6(2), 1998): alone it has half of
 * them, two that fill theirs have a third each, and however many do, there is always as much left
 * for one that comes later. A fixed share would either waste what nobody uses or be used up by a
 * few.
 */
@Component
class Admission {

  private static final int SHARES = 4;

  private final int places;
  private final Map<UUID, Integer> held = new HashMap<>();
  private int taken;

  Admission(@Value("${plumbline.serving.max-concurrent:1024}") int places) {
    if (places < 1) {
      throw new IllegalArgumentException(
          "plumbline.serving.max-concurrent must be at least 1, not " + places);
    }
    this.places = places;
  }

  /** Places of one call, returned by closing; closing again does nothing. */
  final class Place implements AutoCloseable {

    private final UUID workspace;
    private int size;

    private Place(UUID workspace, int size) {
      this.workspace = workspace;
      this.size = size;
    }

    @Override
    public void close() {
      synchronized (Admission.this) {
        taken -= size;
        held.computeIfPresent(workspace, (id, mine) -> mine == size ? null : mine - size);
        size = 0;
      }
    }
  }

  /** A place for one call. */
  Place enter(UUID workspace) {
    return enter(workspace, 1);
  }

  /**
   * @param wanted places for a call that takes as much as several; at most a quarter of all is
   *     taken, so that the largest call is possible
   * @throws OpenAiError with Retry-After: 429 when the workspace has its share, 503 when nothing is
   *     free
   */
  synchronized Place enter(UUID workspace, int wanted) {
    if (wanted == 0) {
      return new Place(workspace, 0);
    }
    int size = Math.min(wanted, Math.max(1, places / SHARES));
    int mine = held.getOrDefault(workspace, 0);
    int free = places - taken;
    if (size > free) {
      throw refusal(503, "overloaded", "Too many calls are in progress; try again in a second.");
    }
    if (mine + size > free) {
      throw refusal(
          429,
          "workspace_overloaded",
          "Your workspace has %d calls in progress, its share of all; try again in a second."
              .formatted(mine));
    }
    held.put(workspace, mine + size);
    taken += size;
    return new Place(workspace, size);
  }

  private static OpenAiError refusal(int status, String code, String message) {
    return new OpenAiError(status, code, null, message, Duration.ofSeconds(1));
  }
}
