package io.plumbline.evaluation.suite;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.EvaluationEvent.TrivialScores;
import io.plumbline.contracts.EvaluationEvent.TrivialScoresComputed;
import io.plumbline.platform.event.Outbox;
import io.plumbline.platform.identity.Caller;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Computes, stores and publishes the scores of variants without any skill over suites, since
 * criteria that such a variant meets require nothing. Callers run in a transaction.
 */
@Service
class TrivialScoresService {

  private static final TypeReference<List<TrivialScores>> VARIANTS = new TypeReference<>() {};

  private final SubsetItems subsets;
  private final JdbcClient sql;
  private final JsonMapper json;
  private final Outbox outbox;
  private final Clock clock;

  TrivialScoresService(
      SubsetItems subsets, JdbcClient sql, JsonMapper json, Outbox outbox, Clock clock) {
    this.subsets = subsets;
    this.sql = sql;
    this.json = json;
    this.outbox = outbox;
    this.clock = clock;
  }

  /**
   * Computes the scores of each trivial variant.
   *
   * @param labels the labels of the suite; empty unless all of its items are labelled
   */
  List<TrivialScores> compute(
      SuiteDefinition definition, List<String> labels, List<SuiteItem> items) {
    List<TrivialVariantScorer> variants = TrivialVariantScorer.of(definition, labels, items);
    Map<String, List<SuiteItem>> questions =
        items.stream().collect(Collectors.groupingBy(SuiteItem::itemId));
    subsets.forEach(
        definition.subsetDigest(),
        item ->
            questions
                .getOrDefault(item.itemId(), List.of())
                .forEach(question ->
                    variants.forEach(variant -> variant.recordAnswer(question, item.expected()))));
    return variants.stream().map(TrivialVariantScorer::scores).toList();
  }

  /** Stores and publishes the scores of a suite, once. */
  void storeAndPublish(Suite suite, List<TrivialScores> variants) {
    boolean first =
        sql.sql(
                    """
                    INSERT INTO trivial_scores (workspace_id, suite_digest, variants, computed_at)
                    VALUES (?, ?, ?::jsonb, ?) ON CONFLICT DO NOTHING
                    """)
                .params(
                    Caller.current().workspace(),
                    suite.digest().hex(),
                    json.writeValueAsString(variants),
                    clock.instant().atOffset(ZoneOffset.UTC))
                .update()
            == 1;
    if (first) {
      outbox.append(
          new TrivialScoresComputed(suite.name(), suite.digest(), variants),
          "trivial-scores/" + suite.digest(),
          1);
    }
  }

  /** Returns the scores of the given suites; a suite without scores has no entry. */
  Map<Digest, List<TrivialScores>> bySuite(Collection<Digest> suites) {
    Map<Digest, List<TrivialScores>> all = new HashMap<>();
    sql.sql("SELECT suite_digest, variants FROM trivial_scores WHERE suite_digest = ANY (?)")
        .param(suites.stream().map(Digest::hex).toArray(String[]::new))
        .query(row -> {
          all.put(
              new Digest(row.getString("suite_digest")),
              json.readValue(row.getString("variants"), VARIANTS));
        });
    return all;
  }
}
