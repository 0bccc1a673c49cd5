package io.plumbline.inference.trace;

import io.plumbline.contracts.InferenceEvent;
import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.event.Outbox;
import io.plumbline.platform.identity.Caller;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads contents of requests, and records who read them. */
@Component
public class ContentReads {

  /**
   * The contents of a request that are kept.
   *
   * @param input {@code messages} and {@code plumbline_variables} of the call
   * @param output the messages of the answer; absent without an answer
   * @param truncated whether something was too long to be kept
   */
  record Content(Contents contents, JsonNode input, @Nullable JsonNode output, boolean truncated) {}

  private final TraceReads traces;
  private final JdbcClient sql;
  private final Outbox outbox;
  private final JsonMapper json;

  ContentReads(TraceReads traces, JdbcClient sql, Outbox outbox, JsonMapper json) {
    this.traces = traces;
    this.sql = sql;
    this.outbox = outbox;
    this.json = json;
  }

  /**
   * Reads and records in one transaction, so that no content is shown unless the read is recorded.
   */
  @Transactional
  public Optional<Content> read(String id) {
    return traces.find(id).flatMap(trace -> read(trace.trace()));
  }

  private Optional<Content> read(TraceView trace) {
    Optional<Content> content =
        sql.sql(
                "SELECT contents, input, output, truncated FROM trace_content WHERE workspace_id ="
                    + " ? AND day = ? AND request_id = ? AND contents <> ?")
            .params(
                Caller.current().workspace(), trace.day(), trace.requestId(), Contents.NONE.name())
            .query((row, index) -> {
              String output = row.getString("output");
              return new Content(
                  Contents.valueOf(row.getString("contents")),
                  json.readTree(row.getString("input")),
                  output == null ? null : json.readTree(output),
                  row.getBoolean("truncated"));
            })
            .optional();
    content.ifPresent(found -> recordRead(trace, found.contents()));
    return content;
  }

  /**
   * Records that the caller reads contents of a trace, in the transaction that reads them.
   *
   * @param kept the policy by which the contents are kept
   */
  @Transactional
  public void recordRead(TraceView trace, Contents kept) {
    UUID read = Ids.next();
    outbox.append(
        new InferenceEvent.TraceContentRead(
            read,
            trace.requestId(),
            trace.traceId(),
            trace.application(),
            kept.name(),
            Caller.current().actor()),
        "trace-content/" + read,
        1);
  }
}
