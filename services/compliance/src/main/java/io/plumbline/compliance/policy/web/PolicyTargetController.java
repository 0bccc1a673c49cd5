package io.plumbline.compliance.policy.web;

import io.plumbline.compliance.policy.PolicyTargetView;
import io.plumbline.platform.web.Page;
import io.swagger.v3.oas.annotations.Operation;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What a policy may hold, and what it may speak of there. */
@RestController
@RequestMapping("/api/policy-targets")
class PolicyTargetController {

  @Operation(summary = "List the gates that policies hold, with the variables of each")
  @GetMapping
  @PreAuthorize("hasRole('VIEWER')")
  public Page<PolicyTargetView> all() {
    return Page.whole(PolicyTargetView.all());
  }
}
