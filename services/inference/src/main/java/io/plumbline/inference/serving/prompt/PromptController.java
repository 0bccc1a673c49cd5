package io.plumbline.inference.serving.prompt;

import io.plumbline.inference.apikey.ApiKeyScope;
import io.plumbline.inference.apikey.ScopeGuard;
import io.plumbline.inference.serving.protocol.OpenAiError;
import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.Problem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClientException;
import tools.jackson.databind.json.JsonMapper;

/** Serves labelled versions of prompts to applications that render them themselves. */
@RestController
class PromptController {

  private static final Logger log = LoggerFactory.getLogger(PromptController.class);

  /** The names that prompt-registry allows for prompts. */
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,62}");

  private static final Pattern LABEL = Pattern.compile("[a-z][a-z0-9._-]{0,62}");

  /** The maximum number of characters of a name that an error repeats. */
  private static final int MAX_SHOWN = 100;

  private static final CacheControl CACHING = CacheControl.noCache().cachePrivate();

  private final PromptReadingApi registry;
  private final ApplicationPrompts prompts;
  private final ScopeGuard scopes;
  private final JsonMapper json;

  PromptController(
      PromptReadingApi registry, ApplicationPrompts prompts, ScopeGuard scopes, JsonMapper json) {
    this.registry = registry;
    this.prompts = prompts;
    this.scopes = scopes;
    this.json = json;
  }

  @Operation(summary = "Get the version of a prompt that a label points to, production by default")
  @ApiResponse(
      responseCode = "200",
      description = "The version, as prompt-registry resolves it",
      content = @Content(schema = @Schema(type = "object", description = "prompt version")))
  @ApiResponse(responseCode = "304", description = "Not modified: the caller has this version")
  @GetMapping("/v1/prompts/{name}")
  @PreAuthorize("hasRole('VIEWER')")
  ResponseEntity<byte[]> getLabelledPrompt(
      @PathVariable String name,
      @RequestParam(defaultValue = "production") String label,
      @RequestHeader(name = HttpHeaders.IF_NONE_MATCH, required = false)
          @Nullable String ifNoneMatch) {
    boolean named = NAME.matcher(name).matches();
    String pointer = LABEL.matcher(label).matches() ? label : "";
    try {
      scopes.requirePrompt(name, scope -> named && !prompts.wasRefused(scope, name, pointer));
      if (!named) {
        throw unknownPromptError(name);
      }
      Optional<ResponseEntity<byte[]>> version = findVersion(name, pointer, ifNoneMatch);
      if (version.isEmpty()) {
        Optional<List<String>> labels = readableLabels(name);
        scopes.requirePrompt(
            name,
            scope -> rememberIfRefused(!labels.orElse(List.of()).isEmpty(), scope, name, pointer));
        throw labels
            .map(each -> unknownLabelError(name, label, each))
            .orElseGet(() -> unknownPromptError(name));
      }
      scopes.requirePrompt(
          name,
          scope ->
              rememberIfRefused(
                  prompts.hasVersion(scope, digestOf(version.get())), scope, name, pointer));
      return answer(version.get());
    } catch (RestClientException e) {
      log.warn(
          "Prompt '{}' could not be read from prompt-registry. The caller gets 503: {}",
          name,
          e.toString());
      throw new Problem(
              CommonProblem.UNAVAILABLE,
              "The prompt could not be read from prompt-registry; use the version that you have,"
                  + " and try again in a second.")
          .retryAfter(Duration.ofSeconds(1));
    }
  }

  private boolean rememberIfRefused(boolean reads, ApiKeyScope scope, String name, String label) {
    if (!reads) {
      prompts.rememberRefusal(scope, name, label);
    }
    return reads;
  }

  /**
   * Returns the version that a label points to. For an API key the version is always read whole,
   * because its digest decides whether the key may read it. Spring then answers 304 to a caller
   * that has the version already.
   *
   * @param label the label; empty for a name that cannot be a label
   */
  private Optional<ResponseEntity<byte[]>> findVersion(
      String name, String label, @Nullable String ifNoneMatch) {
    if (label.isEmpty()) {
      return Optional.empty();
    }
    String known = ApiKeyScope.current().isPresent() ? null : ifNoneMatch;
    try {
      return Optional.of(registry.resolvePrompt(name, label, known));
    } catch (HttpClientErrorException.NotFound e) {
      return Optional.empty();
    }
  }

  private String digestOf(ResponseEntity<byte[]> version) {
    byte[] body = version.getBody();
    return body == null ? "" : json.readTree(body).path("digest").asString("");
  }

  private static ResponseEntity<byte[]> answer(ResponseEntity<byte[]> found) {
    ResponseEntity.BodyBuilder answer =
        ResponseEntity.status(found.getStatusCode())
            .cacheControl(CACHING)
            .eTag(found.getHeaders().getETag());
    byte[] body = found.getBody();
    if (body == null) {
      return answer.build();
    }
    return answer.contentType(MediaType.APPLICATION_JSON).body(body);
  }

  /**
   * Returns the labels of a prompt that the caller may read; empty where there is no such prompt.
   * An API key may read the labels of versions that its applications have.
   */
  private Optional<List<String>> readableLabels(String name) {
    Optional<ApiKeyScope> key = ApiKeyScope.current();
    try {
      return Optional.of(
          registry.listLabels(name).items().stream()
              .filter(each -> key.isEmpty() || prompts.hasVersion(key.get(), each.digest()))
              .map(PromptReadingApi.Label::label)
              .toList());
    } catch (HttpClientErrorException.NotFound e) {
      return Optional.empty();
    }
  }

  private static OpenAiError unknownLabelError(String name, String label, List<String> labels) {
    return new OpenAiError(404, "label_not_found", "label", unknownMessage(name, label, labels));
  }

  private static String unknownMessage(String name, String label, List<String> labels) {
    if (labels.isEmpty()) {
      return "The prompt '%s' has no version yet: publish one, and set the label.".formatted(name);
    }
    return "No label '%s' of the prompt '%s' points to a version, but these do: %s."
        .formatted(shortened(label), name, String.join(", ", labels));
  }

  private static OpenAiError unknownPromptError(String name) {
    return new OpenAiError(
        404,
        "prompt_not_found",
        "name",
        "There is no prompt '%s': check its name.".formatted(shortened(name)));
  }

  private static String shortened(String text) {
    return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…";
  }
}
