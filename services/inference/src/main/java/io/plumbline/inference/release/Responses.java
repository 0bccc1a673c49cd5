package io.plumbline.inference.release;

import io.plumbline.contracts.Digest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The latest responses, so that feedback finds what it is about. */
@Component
public class Responses {

  private static final int CAPACITY = 20_000;

  /** What answered. */
  public record Given(UUID workspace, @Nullable Arm arm, @Nullable Digest variant) {}

  /**
   * In the order in which they came: a cache that weighs use would let the newest go, since most
   * are asked for once or never.
   */
  private final Map<String, Given> latest =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Given> eldest) {
          return size() > CAPACITY;
        }
      };

  public synchronized void remember(String responseId, Given given) {
    latest.put(responseId, given);
  }

  /** Only of the asker's own workspace. */
  synchronized Optional<Given> find(UUID workspace, String responseId) {
    return Optional.ofNullable(latest.get(responseId))
        .filter(given -> given.workspace.equals(workspace));
  }
}
