package io.plumbline.compliance.policy;

import io.plumbline.platform.ledger.LedgerExempt;
import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.web.Idempotent;
import io.plumbline.platform.web.Page;
import io.plumbline.platform.web.PageRequest;
import io.plumbline.policy.PolicyEngine;
import io.plumbline.policy.PolicyTarget;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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

/** The API of the policies that control the gates of a workspace. */
@RestController
@RequestMapping("/api/policies")
class PolicyController {

  /**
   * The proposal of a policy.
   *
   * @param source a JSON array of rules, as text, because the digest covers its bytes
   * @param reason what the policy is for, for the person who decides about it
   */
  record ProposePolicy(
      @NotNull
          @Pattern(
              regexp = "[a-z][a-z0-9-]{0,59}",
              message = "must be kebab-case, at most 60 characters")
          String name,
      @NotBlank String target,
      @NotBlank @Size(max = PolicyEngine.MAX_SOURCE) String source,
      @Nullable @Size(max = 2_000, message = "must have at most 2000 characters") String reason) {}

  record CheckPolicy(
      @NotBlank String target, @NotBlank @Size(max = PolicyEngine.MAX_SOURCE) String source) {}

  private final Policies policies;
  private final PolicyProposals proposals;

  PolicyController(Policies policies, PolicyProposals proposals) {
    this.policies = policies;
    this.proposals = proposals;
  }

  @Operation(
      summary =
          "Compile a policy and propose it as the new version of its name, which a second person"
              + " activates")
  @PostMapping
  @PreAuthorize("hasRole('COMPLIANCE_OFFICER')")
  @Idempotent
  @ResponseStatus(HttpStatus.CREATED)
  public ResponseEntity<PolicyProposalView> proposePolicy(@Valid @RequestBody ProposePolicy body) {
    PolicyProposal proposal =
        proposals.propose(
            body.name(),
            targetOf(body.target()),
            body.source(),
            Objects.requireNonNullElse(body.reason(), ""));
    return ResponseEntity.created(URI.create("/api/policy-proposals/" + proposal.proposalId()))
        .body(PolicyProposalView.from(proposal));
  }

  @Operation(summary = "Compile a policy without activating it")
  @PostMapping("/check")
  @PreAuthorize("hasRole('VIEWER')")
  @LedgerExempt
  @ResponseStatus(HttpStatus.NO_CONTENT)
  public void checkPolicy(@Valid @RequestBody CheckPolicy body) {
    policies.requireCompilable(targetOf(body.target()), body.source());
  }

  @Operation(summary = "List the active policies, by name")
  @GetMapping
  @PreAuthorize("hasRole('VIEWER')")
  public Page<PolicyView> listPolicies(PageRequest page) {
    return policies.listActive(page);
  }

  @Operation(summary = "List the versions of a policy, newest first")
  @GetMapping("/{name}")
  @PreAuthorize("hasRole('VIEWER')")
  public Page<PolicyView> listPolicyVersions(@PathVariable String name) {
    return Page.ofSinglePage(policies.versions(name));
  }

  private static PolicyTarget targetOf(String slug) {
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
