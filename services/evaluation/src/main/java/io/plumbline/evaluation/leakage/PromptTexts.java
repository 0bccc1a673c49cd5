package io.plumbline.evaluation.leakage;

import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.plumbline.contracts.Digest;
import io.plumbline.platform.digest.CanonicalJson;
import io.plumbline.prompttemplate.content.Example;
import io.plumbline.prompttemplate.content.Message;
import io.plumbline.prompttemplate.content.PromptContent;
import io.plumbline.prompttemplate.template.ComposedTemplate;
import io.plumbline.prompttemplate.template.ParsedTemplate;
import io.plumbline.prompttemplate.template.Template;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClientException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.JsonNode;

/**
 * Reads the texts that a prompt version sends to the model from prompt-registry, and checks them
 * against its digest.
 */
@Component
class PromptTexts {

  /**
   * The texts of a prompt version. Each list ends with all of its texts joined, since an item may
   * be spread over several.
   *
   * @param examples the inputs and outputs of the version's few-shot examples
   * @param rest the version's messages with their partials, the defaults that fill them, its
   *     parameters with their tools, and the format of the answer
   */
  record Texts(List<String> examples, List<String> rest) {

    Texts {
      examples = withJoinedText(examples);
      rest = withJoinedText(rest);
    }

    private static List<String> withJoinedText(List<String> texts) {
      List<String> all = new ArrayList<>(texts);
      all.add(String.join("\n", texts));
      return List.copyOf(all);
    }
  }

  private static final Logger log = LoggerFactory.getLogger(PromptTexts.class);
  private static final String RESTORE =
      "Find out who changed the content in prompt-registry, restore it, and start the run again.";
  private static final int ATTEMPTS = 12;
  private static final Duration MAX_PAUSE = Duration.ofSeconds(30);

  private final PromptRegistryApi prompts;
  private final Retry retry =
      Retry.of(
          "prompt-registry",
          RetryConfig.<PromptContent>custom()
              .maxAttempts(ATTEMPTS)
              .retryOnException(failure ->
                  failure instanceof RestClientException answer
                      && !(answer instanceof HttpClientErrorException.NotFound)
                      && !isUnreadable(answer))
              .intervalFunction(
                  attempt -> Math.min(250L << Math.min(attempt - 1, 10), MAX_PAUSE.toMillis()))
              .build());

  PromptTexts(PromptRegistryApi prompts) {
    this.prompts = prompts;
  }

  /**
   * Returns the texts of a prompt version.
   *
   * @throws UnknownPrompt when prompt-registry has no such version, answers with other or
   *     unreadable content, or stays unavailable
   */
  Texts textsOf(Digest prompt) {
    PromptContent content = fetch(prompt);
    Digest fetched = CanonicalJson.digest(content);
    if (!fetched.equals(prompt)) {
      throw new UnknownPrompt(
          prompt,
          "prompt-registry answered the content " + fetched.abbreviated() + " in its place",
          RESTORE);
    }
    List<String> altered = content.alteredPartial(each -> CanonicalJson.digest(each).hex());
    if (!altered.isEmpty()) {
      throw new UnknownPrompt(
          prompt,
          "its partial %s is not the content that the digest in the version names"
              .formatted(String.join("/", altered)),
          RESTORE);
    }
    List<String> examples = new ArrayList<>();
    for (Example example : content.examples()) {
      examples.add(example.input());
      examples.add(example.output());
    }
    List<String> rest = new ArrayList<>();
    for (Message message : content.writtenMessages()) {
      addTemplate(rest, prompt, content, message.content());
    }
    content.variables().path("properties").forEach(type -> addTexts(rest, type.path("default")));
    addTexts(rest, content.parameters());
    addTexts(rest, content.responseFormat());
    return new Texts(examples, rest);
  }

  private PromptContent fetch(Digest prompt) {
    try {
      return retry.executeSupplier(() -> prompts.getPromptVersion(prompt.hex()));
    } catch (HttpClientErrorException.NotFound e) {
      throw new UnknownPrompt(
          prompt,
          "prompt-registry has no such version",
          "Restore it there, or evaluate a variant whose prompt version is published.");
    } catch (RestClientException e) {
      log.warn(
          "Prompt version {} could not be read from prompt-registry after up to {} attempts; the"
              + " run that needs it fails: {}",
          prompt.abbreviated(),
          ATTEMPTS,
          e.toString());
      if (isUnreadable(e)) {
        throw new UnknownPrompt(
            prompt,
            "prompt-registry answered something that is no complete prompt version",
            "Run prompt-registry and evaluation of one release, and start the run again.");
      }
      throw new UnknownPrompt(
          prompt,
          "prompt-registry stayed unavailable",
          "Start the run again when prompt-registry is available.");
    }
  }

  /**
   * Returns whether the answer is JSON of another shape, which the next attempt would get too. This
   * is false for an answer that was cut off, since that is not valid JSON.
   */
  private static boolean isUnreadable(RestClientException answer) {
    return answer.contains(DatabindException.class);
  }

  /**
   * Adds the text of a template in two forms: with a gap in place of each tag, and with nothing
   * there, as for a comment. The text that a tag prints is known only when the prompt is used.
   */
  private static void addTemplate(
      List<String> texts, Digest prompt, PromptContent content, String source) {
    switch (Template.parse(source)) {
      case Template template -> {
        ComposedTemplate composed = content.compose(template);
        texts.add(composed.textWithoutTags());
        texts.add(composed.joinTextTokens(""));
      }
      case ParsedTemplate.Malformed malformed ->
          throw new UnknownPrompt(
              prompt,
              "one of its messages cannot be parsed as a template: " + malformed.reason(),
              "Evaluate a variant whose prompt version can be rendered.");
    }
  }

  /** Adds every text and every property name within a node. */
  private static void addTexts(List<String> texts, @Nullable JsonNode node) {
    if (node == null) {
      return;
    }
    if (node.isString()) {
      texts.add(node.asString());
    }
    node.propertyNames().forEach(texts::add);
    node.forEach(inner -> addTexts(texts, inner));
  }
}
