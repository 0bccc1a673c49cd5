package io.plumbline.compliance.policy.web;

import io.plumbline.compliance.policy.Policies;
import io.plumbline.compliance.policy.PolicyTarget;
import io.plumbline.compliance.policy.PolicyView;
import io.plumbline.platform.ledger.LedgerExempt;
import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.web.Idempotent;
import io.plumbline.platform.web.Page;
import io.plumbline.platform.web.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What must hold at the gates of this workspace. */
@RestController
@RequestMapping("/api/policies")
class PolicyController {

  /**
   * @param source a JSON array of rules, as text: it is digested to the byte
   */
  record ActivatePolicy(
      @NotNull
          @Pattern(
              regexp = "[a-z][a-z0-9-]{0,59}",
              message = "must be kebab-case, at most 60 characters")
          String name,
      @NotBlank String target,
      @NotBlank @Size(max = 32_768) String source) {}

  record CheckPolicy(@NotBlank String target, @NotBlank @Size(max = 32_768) String source) {}

  private final Policies policies;

  PolicyController(Policies policies) {
    this.policies = policies;
  }

  @Operation(
      summary = "Compile a policy and activate it, in place of the active version of its name")
  @PostMapping
  @PreAuthorize("hasRole('COMPLIANCE_OFFICER')")
  @Idempotent
  public ResponseEntity<PolicyView> activate(@Valid @RequestBody ActivatePolicy body) {
    PolicyView policy = policies.activate(body.name(), target(body.target()), body.source());
    return ResponseEntity.created(URI.create("/api/policies/" + policy.name())).body(policy);
  }

  @Operation(summary = "Compile a policy without activating it")
  @PostMapping("/check")
  @PreAuthorize("hasRole('VIEWER')")
  @LedgerExempt
  public ResponseEntity<Void> check(@Valid @RequestBody CheckPolicy body) {
    policies.requireCompilable(target(body.target()), body.source());
    return ResponseEntity.noContent().build();
  }

  @Operation(summary = "List the active policies, by name")
  @GetMapping
  @PreAuthorize("hasRole('VIEWER')")
  public Page<PolicyView> active(PageRequest page) {
    return policies.active(page);
  }

  @Operation(summary = "The versions of a policy, newest first")
  @GetMapping("/{name}")
  @PreAuthorize("hasRole('VIEWER')")
  public Page<PolicyView> versions(@PathVariable String name) {
    return Page.whole(policies.versions(name));
  }

  private static PolicyTarget target(String slug) {
    return PolicyTarget.of(slug)
        .orElseThrow(() ->
            Problem.invalid(
                "/target",
                "must be one of "
                    + Stream.of(PolicyTarget.values())
                        .map(PolicyTarget::slug)
                        .collect(Collectors.joining(", "))));
  }
}
