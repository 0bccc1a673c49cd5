package io.plumbline.inference.serving.prompt;

import com.github.benmanes.caffeine.cache.Ticker;
import io.micrometer.core.instrument.MeterRegistry;
import io.plumbline.inference.apikey.ApiKeyScope;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.limit.FairCache;
import java.time.Duration;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Decides whether a version of a prompt belongs to an application, that is, whether a variant of
 * the application has its content. Variants are permanent, so a positive answer is remembered, and
 * a negative one only for a while.
 */
@Component
class ApplicationPrompts {

  private static final int REMEMBERED = 10_000;
  private static final Duration REFUSED = Duration.ofSeconds(5);

  private record Version(String digest, ApiKeyScope scope) {}

  private record Read(String prompt, String label, ApiKeyScope scope) {}

  private final PromptUsage uses;
  private final FairCache<Version, Boolean> known;
  private final FairCache<Read, Boolean> refused;

  ApplicationPrompts(PromptUsage uses, MeterRegistry meters) {
    this.uses = uses;
    this.known = new FairCache<>("application-prompts", REMEMBERED, (version, found) -> 1, meters);
    this.refused =
        new FairCache<>(
            "refused-prompts",
            REMEMBERED,
            (read, found) -> 1,
            REFUSED,
            Ticker.systemTicker(),
            meters);
  }

  /**
   * Returns whether a variant of an application in the scope has a version.
   *
   * @param digest the digest of the version
   */
  boolean hasVersion(ApiKeyScope scope, String digest) {
    UUID workspace = Caller.current().workspace();
    Version key = new Version(digest, scope);
    if (known.find(workspace, key).isPresent()) {
      return true;
    }
    boolean found = uses.isUsedBy(digest, scope.allApplications() ? null : scope.applications());
    if (found) {
      known.put(workspace, key, true);
    }
    return found;
  }

  /** Returns whether the read was refused a moment ago. */
  boolean wasRefused(ApiKeyScope scope, String prompt, String label) {
    return refused.find(Caller.current().workspace(), new Read(prompt, label, scope)).isPresent();
  }

  void rememberRefusal(ApiKeyScope scope, String prompt, String label) {
    refused.put(Caller.current().workspace(), new Read(prompt, label, scope), true);
  }
}
