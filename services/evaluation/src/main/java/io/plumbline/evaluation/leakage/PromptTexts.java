package io.plumbline.evaluation.leakage;

import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.plumbline.contracts.Digest;
import java.time.Duration;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClientException;
import tools.jackson.databind.JsonNode;

/** Reads the texts of a prompt version from prompt-registry. */
@Component
class PromptTexts {

  /**
   * @param examples the inputs of its few-shot examples
   * @param messages its templates, which may quote examples too
   */
  record Texts(List<String> examples, List<String> messages) {}

  private static final int ATTEMPTS = 12;
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private final PromptRegistryApi prompts;
  private final Retry retry =
      Retry.of(
          "prompt-registry",
          RetryConfig.<JsonNode>custom()
              .maxAttempts(ATTEMPTS)
              .retryOnException(failure ->
                  failure instanceof RestClientException
                      && !(failure instanceof HttpClientErrorException.NotFound))
              .intervalFunction(
                  attempt -> Math.min(250L << Math.min(attempt - 1, 10), LONGEST_PAUSE.toMillis()))
              .build());

  PromptTexts(PromptRegistryApi prompts) {
    this.prompts = prompts;
  }

  /**
   * @throws RestClientException when prompt-registry has no such version, or stays unavailable
   */
  Texts of(Digest prompt) {
    JsonNode version = retry.executeSupplier(() -> prompts.getPromptVersion(prompt.hex()));
    JsonNode content = version.path("content").isObject() ? version.path("content") : version;
    return new Texts(
        content.path("examples").valueStream().map(e -> e.path("input").asString("")).toList(),
        content.path("messages").valueStream().map(m -> m.path("content").asString("")).toList());
  }
}
