package io.plumbline.inference.provider;

import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.web.Idempotent;
import io.plumbline.platform.web.Page;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/providers")
class ProviderController {

  /**
   * @param apiKey write-only: stored encrypted and never returned
   */
  record CreateProvider(
      @NotNull @Pattern(regexp = "(?!local$|app$|variant$)[a-z][a-z0-9-]{1,40}") String name,
      @NotNull @Pattern(regexp = "openai-compatible") String kind,
      @NotNull URI baseUrl,
      @Nullable
          @Size(min = 1, max = 4_000)
          @Pattern(
              regexp = "[!-~]*",
              message = "must be visible ASCII characters, because it is sent in a header")
          String apiKey,
      @Nullable @Size(max = 100) List<@NotBlank @Size(max = 200) String> models) {

    /** Never with the key. */
    @Override
    public String toString() {
      return "CreateProvider[" + name + "]";
    }
  }

  record ProviderView(
      String name,
      String kind,
      URI baseUrl,
      boolean hasApiKey,
      List<String> models,
      String createdBy,
      Instant createdAt) {

    static ProviderView from(Provider provider) {
      return new ProviderView(
          provider.name(),
          Provider.KIND,
          provider.baseUrl(),
          provider.hasKey(),
          provider.models(),
          provider.createdBy(),
          provider.createdAt());
    }
  }

  private final Providers providers;

  ProviderController(Providers providers) {
    this.providers = providers;
  }

  @Operation(summary = "Create a provider: an OpenAI-compatible endpoint")
  @PostMapping
  @PreAuthorize("hasRole('ADMIN')")
  @Idempotent
  @ResponseStatus(HttpStatus.CREATED)
  public ResponseEntity<ProviderView> createProvider(@RequestBody @Valid CreateProvider command) {
    List<String> models = command.models == null ? List.of() : command.models;
    Provider provider = providers.create(command.name, command.baseUrl, command.apiKey, models);
    return ResponseEntity.created(URI.create("/api/providers/" + provider.name()))
        .body(ProviderView.from(provider));
  }

  @Operation(summary = "List the providers, without their API keys")
  @GetMapping
  @PreAuthorize("hasRole('VIEWER')")
  public Page<ProviderView> listProviders() {
    return Page.whole(
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

  @Operation(summary = "Delete a provider and its API key")
  @DeleteMapping("/{name}")
  @PreAuthorize("hasRole('ADMIN')")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  public ResponseEntity<Void> deleteProvider(@PathVariable String name) {
    providers.delete(name);
    return ResponseEntity.noContent().build();
  }
}
