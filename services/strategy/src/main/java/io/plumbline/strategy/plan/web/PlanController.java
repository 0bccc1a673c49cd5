package io.plumbline.strategy.plan.web;

import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.web.Idempotent;
import io.plumbline.platform.web.Page;
import io.plumbline.strategy.application.ApplicationCatalog;
import io.plumbline.strategy.plan.Criteria;
import io.plumbline.strategy.plan.CriteriaView;
import io.plumbline.strategy.plan.PhaseStatus;
import io.plumbline.strategy.plan.PhaseTracker;
import io.plumbline.strategy.plan.WaiverView;
import io.plumbline.strategy.plan.Waivers;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.Valid;
import java.net.URI;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Criteria, phases and waivers of an application. */
@RestController
@RequestMapping("/api/applications/{name}")
class PlanController {

  private final ApplicationCatalog applications;
  private final Criteria criteria;
  private final PhaseTracker phases;
  private final Waivers waivers;

  PlanController(
      ApplicationCatalog applications, Criteria criteria, PhaseTracker phases, Waivers waivers) {
    this.applications = applications;
    this.criteria = criteria;
    this.phases = phases;
    this.waivers = waivers;
  }

  @Operation(
      summary =
          "Register criteria of success; the same as those in force answer 200 and change nothing")
  @PostMapping("/criteria")
  @Idempotent
  @PreAuthorize("hasAnyRole('PROMPT_ENGINEER', 'ML_ENGINEER')")
  ResponseEntity<CriteriaView> register(
      @PathVariable String name, @RequestBody @Valid RegisterCriteria request) {
    Criteria.Registered registered = criteria.register(name, request.all());
    URI location =
        URI.create("/api/applications/%s/criteria/%d".formatted(name, registered.view().version()));
    return registered.fresh()
        ? ResponseEntity.created(location).body(registered.view())
        : ResponseEntity.ok().location(location).body(registered.view());
  }

  @Operation(summary = "List the versions of an application's criteria, newest first")
  @GetMapping("/criteria")
  @PreAuthorize("hasRole('VIEWER')")
  Page<CriteriaView> criteria(@PathVariable String name) {
    known(name);
    return Page.whole(criteria.all(name));
  }

  @Operation(
      summary =
          "Read one version of an application's criteria; the receipt is there once the ledger has"
              + " it")
  @GetMapping("/criteria/{version}")
  @PreAuthorize("hasRole('VIEWER')")
  CriteriaView criteriaVersion(@PathVariable String name, @PathVariable int version) {
    return criteria.all(name).stream()
        .filter(each -> each.version() == version)
        .findFirst()
        .orElseThrow(Problem::notFound);
  }

  @Operation(summary = "Read where the three phases stand and what the locked ones lack")
  @GetMapping("/phases")
  @PreAuthorize("hasRole('VIEWER')")
  Page<PhaseStatus> phases(@PathVariable String name) {
    known(name);
    return Page.whole(phases.standings(name));
  }

  @Operation(summary = "Ask that a locked phase be opened without its evidence")
  @PostMapping("/waivers")
  @Idempotent
  @PreAuthorize("hasAnyRole('PROMPT_ENGINEER', 'ML_ENGINEER')")
  ResponseEntity<WaiverView> request(
      @PathVariable String name, @RequestBody @Valid RequestWaiver request) {
    WaiverView waiver = waivers.request(name, request.phase(), request.reason());
    return ResponseEntity.accepted()
        .location(URI.create("/api/applications/%s/waivers/%s".formatted(name, waiver.waiverId())))
        .body(waiver);
  }

  @Operation(summary = "List an application's waivers, newest first")
  @GetMapping("/waivers")
  @PreAuthorize("hasRole('VIEWER')")
  Page<WaiverView> waivers(@PathVariable String name) {
    known(name);
    return Page.whole(waivers.of(name));
  }

  @Operation(summary = "Read a waiver")
  @GetMapping("/waivers/{id}")
  @PreAuthorize("hasRole('VIEWER')")
  WaiverView waiver(@PathVariable String name, @PathVariable UUID id) {
    return waivers
        .find(id)
        .filter(each -> each.application().equals(name))
        .orElseThrow(Problem::notFound);
  }

  private void known(String name) {
    if (applications.find(name).isEmpty()) {
      throw Problem.notFound();
    }
  }
}
