package io.plumbline.inference.apikey;

import io.plumbline.platform.ledger.LedgerExempt;
import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.web.Idempotent;
import io.plumbline.platform.web.Page;
import io.plumbline.platform.web.PageRequest;
import io.plumbline.platform.web.ShownOnce;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/api-keys")
class ApiKeyController {

  private static final String OPERATORS = "hasRole('SRE')";

  static final int DEFAULT_DAYS = 90;
  static final int MAX_DAYS = 365;

  /**
   * The form of the name of a model or variant, as calls have it: visible ASCII characters, and not
   * the name of an application.
   */
  private static final String MODEL = "(?!app/)[!-~]{1,300}";

  private static final String MODEL_MESSAGE =
      "must be the name of a model or variant; applications are named in applications";

  /**
   * The API key to create.
   *
   * @param applications the names of the applications that it calls
   * @param allApplications whether it calls every application of the workspace, also those that
   *     come later, instead of named ones
   * @param models the names of models and variants that it calls directly, as a call has them
   * @param prompts whether it reads the labelled versions of prompts that variants of its
   *     applications have; it does not when absent
   * @param namesUsers whether the users that its calls name count as callers of their own in the
   *     comparison of a canary: for a deployment whose traffic comes with one key, and whose
   *     operator trusts that the users are real; they do not when absent
   * @param expiresInDays 90 when absent
   */
  record CreateApiKey(
      @NotBlank @Size(max = 100) String name,
      @Nullable @Size(max = 50) List<@NotBlank @Size(max = 100) String> applications,
      @Nullable Boolean allApplications,
      @Nullable @Size(max = 50)
          List<@NotNull @Pattern(regexp = MODEL, message = MODEL_MESSAGE) String> models,
      @Nullable Boolean prompts,
      @Nullable Boolean namesUsers,
      @Nullable @Min(1) @Max(MAX_DAYS) Integer expiresInDays) {

    ApiKeyScope scope() {
      return new ApiKeyScope(
          Boolean.TRUE.equals(allApplications),
          distinct(applications),
          distinct(models),
          Boolean.TRUE.equals(prompts),
          Boolean.TRUE.equals(namesUsers));
    }

    private static List<String> distinct(@Nullable List<String> names) {
      if (names == null) {
        return List.of();
      }
      return names.stream().distinct().toList();
    }
  }

  record RevokeApiKey(@NotBlank @Size(max = 2_000) String reason) {}

  /**
   * An API key on the wire.
   *
   * @param start the beginning of the key, by which it is recognised; it is not secret
   * @param lastUsedAt the last use, to the minute; absent until the key is used
   */
  record ApiKeyView(
      UUID apiKeyId,
      String name,
      String start,
      boolean allApplications,
      List<String> applications,
      List<String> models,
      boolean prompts,
      boolean namesUsers,
      ApiKey.State state,
      String createdBy,
      Instant createdAt,
      Instant expiresAt,
      @Nullable Instant lastUsedAt,
      @Nullable Instant revokedAt,
      @Nullable String revokedBy,
      @Nullable String revocationReason) {

    static ApiKeyView from(ApiKey key, Instant now) {
      Optional<ApiKey.Revocation> revocation = Optional.ofNullable(key.revocation());
      return new ApiKeyView(
          key.id(),
          key.name(),
          KeySecrets.publicStart(key.id()),
          key.scope().allApplications(),
          key.scope().applications(),
          key.scope().models(),
          key.scope().prompts(),
          key.scope().namesUsers(),
          key.state(now),
          key.createdBy(),
          key.createdAt(),
          key.expiresAt(),
          key.lastUsedAt(),
          revocation.map(ApiKey.Revocation::at).orElse(null),
          revocation.map(ApiKey.Revocation::by).orElse(null),
          revocation.map(ApiKey.Revocation::reason).orElse(null));
    }
  }

  /**
   * A new API key.
   *
   * @param key the text that callers send as the bearer token; shown in this answer only, and
   *     absent when the answer is repeated for an idempotency key
   */
  record CreatedApiKey(ApiKeyView apiKey, @Nullable String key) implements ShownOnce {

    @Override
    public CreatedApiKey withoutSecret() {
      return new CreatedApiKey(apiKey, null);
    }

    /** Returns a text without the key, so that no log holds it. */
    @Override
    public String toString() {
      return "CreatedApiKey[" + apiKey.apiKeyId + "]";
    }
  }

  private final ApiKeys keys;
  private final Clock clock;

  ApiKeyController(ApiKeys keys, Clock clock) {
    this.keys = keys;
    this.clock = clock;
  }

  @Operation(summary = "Create an API key, which is shown in this answer only")
  @PostMapping
  @PreAuthorize(OPERATORS)
  @Idempotent
  @ResponseStatus(HttpStatus.CREATED)
  public ResponseEntity<CreatedApiKey> createApiKey(@RequestBody @Valid CreateApiKey command) {
    ApiKeyScope scope = command.scope();
    if (scope.allowedNames().isEmpty()) {
      throw Problem.invalid(
          "/applications",
          "must name an application, unless models or allApplications is given: a key without a"
              + " scope opens nothing");
    }
    if (scope.allApplications() && !scope.applications().isEmpty()) {
      throw Problem.invalid("/applications", "must be absent when allApplications is true");
    }
    if (scope.prompts() && !scope.allApplications() && scope.applications().isEmpty()) {
      throw Problem.invalid(
          "/prompts",
          "needs applications, or allApplications: the prompts are those of the key's"
              + " applications");
    }
    int days = Objects.requireNonNullElse(command.expiresInDays, DEFAULT_DAYS);
    ApiKeys.Created created = keys.create(command.name, scope, Duration.ofDays(days));
    ApiKeyView view = ApiKeyView.from(created.key(), clock.instant());
    return ResponseEntity.created(URI.create("/api/api-keys/" + view.apiKeyId))
        .cacheControl(CacheControl.noStore())
        .body(new CreatedApiKey(view, created.text()));
  }

  @Operation(summary = "List API keys without their secrets, newest first")
  @GetMapping
  @PreAuthorize("hasRole('VIEWER')")
  public Page<ApiKeyView> listApiKeys(PageRequest page) {
    Instant now = clock.instant();
    return keys.list(page).map(key -> ApiKeyView.from(key, now));
  }

  @Operation(summary = "Get an API key without its secret")
  @GetMapping("/{apiKeyId}")
  @PreAuthorize("hasRole('VIEWER')")
  public ApiKeyView getApiKey(@PathVariable UUID apiKeyId) {
    return keys.find(apiKeyId)
        .map(key -> ApiKeyView.from(key, clock.instant()))
        .orElseThrow(Problem::notFound);
  }

  @Operation(summary = "Revoke an API key; it opens nothing within a second, and stays on record")
  @PostMapping("/{apiKeyId}/revoke")
  @PreAuthorize(OPERATORS)
  @LedgerExempt
  public ApiKeyView revokeApiKey(
      @PathVariable UUID apiKeyId, @RequestBody @Valid RevokeApiKey body) {
    return ApiKeyView.from(keys.revoke(apiKeyId, body.reason), clock.instant());
  }
}
