package io.plumbline.strategy.overview;

import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.web.Page;
import io.plumbline.platform.web.PageRequest;
import io.plumbline.strategy.application.ApplicationCatalog;
import io.plumbline.strategy.application.ApplicationView;
import io.plumbline.strategy.assessment.Assessments;
import io.plumbline.strategy.plan.CriteriaService;
import io.plumbline.strategy.plan.PhaseTracker;
import io.plumbline.strategy.plan.Waivers;
import io.plumbline.strategy.projection.ProjectionReader;
import io.plumbline.strategy.projection.Run;
import io.plumbline.strategy.projection.Variant;
import io.plumbline.strategy.projection.Verdict;
import io.plumbline.strategy.recommendation.Recommendations;
import io.swagger.v3.oas.annotations.Operation;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The API of applications as their pages show them. */
@RestController
@RequestMapping("/api/applications")
class OverviewController {

  private static final PageRequest NEWEST = new PageRequest(PageRequest.MAX_LIMIT, null);

  private final ApplicationCatalog applications;
  private final Assessments assessments;
  private final CriteriaService criteria;
  private final PhaseTracker phases;
  private final Waivers waivers;
  private final ProjectionReader projections;
  private final Recommendations recommendations;
  private final Clock clock;

  // The controller has eight parameters because a page joins what separate modules own.
  OverviewController(
      ApplicationCatalog applications,
      Assessments assessments,
      CriteriaService criteria,
      PhaseTracker phases,
      Waivers waivers,
      ProjectionReader projections,
      Recommendations recommendations,
      Clock clock) {
    this.applications = applications;
    this.assessments = assessments;
    this.criteria = criteria;
    this.phases = phases;
    this.waivers = waivers;
    this.projections = projections;
    this.recommendations = recommendations;
    this.clock = clock;
  }

  @Operation(summary = "List applications by name, with the state of each phase")
  @GetMapping
  @PreAuthorize("hasRole('VIEWER')")
  Page<ApplicationCard> listApplications(PageRequest request) {
    Page<ApplicationView> page = applications.list(request);
    return page.map(this::card);
  }

  @Operation(
      summary = "Get an application with its assessment, criteria, phases, variants and releases")
  @GetMapping("/{name}/overview")
  @PreAuthorize("hasRole('VIEWER')")
  Overview getApplicationOverview(@PathVariable String name) {
    ApplicationView application = applications.find(name).orElseThrow(Problem::notFound);
    return new Overview(
        application,
        assessments.latest(name).orElse(null),
        criteria.inForce(name).orElse(null),
        phases.statuses(name),
        variants(name),
        projections.latestComparison(name),
        projections.releases(name),
        waivers.list(name, NEWEST).items(),
        recommendations.latest(name).orElse(null),
        projections.usage(name, LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC)).orElse(null));
  }

  private ApplicationCard card(ApplicationView application) {
    return new ApplicationCard(
        application,
        phases.statuses(application.name()).stream()
            .map(each -> new ApplicationCard.PhaseGlance(each.phase(), each.state()))
            .toList());
  }

  private List<Overview.Variant> variants(String name) {
    List<Run> runs = projections.runs(name);
    List<Verdict> verdicts = projections.verdicts(name);
    return projections.variants(name).stream()
        .map(variant -> variant(variant, runs, verdicts))
        .toList();
  }

  private static Overview.Variant variant(Variant variant, List<Run> runs, List<Verdict> verdicts) {
    Optional<Run> run =
        runs.stream()
            .filter(
                each -> each.variantDigest().equals(variant.variantDigest()) && each.hasMetrics())
            .findFirst();
    return new Overview.Variant(
        variant.variantDigest(),
        variant.name(),
        variant.promptDigest(),
        variant.model(),
        variant.modelDigest(),
        variant.indexDigest(),
        variant.approach(),
        run.map(Run::runId).orElse(null),
        run.map(Run::items).orElse(null),
        run.map(Run::metrics).orElse(null),
        verdicts.stream()
            .filter(each -> each.subjectDigest().equals(variant.variantDigest()))
            .findFirst()
            .orElse(null));
  }
}
