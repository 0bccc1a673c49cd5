package io.plumbline.strategy.plan;

import io.plumbline.contracts.Criterion;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.Phase;
import io.plumbline.contracts.state.Outcome;
import io.plumbline.platform.data.Columns;
import io.plumbline.strategy.Approach;
import io.plumbline.strategy.plan.PlanEvidence.Knowledge;
import io.plumbline.strategy.plan.PlanEvidence.PhaseVerdict;
import io.plumbline.strategy.plan.PlanEvidence.Tried;
import io.plumbline.strategy.projection.ProjectionReader;
import io.plumbline.strategy.projection.Variant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Reads the evidence that decides the state of an application's phases. */
@Component
class PlanEvidenceReader {

  /** The part of the criteria in force that phases depend on. */
  private record InForce(
      Digest digest, Digest suite, int candidatesPerPhase, String metric, int sampleSize) {}

  /** The variants of the application, by digest; their parts determine their phase. */
  private record Variants(Map<Digest, Variant> known) {

    Stream<Phase> phase(String digest) {
      return Optional.ofNullable(known.get(new Digest(digest)))
          .map(variant -> variant.approach().phase())
          .stream();
    }

    String name(String digest) {
      Variant variant = known.get(new Digest(digest));
      return variant == null ? digest : variant.name();
    }
  }

  private final ProjectionReader projections;
  private final JdbcClient sql;
  private final JsonMapper json;

  PlanEvidenceReader(ProjectionReader projections, JdbcClient sql, JsonMapper json) {
    this.projections = projections;
    this.sql = sql;
    this.json = json;
  }

  PlanEvidence read(String application) {
    Variants variants =
        new Variants(
            projections.everyVariant(application).stream()
                .collect(Collectors.toMap(Variant::variantDigest, Function.identity())));
    Optional<InForce> criteria = criteria(application);
    return new PlanEvidence(
        criteria.isPresent(),
        criteria.map(InForce::candidatesPerPhase).orElse(0),
        criteria.map(each -> verdicts(application, each, variants)).orElse(List.of()),
        baselines(application, variants),
        criteria.map(each -> findComparedVariants(application, each, variants)).orElse(List.of()),
        waivers(application),
        knowledge(application));
  }

  private Optional<InForce> criteria(String application) {
    return sql.sql(
            """
            SELECT * FROM criteria WHERE application = ? AND purpose = 'RELEASE'
            ORDER BY version DESC LIMIT 1
            """)
        .param(application)
        .query((row, number) -> {
          Criterion quality = qualityCriterion(row.getString("criteria"));
          return new InForce(
              new Digest(row.getString("digest")),
              new Digest(row.getString("suite_digest")),
              row.getInt("candidates_per_phase"),
              quality.metric(),
              quality.sampleSize());
        })
        .optional();
  }

  /**
   * Returns the criterion by which variants are chosen: the first of quality, of which registered
   * criteria have at least one.
   */
  private Criterion qualityCriterion(String criteria) {
    return json.readValue(criteria, new TypeReference<List<Criterion>>() {}).stream()
        .filter(each -> each.kind().measuresQuality())
        .findFirst()
        .orElseThrow();
  }

  /**
   * Returns the verdicts for phases and for releases, newest first. Both kinds judge the same
   * variant by the same criteria, so the newer one supersedes the older one regardless of its kind.
   */
  private List<PhaseVerdict> verdicts(String application, InForce criteria, Variants variants) {
    return sql
        .sql(
            """
            SELECT * FROM verdict
            WHERE application = ? AND criteria_digest = ? AND kind IN ('PHASE', 'RELEASE')
            ORDER BY sequence DESC
            """)
        .params(application, criteria.digest().hex())
        .query((row, number) -> {
          String variant = row.getString("subject_digest");
          UUID id = row.getObject("id", UUID.class);
          Outcome outcome = Outcome.valueOf(row.getString("outcome"));
          List<String> reasons = Columns.texts(row, "reasons");
          return variants
              .phase(variant)
              .map(phase -> new PhaseVerdict(id, phase, new Digest(variant), outcome, reasons));
        })
        .list()
        .stream()
        .flatMap(Function.identity())
        .toList();
  }

  private Set<Phase> baselines(String application, Variants variants) {
    Set<Phase> baselines = EnumSet.noneOf(Phase.class);
    sql.sql("SELECT variant_digest FROM baseline WHERE application = ?")
        .param(application)
        .query(String.class)
        .list()
        .forEach(variant -> variants.phase(String.valueOf(variant)).forEach(baselines::add));
    return baselines;
  }

  /**
   * Returns the variants that ran over a validation suite of the same split as the criteria's
   * suite, with at least as many items as the criteria register for the metric.
   */
  private List<Tried> findComparedVariants(
      String application, InForce criteria, Variants variants) {
    List<ValidationRun> runs =
        sql
            .sql(
                """
                SELECT r.id, r.variant_digest, r.metrics, s.digest, s.suite, s.suite_version, s.items
                FROM run r JOIN suite s ON s.digest = r.suite_digest
                WHERE r.application = ? AND s.subset = 'validation' AND jsonb_exists(r.metrics, ?)
                  AND s.split_digest = (SELECT c.split_digest FROM suite c WHERE c.digest = ?)
                ORDER BY r.finished_at, r.id
                """)
            .params(application, criteria.metric(), criteria.suite().hex())
            .query((row, number) -> {
              String variant = row.getString("variant_digest");
              double value = value(row.getString("metrics"), criteria.metric());
              UUID run = row.getObject("id", UUID.class);
              ValidationRun.Suite suite =
                  new ValidationRun.Suite(
                      new Digest(row.getString("digest")),
                      row.getString("suite") + " version " + row.getInt("suite_version"),
                      row.getLong("items"));
              return variants
                  .phase(variant)
                  .map(phase ->
                      new ValidationRun(
                          phase, new Digest(variant), variants.name(variant), value, run, suite));
            })
            .list()
            .stream()
            .flatMap(Function.identity())
            .toList();
    return ValidationRun.comparedVariants(runs, criteria.sampleSize());
  }

  private double value(String metrics, String metric) {
    return json.readTree(metrics).at("/" + metric + "/value").asDouble();
  }

  private Map<Phase, UUID> waivers(String application) {
    Map<Phase, UUID> waivers = new EnumMap<>(Phase.class);
    sql.sql("SELECT phase, id FROM waiver WHERE application = ? AND state = 'APPROVED' ORDER BY id")
        .param(application)
        .query(row -> {
          waivers.put(Phase.valueOf(row.getString("phase")), row.getObject("id", UUID.class));
        });
    return waivers;
  }

  /**
   * Returns whether the newest assessment says that knowledge is missing, by its answer or by
   * recommending retrieval. It is read from the table, because the module of assessments depends on
   * this one.
   */
  private Knowledge knowledge(String application) {
    return sql.sql(
            """
            SELECT answers ->> 'specificity' AS specificity, result ->> 'approach' AS approach
            FROM assessment WHERE application = ? ORDER BY id DESC LIMIT 1
            """)
        .param(application)
        .query((row, number) ->
            "KNOWLEDGE".equals(row.getString("specificity"))
                    || Approach.valueOf(row.getString("approach")).usesRetrieval()
                ? Knowledge.MISSING
                : Knowledge.SUFFICIENT)
        .optional()
        .orElse(Knowledge.UNASSESSED);
  }
}
