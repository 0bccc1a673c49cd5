package io.plumbline.strategy.economics;

import io.plumbline.contracts.StrategyEvent.CostModelComputed;
import io.plumbline.platform.data.Columns;
import io.plumbline.platform.digest.CanonicalJson;
import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.event.Outbox;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.web.NewestFirstReader;
import io.plumbline.platform.web.Page;
import io.plumbline.platform.web.PageRequest;
import io.plumbline.strategy.application.ApplicationCatalog;
import io.plumbline.strategy.application.ApplicationView;
import io.plumbline.strategy.projection.ProjectionReader;
import io.plumbline.strategy.projection.Usage;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Computes cost models from defaults, measurements and custom figures. */
@Service
public class CostModels {

  /**
   * The monthly volume from which on the enterprise profile applies, unless the request names one.
   */
  private static final long ENTERPRISE_VOLUME = 100_000;

  private static final long DEFAULT_MAX_VOLUME = 100_000_000;

  private final ApplicationCatalog applications;
  private final ProjectionReader projections;
  private final MeasuredPrices prices;
  private final JdbcClient sql;
  private final JsonMapper json;
  private final Outbox outbox;
  private final Clock clock;
  private final NewestFirstReader<CostModelView> history;

  CostModels(
      ApplicationCatalog applications,
      ProjectionReader projections,
      MeasuredPrices prices,
      JdbcClient sql,
      JsonMapper json,
      Outbox outbox,
      Clock clock) {
    this.applications = applications;
    this.projections = projections;
    this.prices = prices;
    this.sql = sql;
    this.json = json;
    this.outbox = outbox;
    this.clock = clock;
    this.history =
        new NewestFirstReader<>(sql, "cost_model", this::read, CostModelView::costModelId);
  }

  private record Volume(long monthly, String source) {}

  @Transactional
  public CostModelView create(CostQuestion question) {
    Volume volume = volume(question);
    CostModel model = compute(question, volume);
    CostModelView view =
        new CostModelView(
            Ids.next(),
            question.application(),
            "volume " + volume.source(),
            model,
            Caller.current().actor(),
            clock.instant());
    sql.sql(
            """
            INSERT INTO cost_model (workspace_id, id, application, request, result, author, created_at)
            VALUES (:workspace, :id, :application, :request::jsonb, :result::jsonb, :author, :at)
            """)
        .param("workspace", Caller.current().workspace())
        .param("id", view.costModelId())
        .param("application", view.application())
        .param(
            "request", json.writeValueAsString(Map.of("basis", view.basis(), "question", question)))
        .param("result", json.writeValueAsString(model))
        .param("author", view.author())
        .param("at", view.createdAt().atOffset(ZoneOffset.UTC))
        .update();
    outbox.append(
        new CostModelComputed(
            view.costModelId(), view.application(), CanonicalJson.digest(question)),
        "cost-model/" + view.costModelId(),
        1);
    return view;
  }

  /**
   * Computes the cost model of an application from defaults and measurements, without custom
   * figures; the result is not stored.
   */
  @Transactional(readOnly = true)
  public CostModel computeFor(String application) {
    CostQuestion question = new CostQuestion(application, null, null, null, null, null);
    return compute(question, volume(question));
  }

  @Transactional(readOnly = true)
  public Optional<CostModelView> find(UUID costModelId) {
    return sql.sql("SELECT * FROM cost_model WHERE id = ?")
        .param(costModelId)
        .query(this::read)
        .optional();
  }

  /** Returns a page of cost models, newest first; those of one application if it is named. */
  @Transactional(readOnly = true)
  public Page<CostModelView> list(@Nullable String application, PageRequest page) {
    return history.page(page, "?::text IS NULL OR application = ?", application, application);
  }

  private CostModel compute(CostQuestion question, Volume volume) {
    CostProfile costProfile = profile(question, volume);
    Tokens tokens = Objects.requireNonNullElse(question.tokens(), Tokens.TYPICAL);
    List<CostQuestion.CustomFigure> overrides = overrides(question);
    List<Line> lines =
        CostDefaults.lines(costProfile, tokens).stream()
            .map(line -> withOverride(line, overrides))
            .toList();
    return CostModel.of(
        costProfile,
        volume.monthly(),
        Objects.requireNonNullElse(question.maxVolume(), DEFAULT_MAX_VOLUME),
        lines);
  }

  private static CostProfile profile(CostQuestion question, Volume volume) {
    if (question.profile() != null) {
      return question.profile();
    }
    if (volume.monthly() >= ENTERPRISE_VOLUME) {
      return CostProfile.ENTERPRISE;
    }
    return CostProfile.SMALL;
  }

  /**
   * Returns the measured figures followed by those of the request, which take precedence because
   * they come later.
   */
  private List<CostQuestion.CustomFigure> overrides(CostQuestion question) {
    List<CostQuestion.CustomFigure> overrides = new ArrayList<>();
    if (question.application() != null) {
      overrides.addAll(prices.measuredPricesOf(question.application()));
    }
    if (question.overrides() != null) {
      overrides.addAll(question.overrides());
    }
    return overrides;
  }

  private Volume volume(CostQuestion question) {
    Optional<ApplicationView> application =
        Optional.ofNullable(question.application()).map(this::requireApplication);
    if (question.monthlyVolume() != null) {
      return new Volume(question.monthlyVolume(), "as given in the request");
    }
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    return application
        .map(registered ->
            projections
                .usage(registered.name(), today)
                .map(usage -> volume(usage, registered.monthlyVolume()))
                .orElseGet(
                    () -> new Volume(registered.monthlyVolume(), "estimate at registration")))
        .orElseGet(() ->
            new Volume(
                Objects.requireNonNullElse(question.profile(), CostProfile.SMALL).lowVolume(),
                "lower end of the profile"));
  }

  private static Volume volume(Usage usage, long estimate) {
    Long pace = usage.monthlyPace();
    if (pace == null) {
      return new Volume(
          estimate,
          "estimate at registration: not enough days of traffic for a pace, %d of %d"
              .formatted(usage.fullDays(), Usage.FULL_DAYS));
    }
    return new Volume(
        pace, "measured: pace of the traffic of %d full days".formatted(usage.fullDays()));
  }

  private ApplicationView requireApplication(String name) {
    return applications
        .find(name)
        .orElseThrow(() -> Problem.notYetKnown("/application", "application", name));
  }

  private static Line withOverride(Line line, List<CostQuestion.CustomFigure> overrides) {
    return overrides.stream()
        .filter(each -> each.approach() == line.approach() && each.line() == line.line())
        .reduce((first, last) -> last)
        .map(own ->
            new Line(
                line.approach(),
                line.line(),
                Objects.requireNonNullElse(own.monthly(), line.monthly()),
                Objects.requireNonNullElse(own.monthly(), line.monthlyHigh()),
                Objects.requireNonNullElse(own.perRequest(), line.perRequest()),
                own.source()))
        .orElse(line);
  }

  private CostModelView read(ResultSet row, int number) throws SQLException {
    return new CostModelView(
        row.getObject("id", UUID.class),
        row.getString("application"),
        json.readTree(row.getString("request")).path("basis").asString(""),
        json.readValue(row.getString("result"), CostModel.class),
        row.getString("author"),
        Columns.instant(row, "created_at"));
  }
}
