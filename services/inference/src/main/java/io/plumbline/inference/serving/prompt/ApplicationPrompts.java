package io.plumbline.inference.serving.prompt;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.plumbline.inference.apikey.ApiKeyScope;
import io.plumbline.platform.identity.Caller;
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

  private record Version(UUID workspace, String digest, ApiKeyScope scope) {}

  private record Read(UUID workspace, String prompt, String label, ApiKeyScope scope) {}

  private final PromptUsage uses;
  private final Cache<Version, Boolean> known =
      Caffeine.newBuilder().maximumSize(REMEMBERED).build();
  private final Cache<Read, Boolean> refused =
      Caffeine.newBuilder().maximumSize(REMEMBERED).expireAfterWrite(REFUSED).build();

  ApplicationPrompts(PromptUsage uses) {
    this.uses = uses;
  }

  /**
   * Returns whether a variant of an application in the scope has a version.
   *
   * @param digest the digest of the version
   */
  boolean hasVersion(ApiKeyScope scope, String digest) {
    Version key = new Version(Caller.current().workspace(), digest, scope);
    if (known.getIfPresent(key) != null) {
      return true;
    }
    boolean found = uses.isUsedBy(digest, scope.allApplications() ? null : scope.applications());
    if (found) {
      known.put(key, true);
    }
    return found;
  }

  /** Returns whether the read was refused a moment ago. */
  boolean wasRefused(ApiKeyScope scope, String prompt, String label) {
    return refused.getIfPresent(readKey(scope, prompt, label)) != null;
  }

  void rememberRefusal(ApiKeyScope scope, String prompt, String label) {
    refused.put(readKey(scope, prompt, label), true);
  }

  private static Read readKey(ApiKeyScope scope, String prompt, String label) {
    return new Read(Caller.current().workspace(), prompt, label, scope);
  }
}
