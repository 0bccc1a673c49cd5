package io.plumbline.compliance.policy;

import io.plumbline.platform.web.Page;
import io.swagger.v3.oas.annotations.Operation;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The API of the targets of policies and of the variables of each. */
@RestController
@RequestMapping("/api/policy-targets")
class PolicyTargetController {

  @Operation(summary = "List the targets of policies, with the variables of each")
  @GetMapping
  @PreAuthorize("hasRole('VIEWER')")
  public Page<PolicyTargetView> listPolicyTargets() {
    return Page.ofSinglePage(PolicyTargetView.all());
  }
}
