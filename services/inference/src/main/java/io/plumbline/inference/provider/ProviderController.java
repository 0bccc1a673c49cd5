package io.plumbline.inference.provider;

import io.plumbline.contracts.Digest;
import io.plumbline.inference.provider.protocol.Protocol;
import io.plumbline.inference.provider.protocol.ResponseFormats;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.web.Idempotent;
import io.plumbline.platform.web.Page;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/providers")
class ProviderController {

  private static final String KEY = "[!-~]*";
  private static final String KEY_MESSAGE =
      "must be visible ASCII characters, because it is sent in a header";
  private static final String API_VERSION = "[A-Za-z0-9._-]{1,50}";
  private static final String API_VERSION_MESSAGE =
      "must be 1 to 50 letters, digits, dots, underscores and hyphens, such as 2024-10-21";

  /** The maximum number of models that a provider lists. */
  private static final int MAX_MODELS = 100;

  private static final String PASSED = "[a-z][A-Za-z0-9_]{0,63}";
  private static final String PASSED_MESSAGE =
      "must be the name of a field: 1 to 64 letters, digits and underscores, beginning with a"
          + " lower-case letter, such as top_k";

  /** The maximum number of fields that a connection passes on. */
  private static final int MAX_PASSED = 50;

  /** The maximum of {@code deadlineSeconds}. */
  private static final int MAX_SECONDS = 3_600;

  /**
   * A request to create a provider.
   *
   * @param kind the protocol of its endpoint
   * @param apiVersion the value of the query parameter {@code api-version} of every call
   * @param deadlineSeconds the maximum time of a whole call; 600 when absent
   * @param responseFormats the response formats that its server takes; {@code json_schema} when
   *     absent
   * @param passedFields the fields beyond the OpenAI API that calls of its models without a variant
   *     may have, in the request or in its messages; none when absent
   * @param apiKey the write-only key, which is stored encrypted and never returned
   */
  record CreateProvider(
      @NotNull
          @Pattern(
              regexp = "(?!local$|app$|variant$)[a-z][a-z0-9-]{1,40}",
              message =
                  "must be 2 to 41 lower-case letters, digits and hyphens, beginning with a letter;"
                      + " not local, app or variant")
          String name,
      @NotNull
          @Pattern(
              regexp = Protocol.KINDS,
              message = "must be one of openai-compatible, anthropic, gemini")
          String kind,
      @NotNull URI baseUrl,
      @Nullable @Pattern(regexp = API_VERSION, message = API_VERSION_MESSAGE) String apiVersion,
      @Nullable @Min(1) @Max(MAX_SECONDS) Integer deadlineSeconds,
      @Nullable ResponseFormats responseFormats,
      @Nullable @Size(max = MAX_PASSED)
          List<@NotNull @Pattern(regexp = PASSED, message = PASSED_MESSAGE) String> passedFields,
      @Nullable @Size(min = 1, max = 4_000) @Pattern(regexp = KEY, message = KEY_MESSAGE)
          String apiKey,
      @Nullable @Size(max = MAX_MODELS) List<@NotBlank @Size(max = 200) String> models) {

    /** Returns a text without the key, so that no log contains it. */
    @Override
    public String toString() {
      return "CreateProvider[" + name + "]";
    }
  }

  /**
   * A request to connect a provider to another endpoint.
   *
   * @param deadlineSeconds the maximum time of a whole call; 600 when absent
   * @param responseFormats the response formats that its server takes; {@code json_schema} when
   *     absent
   * @param passedFields the fields beyond the OpenAI API that calls of its models without a variant
   *     may have, in the request or in its messages; none when absent
   * @param apiKey the key of the other endpoint; the former endpoint's key is not sent there
   */
  record CreateConnection(
      @NotNull URI baseUrl,
      @Nullable @Pattern(regexp = API_VERSION, message = API_VERSION_MESSAGE) String apiVersion,
      @Nullable @Min(1) @Max(MAX_SECONDS) Integer deadlineSeconds,
      @Nullable ResponseFormats responseFormats,
      @Nullable @Size(max = MAX_PASSED)
          List<@NotNull @Pattern(regexp = PASSED, message = PASSED_MESSAGE) String> passedFields,
      @Nullable @Size(min = 1, max = 4_000) @Pattern(regexp = KEY, message = KEY_MESSAGE)
          String apiKey) {

    /** Returns a text without the key, so that no log contains it. */
    @Override
    public String toString() {
      return "CreateConnection[" + baseUrl + "]";
    }
  }

  /**
   * A request to replace the key of a connection.
   *
   * @param connectionDigest the connection whose key is replaced; the current one when absent
   */
  record ReplaceKey(
      @NotNull @Size(min = 1, max = 4_000) @Pattern(regexp = KEY, message = KEY_MESSAGE)
          String apiKey,
      @Nullable Digest connectionDigest) {

    /** Returns a text without the key, so that no log contains it. */
    @Override
    public String toString() {
      return "ReplaceKey[" + connectionDigest + "]";
    }
  }

  /**
   * A request to replace the list of a provider's models.
   *
   * @param models the models of new variants; empty for any
   */
  record ReplaceModels(
      @NotNull @Size(max = MAX_MODELS) List<@NotBlank @Size(max = 200) String> models) {}

  /**
   * A provider on the wire.
   *
   * @param connectionDigest the connection that the names of its models resolve to at present
   */
  record ProviderView(
      String name,
      String kind,
      URI baseUrl,
      @Nullable String apiVersion,
      long deadlineSeconds,
      ResponseFormats responseFormats,
      List<String> passedFields,
      Digest connectionDigest,
      boolean hasApiKey,
      List<String> models,
      String createdBy,
      Instant createdAt) {

    static ProviderView from(Provider provider) {
      Connection connection = provider.connection();
      Endpoint endpoint = connection.endpoint();
      return new ProviderView(
          provider.name(),
          endpoint.kind(),
          endpoint.baseUrl(),
          endpoint.apiVersion(),
          endpoint.deadline().toSeconds(),
          endpoint.responseFormats(),
          endpoint.passedFields(),
          connection.digest(),
          connection.hasKey(),
          provider.models(),
          provider.createdBy(),
          provider.createdAt());
    }
  }

  private final Providers providers;

  ProviderController(Providers providers) {
    this.providers = providers;
  }

  @Operation(
      summary =
          "Create a provider: an OpenAI-compatible endpoint, Anthropic's Messages API or Google's"
              + " Gemini API")
  @PostMapping
  @PreAuthorize("hasRole('ADMIN')")
  @Idempotent
  @ResponseStatus(HttpStatus.CREATED)
  public ResponseEntity<ProviderView> createProvider(@RequestBody @Valid CreateProvider command) {
    List<String> models = Objects.requireNonNullElse(command.models, List.of());
    Provider provider =
        providers.create(
            command.name,
            new Endpoint(
                command.kind,
                command.baseUrl,
                command.apiVersion,
                deadline(command.deadlineSeconds),
                formatsOrDefault(command.responseFormats),
                fieldsOrNone(command.passedFields)),
            command.apiKey,
            models);
    return ResponseEntity.created(URI.create("/api/providers/" + provider.name()))
        .body(ProviderView.from(provider));
  }

  private static Duration deadline(@Nullable Integer seconds) {
    return seconds == null ? Endpoint.DEADLINE : Duration.ofSeconds(seconds);
  }

  private static ResponseFormats formatsOrDefault(@Nullable ResponseFormats taken) {
    return Objects.requireNonNullElse(taken, ResponseFormats.JSON_SCHEMA);
  }

  private static List<String> fieldsOrNone(@Nullable List<String> passed) {
    return Objects.requireNonNullElse(passed, List.of());
  }

  @Operation(summary = "List the providers, without their API keys")
  @GetMapping
  @PreAuthorize("hasRole('VIEWER')")
  public Page<ProviderView> listProviders() {
    return Page.ofSinglePage(
        providers.all(Caller.current().workspace()).stream().map(ProviderView::from).toList());
  }

  @Operation(summary = "Get a provider by its name, without its API key")
  @GetMapping("/{name}")
  @PreAuthorize("hasRole('VIEWER')")
  public ProviderView getProvider(@PathVariable String name) {
    return providers
        .find(Caller.current().workspace(), name)
        .map(ProviderView::from)
        .orElseThrow(Problem::notFound);
  }

  @Operation(
      summary =
          "Connect a provider to another endpoint of its kind; variants keep the connection that"
              + " they have")
  @PostMapping("/{name}/connections")
  @PreAuthorize("hasRole('ADMIN')")
  @Idempotent
  @ResponseStatus(HttpStatus.OK)
  public ResponseEntity<ProviderView> createConnection(
      @PathVariable String name, @RequestBody @Valid CreateConnection command) {
    return ResponseEntity.ok(
        ProviderView.from(
            providers.connect(
                name,
                kind ->
                    new Endpoint(
                        kind,
                        command.baseUrl,
                        command.apiVersion,
                        deadline(command.deadlineSeconds),
                        formatsOrDefault(command.responseFormats),
                        fieldsOrNone(command.passedFields)),
                command.apiKey)));
  }

  @Operation(summary = "Replace the API key of a provider's connection, which stays the same")
  @PutMapping("/{name}/api-key")
  @PreAuthorize("hasRole('ADMIN')")
  public ProviderView replaceProviderKey(
      @PathVariable String name, @RequestBody @Valid ReplaceKey command) {
    return ProviderView.from(providers.replaceKey(name, command.apiKey, command.connectionDigest));
  }

  @Operation(
      summary =
          "Replace the list of a provider's models, to which the models of new variants are"
              + " limited; an empty list sets no limit")
  @PutMapping("/{name}/models")
  @PreAuthorize("hasRole('ADMIN')")
  public ProviderView replaceProviderModels(
      @PathVariable String name, @RequestBody @Valid ReplaceModels command) {
    return ProviderView.from(providers.replaceModels(name, command.models));
  }

  @Operation(
      summary = "Delete a provider and its API keys; refused while one of its models is released")
  @DeleteMapping("/{name}")
  @PreAuthorize("hasRole('ADMIN')")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  public ResponseEntity<Void> deleteProvider(@PathVariable String name) {
    providers.delete(name);
    return ResponseEntity.noContent().build();
  }
}
