package io.plumbline.inference.provider;

import io.plumbline.platform.identity.Caller;
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
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/providers")
class ProviderController {

  /**
   * @param apiKey write-only: stored encrypted and never shown
   */
  record AddProvider(
      @NotNull @Pattern(regexp = "(?!local$|app$|variant$)[a-z][a-z0-9-]{1,40}") String name,
      @NotNull @Pattern(regexp = "openai-compatible") String kind,
      @NotNull URI baseUrl,
      @Nullable
          @Size(min = 1, max = 4_000)
          @Pattern(
              regexp = "[!-~]*",
              message = "must be visible ASCII characters, as a header carries them")
          String apiKey,
      @Nullable @Size(max = 100) List<@NotBlank @Size(max = 200) String> models) {

    /** Never with the key. */
    @Override
    public String toString() {
      return "AddProvider[" + name + "]";
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

  @Operation(summary = "Add an OpenAI-compatible endpoint")
  @PostMapping
  @PreAuthorize("hasRole('ADMIN')")
  @Idempotent
  public ResponseEntity<ProviderView> add(@RequestBody @Valid AddProvider command) {
    List<String> models = command.models == null ? List.of() : command.models;
    Provider provider = providers.add(command.name, command.baseUrl, command.apiKey, models);
    return ResponseEntity.created(URI.create("/api/providers/" + provider.name()))
        .body(ProviderView.from(provider));
  }

  @Operation(summary = "List endpoints, without their keys")
  @GetMapping
  @PreAuthorize("hasRole('VIEWER')")
  public Page<ProviderView> list() {
    return Page.whole(
        providers.all(Caller.current().workspace()).stream().map(ProviderView::from).toList());
  }

  @Operation(summary = "Remove an endpoint")
  @DeleteMapping("/{name}")
  @PreAuthorize("hasRole('ADMIN')")
  public ResponseEntity<Void> remove(@PathVariable String name) {
    providers.remove(name);
    return ResponseEntity.noContent().build();
  }
}
