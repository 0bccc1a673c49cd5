package io.plumbline.inference.provider.probe;

import io.plumbline.inference.provider.Provider;
import io.plumbline.inference.provider.Providers;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.ledger.LedgerExempt;
import io.plumbline.platform.problem.Problem;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/providers/{name}/probe")
class ProbeController {

  /**
   * A request to test a provider.
   *
   * @param model the model to call, by its name at the provider, which is metered; absent for the
   *     list of models alone, which costs nothing
   */
  record TestProvider(@Nullable @Size(min = 1, max = 200) String model) {}

  private final Providers providers;
  private final ProbeRateLimiter pause;
  private final ConnectionProbe probe;

  ProbeController(Providers providers, ProbeRateLimiter pause, ConnectionProbe probe) {
    this.providers = providers;
    this.pause = pause;
    this.probe = probe;
  }

  /**
   * Tests a provider. It changes nothing, so no event is appended; a call of a model is metered.
   */
  @Operation(
      summary =
          "Test a provider's address, API key and list of models; if a model is named, also call"
              + " it, which is metered")
  @PostMapping
  @PreAuthorize("hasRole('ADMIN')")
  @LedgerExempt
  public ProviderProbe testProvider(
      @PathVariable String name, @RequestBody @Valid TestProvider command) {
    Provider provider = providers.getProvider(name).orElseThrow(Problem::notFound);
    try (ProbeRateLimiter.Running _ = pause.begin(Caller.current().workspace(), name)) {
      return probe.test(provider, command.model);
    }
  }
}
