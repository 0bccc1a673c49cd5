package io.plumbline.strategy.assessment;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.StrategyEvent.AssessmentCompleted;
import io.plumbline.platform.data.Columns;
import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.web.NewestFirstReader;
import io.plumbline.platform.web.Page;
import io.plumbline.platform.web.PageRequest;
import io.plumbline.strategy.Approach;
import io.plumbline.strategy.application.ApplicationCatalog;
import io.plumbline.strategy.application.ApplicationView;
import io.plumbline.strategy.plan.CriteriaService;
import io.plumbline.strategy.plan.CriteriaView;
import io.plumbline.strategy.plan.PhaseTracker;
import io.plumbline.strategy.projection.DatasetVersion;
import io.plumbline.strategy.projection.ProjectionReader;
import io.plumbline.strategy.projection.Run;
import io.plumbline.strategy.projection.Variant;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Completes assessments, and recomputes the last one from the current evidence. */
@Service
public class Assessments {

  private final ApplicationCatalog applications;
  private final ProjectionReader projections;
  private final CriteriaService criteria;
  private final PhaseTracker phases;
  private final JdbcClient sql;
  private final JsonMapper json;
  private final Clock clock;
  private final NewestFirstReader<AssessmentView> history;

  Assessments(
      ApplicationCatalog applications,
      ProjectionReader projections,
      CriteriaService criteria,
      PhaseTracker phases,
      JdbcClient sql,
      JsonMapper json,
      Clock clock) {
    this.applications = applications;
    this.projections = projections;
    this.criteria = criteria;
    this.phases = phases;
    this.sql = sql;
    this.json = json;
    this.clock = clock;
    this.history =
        new NewestFirstReader<>(sql, "assessment", this::read, AssessmentView::assessmentId);
  }

  @Transactional
  public AssessmentView create(String application, Answers answers) {
    applications.lock(application);
    Assessment result = assess(application, answers);
    AssessmentView view =
        new AssessmentView(
            Ids.next(), application, answers, result, Caller.current().actor(), clock.instant());
    sql.sql(
            """
            INSERT INTO assessment (workspace_id, id, application, answers, result, author, completed_at)
            VALUES (:workspace, :id, :application, :answers::jsonb, :result::jsonb, :author, :at)
            """)
        .param("workspace", Caller.current().workspace())
        .param("id", view.assessmentId())
        .param("application", application)
        .param("answers", json.writeValueAsString(answers))
        .param("result", json.writeValueAsString(result))
        .param("author", view.author())
        .param("at", clock.instant().atOffset(ZoneOffset.UTC))
        .update();
    Map<String, String> sources = new LinkedHashMap<>();
    result
        .evidence()
        .forEach(each -> sources.put(each.question().name(), each.answer() + " " + each.source()));
    phases.updatePhases(application);
    applications.publish(
        application,
        new AssessmentCompleted(
            Optional.ofNullable(view.assessmentId()).orElseThrow(),
            application,
            result.approach().name(),
            result.path(),
            sources));
    return view;
  }

  /**
   * Assesses the last answers again with the current evidence; the result is not stored. Empty
   * before the first assessment.
   */
  @Transactional(readOnly = true)
  public Optional<AssessmentView> recompute(String application) {
    return latest(application)
        .map(last ->
            new AssessmentView(
                null,
                application,
                last.answers(),
                assess(application, last.answers()),
                null,
                null));
  }

  @Transactional(readOnly = true)
  public Optional<AssessmentView> latest(String application) {
    return history.first("application = ?", application);
  }

  @Transactional(readOnly = true)
  public Page<AssessmentView> list(String application, PageRequest page) {
    return history.page(page, "application = ?", application);
  }

  private Assessment assess(String application, Answers answers) {
    ApplicationView registered = applications.find(application).orElseThrow(Problem::notFound);
    return Assessor.assess(
        answers,
        new Assessor.Measured(
            dataset(application, answers),
            criteria.inForce(application).map(CriteriaView::criteria).orElse(List.of()),
            promptOnlyRuns(application),
            projections.usage(application, LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC)),
            registered.monthlyVolume()));
  }

  private Optional<DatasetVersion> dataset(String application, Answers answers) {
    if (answers.dataset() == null) {
      return projections.evaluatedDataset(application);
    }
    Optional<DatasetVersion> named = projections.dataset(answers.dataset());
    if (named.isEmpty()) {
      throw Problem.notYetKnown("/dataset", "dataset", answers.dataset());
    }
    return named;
  }

  private List<Run> promptOnlyRuns(String application) {
    Set<Digest> plainest =
        projections.variants(application).stream()
            .filter(variant -> variant.approach() == Approach.PROMPT_ENGINEERING)
            .map(Variant::variantDigest)
            .collect(Collectors.toSet());
    return projections.runs(application).stream()
        .filter(run -> plainest.contains(run.variantDigest()))
        .toList();
  }

  private AssessmentView read(ResultSet row, int number) throws SQLException {
    Instant completed = Columns.instant(row, "completed_at");
    return new AssessmentView(
        row.getObject("id", UUID.class),
        row.getString("application"),
        json.readValue(row.getString("answers"), Answers.class),
        json.readValue(row.getString("result"), Assessment.class),
        row.getString("author"),
        completed);
  }
}
