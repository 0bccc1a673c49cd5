package io.plumbline.strategy.plan;

import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.web.Idempotent;
import io.plumbline.platform.web.Page;
import io.plumbline.platform.web.PageRequest;
import io.plumbline.strategy.application.ApplicationCatalog;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.validation.Valid;
import java.net.URI;
import java.util.UUID;
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

/** The API of the criteria, phases and waivers of an application. */
@RestController
@RequestMapping("/api/applications/{name}")
class PlanController {

  private final ApplicationCatalog applications;
  private final CriteriaService criteria;
  private final CriteriaProposals proposals;
  private final PhaseTracker phases;
  private final Waivers waivers;

  PlanController(
      ApplicationCatalog applications,
      CriteriaService criteria,
      CriteriaProposals proposals,
      PhaseTracker phases,
      Waivers waivers) {
    this.applications = applications;
    this.criteria = criteria;
    this.proposals = proposals;
    this.phases = phases;
    this.waivers = waivers;
  }

  @Operation(summary = "Register success criteria; the current ones again change nothing")
  @PostMapping("/criteria")
  @Idempotent
  @PreAuthorize("hasAnyRole('PROMPT_ENGINEER', 'ML_ENGINEER')")
  @ResponseStatus(HttpStatus.CREATED)
  @ApiResponse(
      responseCode = "200",
      description = "The current criteria are the same",
      useReturnTypeSchema = true)
  ResponseEntity<CriteriaView> registerCriteria(
      @PathVariable String name, @RequestBody @Valid RegisterCriteria request) {
    CriteriaService.Registered registered = criteria.register(name, request.proposed());
    URI location =
        URI.create("/api/applications/%s/criteria/%d".formatted(name, registered.view().version()));
    if (registered.fresh()) {
      return ResponseEntity.created(location).body(registered.view());
    }
    return ResponseEntity.ok().location(location).body(registered.view());
  }

  @Operation(summary = "List the versions of an application's success criteria, newest first")
  @GetMapping("/criteria")
  @PreAuthorize("hasRole('VIEWER')")
  Page<CriteriaView> listCriteria(@PathVariable String name) {
    requireApplication(name);
    return Page.ofSinglePage(criteria.versions(name));
  }

  @Operation(
      summary =
          "Get a version of an application's success criteria, with its ledger receipt once there"
              + " is one")
  @GetMapping("/criteria/{version}")
  @PreAuthorize("hasRole('VIEWER')")
  CriteriaView getCriteria(@PathVariable String name, @PathVariable int version) {
    return criteria.versions(name).stream()
        .filter(each -> each.version() == version)
        .findFirst()
        .orElseThrow(Problem::notFound);
  }

  @Operation(
      summary =
          "Request criteria that ask less than those in force, or criteria of refreshes, which a"
              + " second person approves")
  @PostMapping("/criteria-proposals")
  @Idempotent
  @PreAuthorize("hasAnyRole('PROMPT_ENGINEER', 'ML_ENGINEER')")
  @ResponseStatus(HttpStatus.ACCEPTED)
  ResponseEntity<CriteriaProposal> requestCriteria(
      @PathVariable String name, @RequestBody @Valid RequestCriteria request) {
    return ResponseEntity.accepted()
        .body(proposals.request(name, request.proposed(), request.reason()));
  }

  @Operation(summary = "List the requests for less strict criteria, newest first")
  @GetMapping("/criteria-proposals")
  @PreAuthorize("hasRole('VIEWER')")
  Page<CriteriaProposal> listCriteriaProposals(@PathVariable String name, PageRequest page) {
    // The list is read first, so that an invalid page token is refused even if the application does
    // not exist.
    Page<CriteriaProposal> found = proposals.list(name, page);
    requireApplication(name);
    return found;
  }

  @Operation(summary = "List the phases with their state and missing evidence")
  @GetMapping("/phases")
  @PreAuthorize("hasRole('VIEWER')")
  Page<PhaseStatus> listPhases(@PathVariable String name) {
    requireApplication(name);
    return Page.ofSinglePage(phases.statuses(name));
  }

  @Operation(summary = "Request that a locked phase be opened without its evidence")
  @PostMapping("/waivers")
  @Idempotent
  @PreAuthorize("hasAnyRole('PROMPT_ENGINEER', 'ML_ENGINEER')")
  @ResponseStatus(HttpStatus.ACCEPTED)
  ResponseEntity<WaiverView> requestWaiver(
      @PathVariable String name, @RequestBody @Valid RequestWaiver request) {
    WaiverView waiver = waivers.request(name, request.phase(), request.reason());
    return ResponseEntity.accepted()
        .location(URI.create("/api/applications/%s/waivers/%s".formatted(name, waiver.waiverId())))
        .body(waiver);
  }

  @Operation(summary = "List an application's waivers, newest first")
  @GetMapping("/waivers")
  @PreAuthorize("hasRole('VIEWER')")
  Page<WaiverView> listWaivers(@PathVariable String name, PageRequest page) {
    // The list is read first for the same reason as that of the proposals.
    Page<WaiverView> found = waivers.list(name, page);
    requireApplication(name);
    return found;
  }

  @Operation(summary = "Get a waiver")
  @GetMapping("/waivers/{waiverId}")
  @PreAuthorize("hasRole('VIEWER')")
  WaiverView getWaiver(@PathVariable String name, @PathVariable UUID waiverId) {
    return waivers
        .find(waiverId)
        .filter(each -> each.application().equals(name))
        .orElseThrow(Problem::notFound);
  }

  private void requireApplication(String name) {
    if (applications.find(name).isEmpty()) {
      throw Problem.notFound();
    }
  }
}
