package io.plumbline.inference.trace;

import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/trace-policy")
class TracePolicyController {

  /**
   * The policy to set.
   *
   * @param contents the policy for the contents of later requests
   * @param retentionDays the number of days for which contents are kept, also those of earlier
   *     requests
   */
  record UpdateTracePolicy(
      @NotNull ContentPolicy contents,
      @Min(TracePolicy.SHORTEST_DAYS) @Max(TracePolicy.LONGEST_DAYS) int retentionDays) {}

  record TracePolicyView(ContentPolicy contents, int retentionDays) {

    static TracePolicyView from(TracePolicy policy) {
      return new TracePolicyView(policy.contents(), policy.retentionDays());
    }
  }

  private final TracePolicies policies;

  TracePolicyController(TracePolicies policies) {
    this.policies = policies;
  }

  @Operation(summary = "Get what the workspace keeps of what is asked and answered")
  @GetMapping
  @PreAuthorize("hasRole('VIEWER')")
  public TracePolicyView getTracePolicy() {
    return TracePolicyView.from(policies.getPolicy());
  }

  @Operation(summary = "Change what the workspace keeps of what is asked and answered")
  @PutMapping
  @PreAuthorize("hasAnyRole('COMPLIANCE_OFFICER', 'ADMIN')")
  public TracePolicyView updateTracePolicy(@RequestBody @Valid UpdateTracePolicy command) {
    return TracePolicyView.from(
        policies.changePolicy(new TracePolicy(command.contents, command.retentionDays)));
  }
}
