package io.plumbline.inference.variant;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;
import io.plumbline.contracts.Digest;
import io.plumbline.platform.digest.CanonicalJson;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.Problem;
import io.plumbline.prompttemplate.content.AnswerSchema;
import io.plumbline.prompttemplate.content.PromptContent;
import io.plumbline.prompttemplate.content.ResponseFormat;
import io.plumbline.prompttemplate.rendering.PromptRenderer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClientException;

/**
 * Fetches prompt versions and keeps them ready to render requests and check answers. Each is
 * fetched once, since the content of a digest never changes, and is verified against its digest, as
 * is each of its partials.
 */
@Component
class PromptContents {

  private static final Logger log = LoggerFactory.getLogger(PromptContents.class);
  private static final int CAPACITY = 1_000;

  private record Key(UUID workspace, Digest prompt) {}

  /**
   * A prompt version that is ready to be used.
   *
   * @param answers the schema that answers have to follow
   */
  private record Prepared(PromptRenderer renderer, Optional<AnswerSchema> answers) {

    static Prepared of(PromptContent content) {
      return new Prepared(
          PromptRenderer.of(content),
          Optional.ofNullable(content.responseFormat())
              .map(ResponseFormat::wrap)
              .flatMap(AnswerSchema::of));
    }
  }

  private final PromptRegistryApi prompts;
  private final Cache<Key, Prepared> contents =
      Caffeine.newBuilder().maximumSize(CAPACITY).recordStats().build();

  PromptContents(PromptRegistryApi prompts, MeterRegistry meters) {
    this.prompts = prompts;
    CaffeineCacheMetrics.monitor(meters, contents, "prompts");
  }

  PromptRenderer getRenderer(Digest prompt) {
    return prepared(prompt).renderer;
  }

  /** Returns the schema that answers to the prompt have to follow; empty where it has none. */
  Optional<AnswerSchema> answerSchema(Digest prompt) {
    return prepared(prompt).answers;
  }

  private Prepared prepared(Digest prompt) {
    return contents.get(new Key(Caller.current().workspace(), prompt), key -> fetch(key.prompt));
  }

  private Prepared fetch(Digest prompt) {
    try {
      PromptContent content = prompts.getPromptVersion(prompt.hex());
      Digest fetched = CanonicalJson.digest(content);
      if (!fetched.equals(prompt)) {
        log.error(
            "prompt-registry answered a request for prompt version {} with content of digest {}."
                + " The content is not used",
            prompt.abbreviated(),
            fetched.abbreviated());
        throw registryUnavailableProblem();
      }
      List<String> altered = content.alteredPartial(each -> CanonicalJson.digest(each).hex());
      if (!altered.isEmpty()) {
        log.error(
            "The partial {} of prompt version {} does not match its digest. The prompt version is"
                + " not used",
            String.join("/", altered),
            prompt.abbreviated());
        throw registryUnavailableProblem();
      }
      return Prepared.of(content);
    } catch (HttpClientErrorException.NotFound e) {
      throw Problem.notYetKnown("/promptDigest");
    } catch (RestClientException e) {
      log.warn(
          "Prompt version {} could not be fetched from prompt-registry. The request that needs it"
              + " is answered with 503: {}",
          prompt.abbreviated(),
          e.toString());
      throw registryUnavailableProblem();
    }
  }

  private static Problem registryUnavailableProblem() {
    return new Problem(
            CommonProblem.UNAVAILABLE,
            "The prompt version could not be fetched from prompt-registry; try again in a"
                + " second.")
        .retryAfter(Duration.ofSeconds(1));
  }
}
