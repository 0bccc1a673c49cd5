package io.plumbline.inference.variant;

import io.micrometer.core.instrument.MeterRegistry;
import io.plumbline.contracts.Digest;
import io.plumbline.platform.digest.CanonicalJson;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.limit.FairCache;
import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.Problem;
import io.plumbline.prompttemplate.content.AnswerSchema;
import io.plumbline.prompttemplate.content.PromptContent;
import io.plumbline.prompttemplate.content.ResponseFormat;
import io.plumbline.prompttemplate.rendering.PromptRenderer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClientException;

/**
 * Fetches prompt versions and keeps them ready to render requests and check answers. The content of
 * a digest never changes, so each is fetched once while it stays in memory. It is then verified
 * against its digest, as is each of its partials.
 */
@Component
class PromptContents {

  private static final Logger log = LoggerFactory.getLogger(PromptContents.class);

  /** The memory for prompt versions in bytes, as {@link #memoryOf} estimates it. */
  private static final int MAX_BYTES = 48 << 20;

  /** The bytes that a compiled tag, or a value of a schema, takes beside its text. */
  private static final int BYTES_PER_BRACE = 64;

  /**
   * A prompt version that is ready to be used.
   *
   * @param answers the schema that answers have to follow
   * @param bytes the memory that it takes
   */
  private record Prepared(PromptRenderer renderer, Optional<AnswerSchema> answers, int bytes) {

    static Prepared of(PromptContent content) {
      return new Prepared(
          PromptRenderer.of(content),
          Optional.ofNullable(content.responseFormat())
              .map(ResponseFormat::wrap)
              .flatMap(AnswerSchema::of),
          memoryOf(content));
    }
  }

  private final PromptRegistryApi prompts;
  private final FairCache<Digest, Prepared> contents;

  PromptContents(PromptRegistryApi prompts, MeterRegistry meters) {
    this.prompts = prompts;
    this.contents =
        new FairCache<>("prompts", MAX_BYTES, (prompt, prepared) -> prepared.bytes, meters);
  }

  PromptRenderer getRenderer(Digest prompt) {
    return prepared(prompt).renderer;
  }

  /** Returns the schema that answers to the prompt have to follow; empty where it has none. */
  Optional<AnswerSchema> answerSchema(Digest prompt) {
    return prepared(prompt).answers;
  }

  private Prepared prepared(Digest prompt) {
    return contents.get(Caller.current().workspace(), prompt, this::fetch);
  }

  /**
   * Estimates the memory of a content that is compiled: its text twice, and what each of its braces
   * stands for, a tag of a template or an object of JSON. A partial counts as often as it is
   * included.
   */
  static int memoryOf(PromptContent content) {
    byte[] text = CanonicalJson.bytes(content);
    int braces = 0;
    for (byte each : text) {
      if (each == '{') {
        braces++;
      }
    }
    long bytes = 2L * text.length + (long) BYTES_PER_BRACE * braces;
    long inclusions = 1 + content.length(MAX_BYTES) / Math.max(1, text.length);
    return (int) Math.min(bytes * inclusions, MAX_BYTES);
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
