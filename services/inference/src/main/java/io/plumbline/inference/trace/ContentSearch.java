package io.plumbline.inference.trace;

import io.plumbline.inference.InferenceProblem;
import io.plumbline.inference.SqlCondition;
import io.plumbline.inference.trace.TraceReads.Position;
import io.plumbline.platform.data.Columns;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.problem.RoleRequired;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Searches the kept contents of requests for a text, the newest first. Only masked texts are
 * searched, because a search in the values behind the placeholders would reveal them without a
 * record of it. Like masked excerpts, a search is not recorded.
 *
 * <p>However much is stored, a search ends: it looks at a number of requests, for a time. It reads
 * them in batches, each of which holds a connection for a moment, and few searches run at once.
 */
@Component
class ContentSearch {

  private static final Logger log = LoggerFactory.getLogger(ContentSearch.class);

  /** The shortest text to search for; shorter ones are in almost every request. */
  static final int MIN_CHARACTERS = 3;

  static final int MAX_CHARACTERS = 200;

  /** The requests with kept contents that a search looks at. */
  static final int MAX_REQUESTS = 10_000;

  /** The time after which a search begins no further batch. */
  private static final Duration MAX_TIME = Duration.ofSeconds(3);

  /** The time after which the database ends the statement that reads a batch. */
  private static final Duration MAX_STATEMENT = Duration.ofSeconds(5);

  private static final int BATCH = 200;

  /** The searches of a process that run at once; a page of traces needs two. */
  private static final int MAX_SEARCHES = 2;

  /** The searches of a process that wait; more are refused at once. */
  private static final int MAX_WAITING = 4;

  /** The time for which a search waits for another one to end. */
  private static final Duration MAX_WAIT = Duration.ofSeconds(5);

  /** The fields of a message that hold no text of a person or a model. */
  private static final Set<String> TECHNICAL = Set.of("role", "type", "id", "tool_call_id");

  /**
   * The requests that a search found.
   *
   * @param filter the filter of the search, of these requests alone
   * @param searchedFrom the arrival of the earliest request that was looked at; absent when all
   *     were
   */
  record Found(TraceFilter filter, @Nullable Instant searchedFrom) {}

  /**
   * A request that was looked at.
   *
   * @param input the input as JSON; absent unless it or the output may contain the text
   */
  private record Looked(
      LocalDate day,
      UUID requestId,
      Instant startedAt,
      @Nullable String input,
      @Nullable String output) {}

  private final ContentReads contents;
  private final TraceContents masking;
  private final JdbcClient sql;
  private final TransactionTemplate transaction;
  private final JsonMapper json;
  private final Semaphore places = new Semaphore(MAX_SEARCHES, true);

  ContentSearch(
      ContentReads contents,
      TraceContents masking,
      JdbcClient sql,
      PlatformTransactionManager transactions,
      JsonMapper json) {
    this.contents = contents;
    this.masking = masking;
    this.sql = sql;
    this.transaction = new TransactionTemplate(transactions);
    this.transaction.setReadOnly(true);
    this.json = json;
  }

  /**
   * Finds the requests of a filter whose contents contain a text, in upper or lower case.
   *
   * @throws RoleRequired for callers who may not read contents
   * @throws Problem 422 when reading takes too long, 503 when other searches do not end in time
   */
  Found search(TraceFilter filter, String text) {
    contents.requireReader();
    takePlace();
    try {
      return run(filter, text);
    } catch (QueryTimeoutException e) {
      log.warn(
          "A search in the contents of traces is answered with 422, because a statement of it took"
              + " too long: {}",
          e.getMessage());
      throw new Problem(
          InferenceProblem.SEARCH_TOO_SLOW,
          ("Reading took longer than %d seconds. Choose a shorter period, or filter by application"
                  + " or trace as well.")
              .formatted(MAX_STATEMENT.toSeconds()));
    } finally {
      places.release();
    }
  }

  private void takePlace() {
    try {
      if (places.getQueueLength() < MAX_WAITING
          && places.tryAcquire(MAX_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new Problem(
            CommonProblem.UNAVAILABLE,
            "Other searches in the contents of traces are running. Repeat yours in a few seconds.")
        .retryAfter(MAX_WAIT);
  }

  private Found run(TraceFilter filter, String text) {
    UUID workspace = Caller.current().workspace();
    long end = System.nanoTime() + MAX_TIME.toNanos();
    List<UUID> found = new ArrayList<>();
    Position after = Position.FIRST;
    for (int looked = BATCH; ; looked += BATCH) {
      List<Looked> batch = read(filter.condition(workspace), after, workspace, text);
      batch.stream()
          .filter(each -> contains(workspace, each, text))
          .map(Looked::requestId)
          .forEach(found::add);
      if (batch.size() < BATCH) {
        return new Found(filter.ofRequests(found), null);
      }
      Looked last = batch.getLast();
      if (looked >= MAX_REQUESTS || System.nanoTime() - end > 0) {
        return new Found(filter.ofRequests(found).since(last.day), last.startedAt);
      }
      after = new Position(last.day, last.requestId);
    }
  }

  /** Reads the next requests, with their contents if these may contain the text. */
  private List<Looked> read(
      SqlCondition sqlCondition, Position after, UUID workspace, String text) {
    String pattern = pattern(text);
    List<Object> parameters = new ArrayList<>(sqlCondition.parameters());
    parameters.addAll(
        List.of(
            ContentPolicy.NONE.name(),
            after.day(),
            after.request(),
            BATCH,
            workspace,
            ContentPolicy.NONE.name(),
            pattern,
            pattern));
    return Objects.requireNonNull(
        transaction.execute(status -> {
          sql.sql("SET LOCAL statement_timeout = " + MAX_STATEMENT.toMillis()).update();
          // OFFSET 0 keeps the planner from reading the contents of all days to join them: it looks
          // up those of each request.
          return sql.sql(
                  """
                  SELECT looked.day, looked.request_id, looked.started_at, kept.input, kept.output
                  FROM (SELECT day, request_id, started_at FROM trace
                      WHERE %s AND contents <> ? AND (day, request_id) < (?, ?)
                      ORDER BY day DESC, request_id DESC LIMIT ?) AS looked
                    LEFT JOIN LATERAL (
                      SELECT input, output FROM trace_content
                      WHERE (workspace_id, day, request_id) = (?, looked.day, looked.request_id)
                        AND contents <> ?
                      OFFSET 0) AS kept ON kept.input::text ILIKE ? OR kept.output::text ILIKE ?
                  ORDER BY looked.day DESC, looked.request_id DESC
                  """
                      .formatted(sqlCondition.sql()))
              .params(parameters)
              .query((row, index) ->
                  new Looked(
                      row.getObject("day", LocalDate.class),
                      row.getObject("request_id", UUID.class),
                      Columns.instant(row, "started_at"),
                      row.getString("input"),
                      row.getString("output")))
              .list();
        }));
  }

  /**
   * Returns the pattern of all JSON that may contain a text. It has any text in place of characters
   * that JSON escapes.
   */
  private static String pattern(String text) {
    return Stream.of(text.split("[\"\\\\\\p{Cntrl}]", -1))
        .map(part -> part.replaceAll("[%_]", "\\\\$0"))
        .collect(Collectors.joining("%", "%", "%"));
  }

  private boolean contains(UUID workspace, Looked looked, String text) {
    String wanted = text.toLowerCase(Locale.ROOT);
    return texts(looked)
        .filter(each -> each.toLowerCase(Locale.ROOT).contains(wanted))
        .map(each -> masking.maskText(workspace, each).toLowerCase(Locale.ROOT))
        .anyMatch(masked -> masked.contains(wanted));
  }

  private Stream<String> texts(Looked looked) {
    if (looked.input == null) {
      return Stream.empty();
    }
    JsonNode input = json.readTree(looked.input);
    JsonNode output =
        looked.output == null ? MissingNode.getInstance() : json.readTree(looked.output);
    return Stream.of(
            texts(input.path(TraceContents.VARIABLES), Set.of()),
            texts(input.path("messages"), TECHNICAL),
            texts(output, TECHNICAL))
        .flatMap(each -> each);
  }

  /** Returns the texts within a value, but for those of some fields. */
  private static Stream<String> texts(JsonNode value, Set<String> omitted) {
    return switch (value) {
      case ObjectNode object ->
          object
              .propertyStream()
              .filter(field -> !omitted.contains(field.getKey()))
              .flatMap(field -> texts(field.getValue(), omitted));
      case ArrayNode array -> array.valueStream().flatMap(each -> texts(each, omitted));
      default -> Stream.of(value.asString("")).filter(text -> !text.isEmpty());
    };
  }
}
