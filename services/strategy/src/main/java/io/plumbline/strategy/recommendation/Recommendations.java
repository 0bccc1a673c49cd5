package io.plumbline.strategy.recommendation;

import io.plumbline.contracts.Criterion;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.StrategyEvent.RecommendationIssued;
import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.web.Page;
import io.plumbline.platform.web.PageRequest;
import io.plumbline.strategy.Approach;
import io.plumbline.strategy.StrategyProblem;
import io.plumbline.strategy.application.ApplicationCatalog;
import io.plumbline.strategy.economics.CostModel;
import io.plumbline.strategy.economics.CostModels;
import io.plumbline.strategy.plan.Criteria;
import io.plumbline.strategy.plan.CriteriaView;
import io.plumbline.strategy.plan.KnownMetric;
import io.plumbline.strategy.projection.ProjectionReader;
import io.plumbline.strategy.projection.RunProjection;
import io.plumbline.strategy.projection.VerdictProjection;
import java.math.BigDecimal;
import java.math.MathContext;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Recommends a variant from what was measured, and keeps what was recommended. */
@Service
public class Recommendations {

  private final ApplicationCatalog applications;
  private final ProjectionReader projections;
  private final Criteria criteria;
  private final CostModels costs;
  private final JdbcClient sql;
  private final JsonMapper json;
  private final Clock clock;

  Recommendations(
      ApplicationCatalog applications,
      ProjectionReader projections,
      Criteria criteria,
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
  }

  @Transactional
  public Recommendation issue(String application) {
    applications.lock(application);
    Optional<CriteriaView> registered = criteria.current(application);
    List<Criterion> current = registered.map(CriteriaView::criteria).orElse(List.of());
    List<Candidate> candidates =
        candidates(application, registered.map(CriteriaView::criteriaDigest));
    Choice choice =
        Choice.among(candidates, current).orElseThrow(() -> noCandidate(registered.isPresent()));
    if (registered.isEmpty()) {
      throw noCandidate(false);
    }
    CostModel model = costs.measured(application, measuredPrices(candidates));
    Approach approach = choice.chosen().approach();
    CostModel.BreakEven crossover =
        choice.runnerUp().map(other -> model.between(approach, other.approach())).orElse(null);
    Recommendation recommendation =
        new Recommendation(
            Ids.next(),
            application,
            choice.chosen().variant().variantDigest(),
            choice.chosen().variant().name(),
            approach,
            choice.meets(),
            Rationale.of(choice, current, projections.latestComparison(application), crossover),
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
    return sql.sql(
            "SELECT result FROM recommendation WHERE application = ? ORDER BY id DESC LIMIT 1")
        .param(application)
        .query(this::read)
        .optional();
  }

  @Transactional(readOnly = true)
  public Page<Recommendation> list(String application, PageRequest page) {
    UUID before = page.after(UUID::fromString, new UUID(-1, -1));
    List<Recommendation> rows =
        sql.sql(
                "SELECT result FROM recommendation WHERE application = ? AND id < ? ORDER BY id"
                    + " DESC LIMIT ?")
            .params(application, before, page.fetch())
            .query(this::read)
            .list();
    long counted =
        sql.sql("SELECT count(*) FROM recommendation WHERE application = ?")
            .param(application)
            .query(Long.class)
            .single();
    return Page.of(rows, page, row -> List.of(row.recommendationId().toString()), counted);
  }

  private List<Candidate> candidates(String application, Optional<Digest> criteriaDigest) {
    List<RunProjection> runs = projections.runs(application);
    List<VerdictProjection> verdicts = projections.verdicts(application);
    return projections.variants(application).stream()
        .flatMap(variant -> {
          Optional<RunProjection> run =
              runs.stream()
                  .filter(
                      each -> each.variantDigest().equals(variant.variantDigest()) && each.usable())
                  .findFirst();
          Optional<VerdictProjection> verdict =
              verdicts.stream()
                  .filter(each -> each.subjectDigest().equals(variant.variantDigest()))
                  .filter(each ->
                      each.criteriaDigest() != null
                          && criteriaDigest.filter(each.criteriaDigest()::equals).isPresent())
                  .findFirst();
          return run.map(each -> Stream.of(new Candidate(variant, each, verdict.orElse(null))))
              .orElseGet(Stream::empty);
        })
        .toList();
  }

  /**
   * The most expensive measured variant of an approach stands for it, so that costs are not
   * underestimated.
   */
  private static Map<Approach, BigDecimal> measuredPrices(List<Candidate> candidates) {
    Map<Approach, BigDecimal> prices = new EnumMap<>(Approach.class);
    for (Candidate candidate : candidates) {
      candidate
          .value(KnownMetric.COST_PER_1000_USD.metric())
          .ifPresent(perThousand ->
              prices.merge(
                  candidate.approach(),
                  BigDecimal.valueOf(perThousand).movePointLeft(3).round(MathContext.DECIMAL32),
                  BigDecimal::max));
    }
    return prices;
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

  private static Problem noCandidate(boolean criteriaRegistered) {
    return new Problem(
            StrategyProblem.NO_CANDIDATE,
            "A recommendation needs registered criteria and a finished run; see missing for what is"
                + " absent.")
        .missing(
            criteriaRegistered
                ? List.of("a finished run of a variant of this application")
                : List.of(
                    "registered success criteria",
                    "a finished run of a variant of this application"));
  }
}
