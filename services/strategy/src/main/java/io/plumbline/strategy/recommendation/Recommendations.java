package io.plumbline.strategy.recommendation;

import io.plumbline.contracts.Criterion;
import io.plumbline.contracts.EvaluationEvent.SuiteMetric;
import io.plumbline.contracts.StrategyEvent.RecommendationIssued;
import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.web.NewestFirstReader;
import io.plumbline.platform.web.Page;
import io.plumbline.platform.web.PageRequest;
import io.plumbline.strategy.Approach;
import io.plumbline.strategy.StrategyProblem;
import io.plumbline.strategy.application.ApplicationCatalog;
import io.plumbline.strategy.economics.CostModel;
import io.plumbline.strategy.economics.CostModels;
import io.plumbline.strategy.plan.CriteriaService;
import io.plumbline.strategy.plan.CriteriaView;
import io.plumbline.strategy.projection.ProjectionReader;
import io.plumbline.strategy.projection.Run;
import io.plumbline.strategy.projection.Suite;
import io.plumbline.strategy.projection.Verdict;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Recommends a variant by the measurements and stores the recommendations. */
@Service
public class Recommendations {

  private final ApplicationCatalog applications;
  private final ProjectionReader projections;
  private final CriteriaService criteria;
  private final CostModels costs;
  private final JdbcClient sql;
  private final JsonMapper json;
  private final Clock clock;
  private final NewestFirstReader<Recommendation> history;

  Recommendations(
      ApplicationCatalog applications,
      ProjectionReader projections,
      CriteriaService criteria,
      CostModels costs,
      JdbcClient sql,
      JsonMapper json,
      Clock clock) {
    this.applications = applications;
    this.projections = projections;
    this.criteria = criteria;
    this.costs = costs;
    this.sql = sql;
    this.json = json;
    this.clock = clock;
    this.history =
        new NewestFirstReader<>(
            sql, "recommendation", this::read, Recommendation::recommendationId);
  }

  @Transactional
  public Recommendation issue(String application) {
    applications.lock(application);
    Optional<CriteriaView> registered = criteria.inForce(application);
    List<Criterion> current = registered.map(CriteriaView::criteria).orElse(List.of());
    List<Candidate> candidates =
        registered.map(view -> candidates(application, view)).orElse(List.of());
    Choice choice =
        Choice.among(candidates, current, suiteMetrics(registered))
            .orElseThrow(() -> noCandidateProblem(registered.isPresent()));
    CostModel model = costs.computeFor(application);
    Approach approach = choice.chosen().approach();
    CostModel.BreakEven crossover =
        choice
            .runnerUp()
            .map(other -> model.breakEvenBetween(approach, other.approach()))
            .orElse(null);
    Recommendation recommendation =
        new Recommendation(
            Ids.next(),
            application,
            choice.chosen().variant().variantDigest(),
            choice.chosen().variant().name(),
            approach,
            choice.meets(),
            Rationale.of(
                choice,
                current,
                projections.latestComparison(application),
                crossover,
                model.totals()),
            choice.nonDominated().stream().map(each -> each.variant().variantDigest()).toList(),
            crossover == null ? null : crossover.monthlyVolume(),
            crossover,
            model.totals(),
            Caller.current().actor(),
            clock.instant());
    store(recommendation);
    applications.publish(
        application,
        new RecommendationIssued(
            recommendation.recommendationId(),
            application,
            recommendation.variantDigest(),
            approach.name(),
            recommendation.rationale(),
            recommendation.breakEvenMonthlyVolume()));
    return recommendation;
  }

  @Transactional(readOnly = true)
  public Optional<Recommendation> latest(String application) {
    return history.first("application = ?", application);
  }

  @Transactional(readOnly = true)
  public Page<Recommendation> list(String application, PageRequest page) {
    return history.page(page, "application = ?", application);
  }

  /**
   * Returns the metrics of the suite that the criteria name, which are the same for every run that
   * they judge. Without criteria, and while the suite is not known here yet, there are none.
   */
  private List<SuiteMetric> suiteMetrics(Optional<CriteriaView> registered) {
    return registered
        .flatMap(view -> projections.suite(view.suiteDigest()))
        .map(Suite::metrics)
        .orElse(List.of());
  }

  private List<Candidate> candidates(String application, CriteriaView inForce) {
    List<Run> runs = projections.runs(application);
    List<Verdict> verdicts = projections.verdicts(application);
    return projections.variants(application).stream()
        .flatMap(variant -> {
          Optional<Run> run =
              runs.stream()
                  .filter(each ->
                      each.variantDigest().equals(variant.variantDigest())
                          && each.suiteDigest().equals(inForce.suiteDigest())
                          && each.hasMetrics())
                  .findFirst();
          Optional<Verdict> verdict =
              verdicts.stream()
                  .filter(each -> each.subjectDigest().equals(variant.variantDigest()))
                  .filter(each -> inForce.criteriaDigest().equals(each.criteriaDigest()))
                  .findFirst();
          return run.map(each -> Stream.of(new Candidate(variant, each, verdict.orElse(null))))
              .orElseGet(Stream::empty);
        })
        .toList();
  }

  private void store(Recommendation recommendation) {
    sql.sql(
            "INSERT INTO recommendation (workspace_id, id, application, result, author, issued_at)"
                + " VALUES (?, ?, ?, ?::jsonb, ?, ?)")
        .params(
            Caller.current().workspace(),
            recommendation.recommendationId(),
            recommendation.application(),
            json.writeValueAsString(recommendation),
            recommendation.author(),
            recommendation.issuedAt().atOffset(ZoneOffset.UTC))
        .update();
  }

  private Recommendation read(ResultSet row, int number) throws SQLException {
    return json.readValue(row.getString("result"), Recommendation.class);
  }

  private static Problem noCandidateProblem(boolean criteriaRegistered) {
    List<String> missing = new ArrayList<>();
    if (!criteriaRegistered) {
      missing.add("registered success criteria");
    }
    missing.add("a finished run of a variant over the suite that the criteria name");
    return new Problem(
            StrategyProblem.NO_CANDIDATE,
            "A recommendation needs registered criteria and a finished run; see missing for what is"
                + " absent.")
        .missing(missing);
  }
}
