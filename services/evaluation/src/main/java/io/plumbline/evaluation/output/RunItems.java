package io.plumbline.evaluation.output;

import io.plumbline.contracts.Digest;
import io.plumbline.evaluation.answer.ModelAnswer;
import io.plumbline.evaluation.answer.Score;
import io.plumbline.evaluation.metric.Observation;
import io.plumbline.evaluation.metric.Perturbation;
import io.plumbline.evaluation.scorer.ItemScores;
import io.plumbline.platform.data.Columns;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.web.Page;
import io.plumbline.platform.web.PageRequest;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * The answers of runs. A second answer to the same question is ignored, so that a resumed run
 * counts each once.
 */
@Repository
public class RunItems {

  private static final int SALT_BYTES = 16;

  /** The number of outputs in memory at a time where many are read. */
  private static final int FETCH_SIZE = 10;

  private static final String INSERT_ITEM =
      """
      INSERT INTO run_item (workspace_id, run_id, ordinal, item_id, perturbation, label, request_digest, answered,
        prediction, scores, judged, not_applicable, abstained, confidence, error, latency_ms, overhead_ms, cost_usd,
        reused, output_digest, trace_id, answered_by, salt, answered_at, processor, usage)
      """;

  private static final String SELECT_WITH_OUTPUT =
      """
      SELECT i.*, o.body, (SELECT jsonb_object_agg(j.scorer, r.body)
          FROM jsonb_each(i.judged) j (scorer, call) JOIN run_output r
            ON r.workspace_id = i.workspace_id AND r.output_digest = j.call ->> 'replyDigest') AS replies
      FROM run_item i
      LEFT JOIN run_output o ON o.workspace_id = i.workspace_id AND o.output_digest = i.output_digest
      WHERE i.run_id = ?
      """;

  /**
   * The condition that a scorer applies to an item in both runs and gave it different scores; an
   * item without an answer scores 0.
   */
  private static final String CHANGED_CONDITION =
      """
       AND CAST(? AS text) <> ALL (b.not_applicable) AND CAST(? AS text) <> ALL (c.not_applicable)
         AND coalesce((b.scores -> CAST(? AS text) ->> 'score')::numeric, 0)
           <> coalesce((c.scores -> CAST(? AS text) ->> 'score')::numeric, 0)
      """;

  private static final TypeReference<LinkedHashMap<String, Score>> SCORES =
      new TypeReference<>() {};

  private static final TypeReference<LinkedHashMap<String, JudgeCall>> JUDGED =
      new TypeReference<>() {};
  private static final TypeReference<Map<String, String>> BODIES = new TypeReference<>() {};

  private final JdbcClient sql;
  private final JdbcTemplate batch;
  private final JsonMapper json;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  public RunItems(JdbcClient sql, JdbcTemplate batch, JsonMapper json, Clock clock) {
    this.sql = sql;
    this.batch = batch;
    this.json = json;
    this.clock = clock;
  }

  /**
   * The items that were asked, including failed ones, in the order of the suite's questions.
   *
   * @param outputsDigest the digest of the run's outputs
   */
  public record Answered(List<RunItem> items, Digest outputsDigest) {}

  /**
   * The observations from which a judgement is recomputed.
   *
   * @param outputsDigest the digest of the outputs as they are stored now; if it differs from that
   *     of the run, the run was judged on other outputs
   */
  public record Reread(List<Observation> observations, Digest outputsDigest) {}

  /**
   * The models and machines that answered the items of a run.
   *
   * @param fallbackItems the number of items that another model than the variant's own answered
   * @param processors the processors on which items were answered, by name; empty where no item
   *     names one
   */
  public record Answerers(int fallbackItems, List<String> processors) {

    /** The answerers of a run without items. */
    public static final Answerers NONE = new Answerers(0, List.of());
  }

  /**
   * The answers of a run by what is known of their prices.
   *
   * @param unpriced the number of answers of the run's own without a known price
   * @param pricedAnew the number of questions that the run sent again, since their earlier answers
   *     had no known price
   */
  public record Pricing(int unpriced, int pricedAnew) {

    /** The pricing of a run without items. */
    public static final Pricing NONE = new Pricing(0, 0);
  }

  /** The results of two runs for one original item. */
  public record Pair(RunItem baseline, RunItem candidate) {}

  @Transactional
  public void add(UUID run, List<Answer> answers) {
    UUID workspace = Caller.current().workspace();
    OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
    List<Output> outputs =
        answers.stream()
            .flatMap(answer ->
                Stream.concat(
                    Optional.ofNullable(answer.output()).stream(),
                    answer.replies().values().stream()))
            .toList();
    batch.batchUpdate(
        "INSERT INTO run_output (workspace_id, output_digest, body) VALUES (?, ?, ?)"
            + " ON CONFLICT DO NOTHING",
        outputs,
        Math.max(1, outputs.size()),
        (row, output) -> {
          row.setObject(1, workspace);
          row.setString(2, output.digest().hex());
          row.setString(3, output.body());
        });
    List<RunItem> items = answers.stream().map(Answer::item).toList();
    batch.batchUpdate(
        INSERT_ITEM
            + "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?::jsonb, ?, ?, ?, ?, ?,"
            + " ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb) ON CONFLICT DO NOTHING",
        items,
        items.size(),
        (row, item) -> {
          row.setObject(1, workspace);
          row.setObject(2, run);
          row.setInt(3, item.ordinal());
          row.setString(4, item.itemId());
          row.setString(5, item.perturbation().name());
          row.setString(6, item.label());
          row.setString(7, item.requestDigest().hex());
          row.setBoolean(8, item.answered());
          row.setString(9, item.prediction());
          row.setString(10, json.writeValueAsString(item.scores()));
          row.setString(11, json.writeValueAsString(item.judged()));
          row.setObject(12, item.notApplicable().toArray(String[]::new));
          row.setBoolean(13, item.abstained());
          row.setObject(14, item.confidence(), Types.DOUBLE);
          row.setString(15, item.error());
          row.setDouble(16, item.latencyMillis());
          row.setObject(17, item.overheadMillis(), Types.DOUBLE);
          row.setBigDecimal(18, item.costUsd());
          row.setBoolean(19, item.reused());
          row.setString(20, item.outputDigest() == null ? null : item.outputDigest().hex());
          row.setString(21, item.traceId());
          row.setString(22, item.answeredBy());
          row.setBytes(23, salt());
          row.setObject(24, now);
          row.setString(25, item.processor());
          row.setString(26, item.usage() == null ? null : json.writeValueAsString(item.usage()));
        });
  }

  private byte[] salt() {
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    return salt;
  }

  /**
   * Copies the results of earlier runs of the same attempt, failures included, so that neither
   * cancelling nor failing as a whole gets rid of them. Only the failures of a run that failed
   * without any answer are sent again, and those that earlier versions recorded of servers that
   * were away ("No answer after"). Judges are not asked again, whether they gave a score or not.
   */
  @Transactional
  public void copyEarlierResults(UUID run) {
    sql.sql(
            INSERT_ITEM
                + """
                SELECT i.workspace_id, ?, i.ordinal, i.item_id, i.perturbation, i.label, i.request_digest, i.answered,
                  i.prediction, i.scores,
                  (SELECT coalesce(jsonb_object_agg(j.scorer, j.call || '{"earlier": true}'), '{}')
                    FROM jsonb_each(i.judged) j (scorer, call)), i.not_applicable, i.abstained, i.confidence,
                  i.error, i.latency_ms, i.overhead_ms, i.cost_usd, true,
                  i.output_digest, i.trace_id, i.answered_by, uuid_send(gen_random_uuid()), i.answered_at,
                  i.processor, i.usage
                FROM run_item i JOIN run r ON r.id = i.run_id
                WHERE r.attempt_id = (SELECT attempt_id FROM run WHERE id = ?) AND r.id <> ?
                  AND (i.answered OR r.state = 'CANCELLED' OR (i.error NOT LIKE 'No answer after %'
                    AND EXISTS (SELECT FROM run_item a WHERE a.run_id = r.id AND a.answered)))
                ORDER BY i.answered_at
                ON CONFLICT DO NOTHING
                """)
        .params(run, run, run)
        .update();
  }

  /** Returns the ordinals of the questions of a run that have an answer or have failed. */
  @Transactional(readOnly = true)
  public BitSet doneOrdinals(UUID run) {
    BitSet done = new BitSet();
    sql.sql("SELECT ordinal FROM run_item WHERE run_id = ?")
        .param(run)
        .query(Integer.class)
        .list()
        .forEach(done::set);
    return done;
  }

  /**
   * Returns the first answer that an equal request got in any run of this workspace, if there is
   * one the first with a known price. The suite of that run may have other scorers.
   */
  @Transactional(readOnly = true)
  public Optional<Answer> findAnswerByRequest(Digest request) {
    return sql.sql(
            """
            SELECT i.*, o.body FROM run_item i
            JOIN run_output o ON o.workspace_id = i.workspace_id AND o.output_digest = i.output_digest
            WHERE i.request_digest = ? AND i.answered ORDER BY i.cost_usd IS NULL, i.answered_at LIMIT 1
            """)
        .param(request.hex())
        .query((row, number) ->
            new Answer(readItem(row, number), new Output(row.getString("body")), Map.of()))
        .optional();
  }

  @Transactional(readOnly = true)
  public int countItems(UUID run) {
    return sql.sql("SELECT count(*) FROM run_item WHERE run_id = ?")
        .param(run)
        .query(Integer.class)
        .single();
  }

  @Transactional(readOnly = true)
  public int countFailed(UUID run) {
    return sql.sql("SELECT count(*) FROM run_item WHERE run_id = ? AND NOT answered")
        .param(run)
        .query(Integer.class)
        .single();
  }

  /**
   * Returns the models and machines that answered the items of runs, with one query. A run without
   * items has no entry.
   */
  @Transactional(readOnly = true)
  public Map<UUID, Answerers> answerers(Collection<UUID> runs) {
    Map<UUID, Answerers> answerers = new HashMap<>();
    sql.sql(
            """
            SELECT run_id, count(answered_by) AS fallback, coalesce(array_agg(DISTINCT processor ORDER BY processor)
              FILTER (WHERE processor IS NOT NULL), '{}') AS processors
            FROM run_item WHERE run_id = ANY (?) GROUP BY run_id
            """)
        .param(runs.toArray(UUID[]::new))
        .query(row -> {
          answerers.put(
              row.getObject("run_id", UUID.class),
              new Answerers(row.getInt("fallback"), Columns.texts(row, "processors")));
        });
    return answerers;
  }

  /** Returns what is known of the prices of runs' answers. A run without items has no entry. */
  @Transactional(readOnly = true)
  public Map<UUID, Pricing> pricings(Collection<UUID> runs) {
    Map<UUID, Pricing> pricings = new HashMap<>();
    sql.sql(
            """
            SELECT i.run_id, count(*) FILTER (WHERE i.cost_usd IS NULL) AS unpriced,
              count(*) FILTER (WHERE i.cost_usd IS NOT NULL AND EXISTS (SELECT FROM run_item e
                WHERE e.workspace_id = i.workspace_id AND e.request_digest = i.request_digest AND e.answered
                  AND e.cost_usd IS NULL AND e.answered_at < i.answered_at)) AS priced_anew
            FROM run_item i WHERE i.run_id = ANY (?) AND i.answered AND NOT i.reused GROUP BY i.run_id
            """)
        .param(runs.toArray(UUID[]::new))
        .query(row -> {
          pricings.put(
              row.getObject("run_id", UUID.class),
              new Pricing(row.getInt("unpriced"), row.getInt("priced_anew")));
        });
    return pricings;
  }

  private List<RunItem> allItems(UUID run) {
    return sql.sql("SELECT * FROM run_item WHERE run_id = ? ORDER BY ordinal")
        .param(run)
        .query(this::readItem)
        .list();
  }

  /** Returns the items of a run and the digest of its outputs. */
  public Answered answeredItems(UUID run) {
    OutputMerkleTree tree = new OutputMerkleTree();
    List<RunItem> items = new ArrayList<>();
    sql.sql("SELECT * FROM run_item WHERE run_id = ? ORDER BY ordinal")
        .param(run)
        .query(row -> {
          RunItem item = readItem(row, 0);
          tree.add(item, row.getBytes("salt"));
          items.add(item);
        });
    return new Answered(List.copyOf(items), tree.root());
  }

  /** Returns one item of a run with its output. */
  public Optional<Answer> findAnswer(UUID run, int ordinal) {
    return sql.sql(SELECT_WITH_OUTPUT + "AND i.ordinal = ?")
        .params(run, ordinal)
        .query((row, number) -> new Answer(readItem(row, number), outputOrNull(row), replies(row)))
        .optional();
  }

  /** A consumer of the outputs of items. */
  @FunctionalInterface
  public interface OutputReader {
    void read(int ordinal, Output output);
  }

  /**
   * Passes the outputs of some items to a reader with one query, a few at a time, since each may be
   * long. An item without an answer has none.
   */
  @Transactional(readOnly = true)
  public void readOutputs(UUID run, Collection<Integer> ordinals, OutputReader reader) {
    sql.sql(
            """
            SELECT i.ordinal, o.body FROM run_item i
            JOIN run_output o ON o.workspace_id = i.workspace_id AND o.output_digest = i.output_digest
            WHERE i.run_id = ? AND i.ordinal = ANY (?)
            """)
        .withFetchSize(FETCH_SIZE)
        .params(run, ordinals.toArray(Integer[]::new))
        .query(row -> {
          reader.read(row.getInt("ordinal"), new Output(row.getString("body")));
        });
  }

  /** The scoring of stored answers by the scorers of a suite. */
  @FunctionalInterface
  public interface Rescoring {

    /**
     * Scores the answer to an item.
     *
     * @param answer the answer; empty where there is none, and where the stored one was altered
     * @param judged the scores of judges and encoders, read from their stored replies
     */
    ItemScores score(String itemId, Optional<ModelAnswer> answer, Map<String, Score> judged);
  }

  /**
   * Returns the observations of a run, each read and scored again from the stored output and
   * judges' replies, and the digest of all of them. An item with an altered output or reply is left
   * out of that digest.
   */
  @Transactional(readOnly = true)
  public Reread rescore(UUID run, Rescoring rescoring) {
    OutputMerkleTree tree = new OutputMerkleTree();
    List<Observation> observations = new ArrayList<>();
    sql.sql(SELECT_WITH_OUTPUT + "ORDER BY i.ordinal")
        .param(run)
        .query(row -> {
          RunItem item = readItem(row, 0);
          StoredOutput stored = new StoredOutput(item, outputOrNull(row), replies(row), json);
          if (stored.isUnaltered()) {
            tree.add(item, row.getBytes("salt"));
          }
          observations.add(stored.rescore(rescoring));
        });
    return new Reread(List.copyOf(observations), tree.root());
  }

  private static @Nullable Output outputOrNull(ResultSet row) throws SQLException {
    String body = row.getString("body");
    return body == null ? null : new Output(body);
  }

  private Map<String, Output> replies(ResultSet row) throws SQLException {
    String bodies = row.getString("replies");
    Map<String, Output> replies = new LinkedHashMap<>();
    if (bodies != null) {
      json.readValue(bodies, BODIES)
          .forEach((scorer, body) -> replies.put(scorer, new Output(body)));
    }
    return replies;
  }

  /**
   * Returns the observations of all items that were asked, including failed ones, in the order of
   * the suite's questions.
   */
  @Transactional(readOnly = true)
  public List<Observation> observations(UUID run) {
    return allItems(run).stream().map(RunItem::observation).toList();
  }

  public Page<RunItem> list(UUID run, RunItemFilter filter, PageRequest page) {
    String from = "run_item WHERE run_id = ?" + filter.sqlConditions();
    List<@Nullable Object> parameters = filter.sqlParameters(run);
    long count = Page.countRows(sql, from, parameters.toArray());
    parameters.addAll(List.of(page.after(Integer::valueOf, -1), page.fetchSize()));
    List<RunItem> rows =
        sql.sql("SELECT * FROM " + from + " AND ordinal > ? ORDER BY ordinal LIMIT ?")
            .params(parameters)
            .query(this::readItem)
            .list();
    return Page.of(rows, page, item -> List.of(Integer.toString(item.ordinal())), count);
  }

  /** Returns whether two runs have an original item in common to which a scorer applies in both. */
  public boolean haveCommonItem(UUID run, UUID other, String scorer) {
    return sql.sql(
            """
            SELECT EXISTS (SELECT FROM run_item a JOIN run_item b USING (workspace_id, item_id, perturbation)
              WHERE a.run_id = ? AND b.run_id = ? AND perturbation = 'NONE'
                AND ? <> ALL (a.not_applicable) AND ? <> ALL (b.not_applicable))
            """)
        .params(run, other, scorer, scorer)
        .query(Boolean.class)
        .single();
  }

  /**
   * Returns the original items that two runs have in common, in the order of the candidate's
   * questions.
   *
   * @param changedBy the scorer by whose scores the two have to differ; absent for all items
   */
  public Page<Pair> commonItemPairs(
      UUID baseline, UUID candidate, @Nullable String changedBy, PageRequest page) {
    String from =
        "run_item b JOIN run_item c USING (workspace_id, item_id, perturbation)"
            + " WHERE b.run_id = ? AND c.run_id = ? AND perturbation = 'NONE'"
            + (changedBy == null ? "" : CHANGED_CONDITION);
    List<Object> parameters = new ArrayList<>(List.of(baseline, candidate));
    if (changedBy != null) {
      parameters.addAll(List.of(changedBy, changedBy, changedBy, changedBy));
    }
    long count = Page.countRows(sql, from, parameters.toArray());
    parameters.addAll(List.of(page.after(Integer::valueOf, -1), page.fetchSize()));
    List<int[]> ordinals =
        sql.sql(
                "SELECT b.ordinal AS of_baseline, c.ordinal AS of_candidate FROM "
                    + from
                    + " AND c.ordinal > ? ORDER BY c.ordinal LIMIT ?")
            .params(parameters)
            .query(
                (row, number) -> new int[] {row.getInt("of_baseline"), row.getInt("of_candidate")})
            .list();
    Map<Integer, RunItem> ofBaseline = byOrdinal(baseline, ordinals, 0);
    Map<Integer, RunItem> ofCandidate = byOrdinal(candidate, ordinals, 1);
    List<Pair> pairs =
        ordinals.stream()
            .map(each ->
                new Pair(
                    Objects.requireNonNull(ofBaseline.get(each[0])),
                    Objects.requireNonNull(ofCandidate.get(each[1]))))
            .toList();
    return Page.of(
        pairs, page, pair -> List.of(Integer.toString(pair.candidate().ordinal())), count);
  }

  private Map<Integer, RunItem> byOrdinal(UUID run, List<int[]> ordinals, int index) {
    return sql
        .sql("SELECT * FROM run_item WHERE run_id = ? AND ordinal = ANY (?)")
        .params(run, ordinals.stream().map(each -> each[index]).toArray(Integer[]::new))
        .query(this::readItem)
        .list()
        .stream()
        .collect(Collectors.toMap(RunItem::ordinal, item -> item));
  }

  /** Returns perturbed items with another answer than their original. */
  public Page<RunItem> disagreements(UUID run, PageRequest page) {
    int after = page.after(Integer::valueOf, -1);
    String from =
        """
        run_item p JOIN run_item o ON o.run_id = p.run_id AND o.item_id = p.item_id AND o.perturbation = 'NONE'
        WHERE p.run_id = ? AND p.perturbation <> 'NONE' AND p.answered AND o.answered
          AND (o.prediction IS NULL OR p.prediction IS DISTINCT FROM o.prediction)
        """;
    List<RunItem> rows =
        sql.sql("SELECT p.* FROM " + from + " AND p.ordinal > ? ORDER BY p.ordinal LIMIT ?")
            .params(run, after, page.fetchSize())
            .query(this::readItem)
            .list();
    long count = Page.countRows(sql, from, run);
    return Page.of(rows, page, item -> List.of(Integer.toString(item.ordinal())), count);
  }

  private RunItem readItem(ResultSet row, int number) throws SQLException {
    return new RunItem(
        row.getInt("ordinal"),
        row.getString("item_id"),
        Perturbation.valueOf(row.getString("perturbation")),
        row.getString("label"),
        new Digest(row.getString("request_digest")),
        row.getBoolean("answered"),
        row.getString("prediction"),
        json.readValue(row.getString("scores"), SCORES),
        json.readValue(row.getString("judged"), JUDGED),
        Columns.texts(row, "not_applicable"),
        row.getBoolean("abstained"),
        row.getObject("confidence", Double.class),
        row.getString("error"),
        row.getDouble("latency_ms"),
        row.getObject("overhead_ms", Double.class),
        row.getBigDecimal("cost_usd"),
        row.getBoolean("reused"),
        Columns.digestOrNull(row, "output_digest"),
        row.getString("trace_id"),
        row.getString("answered_by"),
        row.getString("processor"),
        readUsage(row));
  }

  /** Returns the usage of each item of a run, in the order of the suite's questions. */
  @Transactional(readOnly = true)
  public List<ItemUsage> usages(UUID run) {
    return sql.sql(
            "SELECT answered, cost_usd, usage FROM run_item WHERE run_id = ? ORDER BY ordinal")
        .param(run)
        .query((row, number) ->
            new ItemUsage(
                row.getBoolean("answered"), row.getBigDecimal("cost_usd"), readUsage(row)))
        .list();
  }

  private @Nullable List<ModelUsage> readUsage(ResultSet row) throws SQLException {
    String usage = row.getString("usage");
    return usage == null ? null : List.of(json.readValue(usage, ModelUsage[].class));
  }
}
