package io.plumbline.inference.variant;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;
import io.plumbline.contracts.Digest;
import io.plumbline.platform.client.ServiceClients;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.Problem;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClientException;
import tools.jackson.databind.JsonNode;

/** Contents of prompt versions, fetched once: the content of a digest never changes. */
@Component
class PromptContents {

  private static final int CAPACITY = 1_000;

  private record Key(UUID workspace, Digest prompt) {}

  private final ServiceClients clients;
  private final Cache<Key, PromptContent> contents =
      Caffeine.newBuilder().maximumSize(CAPACITY).recordStats().build();

  PromptContents(ServiceClients clients, MeterRegistry meters) {
    this.clients = clients;
    CaffeineCacheMetrics.monitor(meters, contents, "prompts");
  }

  PromptContent get(Digest prompt) {
    return contents.get(new Key(Caller.current().workspace(), prompt), key -> fetch(key.prompt));
  }

  private PromptContent fetch(Digest prompt) {
    try {
      JsonNode version =
          clients
              .to("prompt-registry")
              .get()
              .uri("/api/prompt-versions/{digest}", prompt.hex())
              .retrieve()
              .body(JsonNode.class);
      return PromptContent.read(
          Objects.requireNonNull(version, "prompt-registry answered without a body"));
    } catch (HttpClientErrorException.NotFound e) {
      throw Problem.notYetKnown("/promptDigest");
    } catch (RestClientException e) {
      throw new Problem(
              CommonProblem.UNAVAILABLE,
              "The prompt version could not be fetched from prompt-registry; try again in a"
                  + " second.")
          .retryAfter(Duration.ofSeconds(1));
    }
  }
}
