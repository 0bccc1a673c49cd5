package io.plumbline.inference.serving.prompt;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.plumbline.inference.apikey.ApiKeyScope;
import io.plumbline.platform.identity.Caller;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.client.HttpClientErrorException;

/**
 * Decides whether a prompt belongs to an application, which means that a variant of the application
 * has a version of it. Neither variants nor versions end, so a yes is remembered.
 */
@Component
class ApplicationPrompts {

  /** The number of newest versions of a prompt of which one has to be in a variant. */
  static final int MOST_VERSIONS = 1_000;

  private static final int REMEMBERED = 10_000;

  private record Key(UUID workspace, String prompt, ApiKeyScope scope) {}

  private final PromptReadingApi registry;
  private final PromptUses uses;
  private final Cache<Key, Boolean> known = Caffeine.newBuilder().maximumSize(REMEMBERED).build();

  ApplicationPrompts(PromptReadingApi registry, PromptUses uses) {
    this.registry = registry;
    this.uses = uses;
  }

  boolean have(ApiKeyScope scope, String prompt) {
    Key key = new Key(Caller.current().workspace(), prompt, scope);
    if (known.getIfPresent(key) != null) {
      return true;
    }
    Set<String> versions = versions(prompt);
    boolean found =
        !versions.isEmpty()
            && uses.any(versions, scope.allApplications() ? null : scope.applications());
    if (found) {
      known.put(key, true);
    }
    return found;
  }

  /** Returns the digests of a prompt's versions; none where there is no such prompt. */
  private Set<String> versions(String prompt) {
    Set<String> digests = new HashSet<>();
    @Nullable String next = null;
    try {
      for (int read = 0; read < MOST_VERSIONS; read += PromptReadingApi.PAGE) {
        PromptReadingApi.Versions page =
            registry.listPromptVersions(prompt, PromptReadingApi.PAGE, next);
        page.items().forEach(version -> digests.add(version.digest()));
        next = page.nextPageToken();
        if (next == null) {
          break;
        }
      }
    } catch (HttpClientErrorException.NotFound e) {
      return Set.of();
    }
    return digests;
  }
}
