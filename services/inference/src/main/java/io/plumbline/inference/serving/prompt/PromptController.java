package io.plumbline.inference.serving.prompt;

import io.plumbline.inference.apikey.ScopeGuard;
import io.plumbline.inference.serving.protocol.OpenAiError;
import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.Problem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.time.Duration;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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

/** Labelled versions of prompts, for applications that render them themselves. */
@RestController
class PromptController {

  private static final Logger log = LoggerFactory.getLogger(PromptController.class);

  /** The names that prompt-registry allows for prompts and labels. */
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,62}");

  private static final Pattern LABEL = Pattern.compile("[a-z][a-z0-9._-]{0,62}");

  /** The most characters of a name that an error repeats. */
  private static final int LONGEST = 100;

  private static final CacheControl CACHING = CacheControl.noCache().cachePrivate();

  private final PromptReadingApi registry;
  private final ApplicationPrompts prompts;
  private final ScopeGuard scopes;

  PromptController(PromptReadingApi registry, ApplicationPrompts prompts, ScopeGuard scopes) {
    this.registry = registry;
    this.prompts = prompts;
    this.scopes = scopes;
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
    try {
      scopes.requirePrompt(
          name, scope -> NAME.matcher(name).matches() && prompts.have(scope, name));
      if (!NAME.matcher(name).matches()) {
        throw unknownPrompt(name);
      }
      if (!LABEL.matcher(label).matches()) {
        throw unknown(name, label);
      }
      return resolved(name, label, ifNoneMatch);
    } catch (RestClientException e) {
      log.warn("Prompt {} could not be read: {}", name, e.toString());
      throw new Problem(
              CommonProblem.UNAVAILABLE,
              "The prompt could not be read from prompt-registry; use the version that you have,"
                  + " and try again in a second.")
          .retryAfter(Duration.ofSeconds(1));
    }
  }

  private ResponseEntity<byte[]> resolved(String name, String label, @Nullable String ifNoneMatch) {
    ResponseEntity<byte[]> found;
    try {
      found = registry.resolvePrompt(name, label, ifNoneMatch);
    } catch (HttpClientErrorException.NotFound e) {
      throw unknown(name, label);
    }
    ResponseEntity.BodyBuilder answer =
        ResponseEntity.status(found.getStatusCode())
            .cacheControl(CACHING)
            .eTag(found.getHeaders().getETag());
    byte[] body = found.getBody();
    return body == null
        ? answer.build()
        : answer.contentType(MediaType.APPLICATION_JSON).body(body);
  }

  /** Says which labels there are: the prompt itself is known to who asks. */
  private OpenAiError unknown(String name, String label) {
    try {
      String labels =
          registry.listLabels(name).items().stream()
              .map(PromptReadingApi.Label::label)
              .collect(Collectors.joining(", "));
      return new OpenAiError(
          404,
          "label_not_found",
          "label",
          labels.isEmpty()
              ? "The prompt '%s' has no version yet.".formatted(name)
              : "No label '%s' of the prompt '%s' points to a version, but these do: %s."
                  .formatted(shown(label), name, labels));
    } catch (HttpClientErrorException.NotFound e) {
      return unknownPrompt(name);
    }
  }

  private static OpenAiError unknownPrompt(String name) {
    return new OpenAiError(
        404, "prompt_not_found", "name", "There is no prompt '%s'.".formatted(shown(name)));
  }

  private static String shown(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }
}
