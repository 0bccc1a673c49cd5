package io.plumbline.inference.trace;

import io.plumbline.contracts.InferenceEvent;
import io.plumbline.items.Input;
import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.event.Outbox;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.identity.Role;
import io.plumbline.platform.problem.RoleRequired;
import io.plumbline.platform.security.RoleCheck;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.hierarchicalroles.RoleHierarchy;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads contents of requests, and records who read them. Masked excerpts of a list are not
 * recorded, as elsewhere.
 */
@Component
public class ContentReads {

  /**
   * The contents of a request that are kept.
   *
   * @param input {@code messages} and {@code plumbline_variables} of the call
   * @param output the messages of the answer; absent without an answer
   * @param truncated whether something was too long to be kept
   */
  record Content(
      ContentPolicy contents, JsonNode input, @Nullable JsonNode output, boolean truncated) {}

  /**
   * Masked excerpts of what a request asked and was answered.
   *
   * @param question the beginning of the last message of the user
   * @param answer the beginning of the answer, or the calls of tools of an answer without text
   */
  record Excerpt(@Nullable String question, @Nullable String answer) {

    static final Excerpt NONE = new Excerpt(null, null);
  }

  private final TraceReads traces;
  private final TraceContents masking;
  private final RoleCheck readers;
  private final JdbcClient sql;
  private final Outbox outbox;
  private final JsonMapper json;

  ContentReads(
      TraceReads traces,
      TraceContents masking,
      RoleHierarchy hierarchy,
      JdbcClient sql,
      Outbox outbox,
      JsonMapper json) {
    this.traces = traces;
    this.masking = masking;
    this.readers =
        new RoleCheck(hierarchy, Role.DATA_STEWARD, Role.ML_ENGINEER, Role.COMPLIANCE_OFFICER);
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

  /**
   * Requires that the caller may read contents.
   *
   * @throws RoleRequired naming the roles that may
   */
  void requireReader() {
    readers.require();
  }

  /**
   * Returns excerpts by request; empty for callers who may not read contents.
   *
   * @param listed traces, newest first
   */
  @Transactional(readOnly = true)
  Map<UUID, Excerpt> excerpts(List<TraceView> listed) {
    Map<UUID, Excerpt> excerpts = new HashMap<>();
    if (listed.isEmpty() || !readers.isPassed()) {
      return excerpts;
    }
    UUID workspace = Caller.current().workspace();
    sql.sql(
            "SELECT request_id, input, output FROM trace_content WHERE workspace_id = ?"
                + " AND day BETWEEN ? AND ? AND request_id = ANY (?) AND contents <> ?")
        .params(
            workspace,
            listed.getLast().day(),
            listed.getFirst().day(),
            listed.stream().map(TraceView::requestId).toArray(UUID[]::new),
            ContentPolicy.NONE.name())
        .query(row -> {
          String output = row.getString("output");
          excerpts.put(
              row.getObject("request_id", UUID.class),
              new Excerpt(
                  masking.excerpt(workspace, question(json.readTree(row.getString("input")))),
                  output == null
                      ? null
                      : masking.excerpt(workspace, answer(json.readTree(output)))));
        });
    return excerpts;
  }

  private static String question(JsonNode input) {
    List<ObjectNode> messages =
        input
            .path("messages")
            .valueStream()
            .filter(JsonNode::isObject)
            .map(ObjectNode.class::cast)
            .toList();
    ObjectNode variables =
        input.path(TraceContents.VARIABLES) instanceof ObjectNode object ? object : null;
    if (messages.isEmpty() && (variables == null || variables.isEmpty())) {
      return "";
    }
    return new Input(messages, null, variables, null).question();
  }

  private static String answer(JsonNode output) {
    JsonNode message = output.path(0);
    if (message.path("content").isString()) {
      return message.path("content").asString();
    }
    return message
        .path("tool_calls")
        .valueStream()
        .map(call -> call.path("function"))
        .map(call ->
            call.path("name").asString("") + "(" + call.path("arguments").asString("") + ")")
        .collect(Collectors.joining(", "));
  }

  private Optional<Content> read(TraceView trace) {
    Optional<Content> content =
        sql.sql(
                "SELECT contents, input, output, truncated FROM trace_content WHERE workspace_id ="
                    + " ? AND day = ? AND request_id = ? AND contents <> ?")
            .params(
                Caller.current().workspace(),
                trace.day(),
                trace.requestId(),
                ContentPolicy.NONE.name())
            .query((row, index) -> {
              String output = row.getString("output");
              return new Content(
                  ContentPolicy.valueOf(row.getString("contents")),
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
  public void recordRead(TraceView trace, ContentPolicy kept) {
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
