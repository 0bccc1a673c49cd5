package io.plumbline.inference.provider.protocol;

import io.plumbline.prompttemplate.schema.BoundedJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Translates the events of {@code streamGenerateContent}. Each event is a part of the answer, in
 * the shape of an answer. The API has no event for the end, and some models give a finish reason
 * with every part. So an answer is complete when its stream has ended and each candidate had a
 * reason.
 */
final class GeminiStream implements StreamTranslation {

  private static final class Candidate {

    private final int index;
    private boolean answering;
    private int calls;

    /** The latest finish reason of this candidate, with its message. */
    private @Nullable ObjectNode last;

    Candidate(int index) {
      this.index = index;
    }
  }

  /** The maximum number of pieces that an event is translated into. */
  static final int MAX_PIECES = 1_024;

  /**
   * The maximum number of characters that are kept until the end of the stream: the name of the
   * model, and why each candidate ended.
   */
  static final int MAX_KEPT = 1024 * 1024;

  private static final List<String> ENDING =
      List.of("finishReason", "finishMessage", "blockReason");

  private final Map<Integer, Candidate> candidates = new TreeMap<>();

  /** The latest counts, which are cumulative; a count that an event does not have stays. */
  private final ObjectNode usage = JsonNodeFactory.instance.objectNode();

  private String model = "";
  private @Nullable ObjectNode feedback;
  private int kept;

  @Override
  public List<Piece> read(String data) {
    JsonNode event = parse(data);
    if (event.path("error").isObject()) {
      return List.of(
          OpenAiChunks.error(GeminiProtocol.INSTANCE.translatedError(event.path("error"))));
    }
    boolean blocked = GeminiAnswer.isBlocked(event);
    if (!blocked
        && !event.path("candidates").isArray()
        && !event.path("usageMetadata").isObject()) {
      return List.of(new Malformed());
    }
    String named = event.path("modelVersion").asString(model);
    kept += named.length() - model.length();
    model = named;
    event
        .path("usageMetadata")
        .propertyStream()
        .filter(count -> GeminiAnswer.COUNTS.contains(count.getKey()))
        .filter(count -> count.getValue().isNumber())
        .forEach(count -> usage.set(count.getKey(), count.getValue()));
    if (blocked) {
      feedback = ending(event.path("promptFeedback"), feedback);
    }
    List<Piece> pieces = new ArrayList<>();
    for (JsonNode part : event.path("candidates").values()) {
      int index = part.path("index").asInt(0);
      if (index < 0 || index >= GeminiRequest.MAX_CANDIDATES) {
        return List.of(new Malformed());
      }
      readPart(part, candidates.computeIfAbsent(index, Candidate::new), pieces);
      if (pieces.size() > MAX_PIECES) {
        return List.of(new Malformed());
      }
    }
    return kept <= MAX_KEPT ? pieces : List.of(new Malformed());
  }

  /** Returns the counts that are kept for the end of the stream. */
  ObjectNode keptCounts() {
    return usage.deepCopy();
  }

  /** Parses data; returns a missing node when it is not JSON or too large. */
  private static JsonNode parse(String data) {
    try {
      return BoundedJson.read(data);
    } catch (JacksonException e) {
      return MissingNode.getInstance();
    }
  }

  private void readPart(JsonNode part, Candidate candidate, List<Piece> pieces) {
    JsonNode logprobs = GeminiAnswer.logprobs(part);
    for (JsonNode each : part.path("content").path("parts").values()) {
      if (pieces.size() > MAX_PIECES) {
        return;
      }
      String text = GeminiAnswer.shownText(each);
      if (!text.isEmpty()) {
        pieces.add(
            answerChunk(
                candidate, JsonNodeFactory.instance.objectNode().put("content", text), logprobs));
        logprobs = JsonNodeFactory.instance.nullNode();
      }
      if (GeminiAnswer.isCall(each)) {
        ObjectNode delta = JsonNodeFactory.instance.objectNode();
        ObjectNode call = delta.putArray("tool_calls").addObject().put("index", candidate.calls++);
        GeminiAnswer.writeToolCall(call, each);
        pieces.add(answerChunk(candidate, delta, JsonNodeFactory.instance.nullNode()));
      }
    }
    if (part.path("finishReason").isString()) {
      candidate.last = ending(part, candidate.last);
    }
  }

  /**
   * Returns why a candidate ended or a prompt was blocked, without the rest of the event.
   *
   * @param former what is known of it, which is replaced
   */
  private ObjectNode ending(JsonNode part, @Nullable ObjectNode former) {
    ObjectNode ending = JsonNodeFactory.instance.objectNode();
    for (String field : ENDING) {
      if (part.path(field).isString()) {
        ending.set(field, part.path(field));
      }
    }
    kept += characters(ending) - (former == null ? 0 : characters(former));
    return ending;
  }

  private static int characters(ObjectNode ending) {
    return ending.valueStream().mapToInt(text -> text.asString().length()).sum();
  }

  @Override
  public List<Piece> end() {
    List<Piece> pieces = new ArrayList<>();
    if (candidates.isEmpty() && feedback != null) {
      endCandidate(new Candidate(0), feedback, pieces);
    }
    for (Candidate candidate : candidates.values()) {
      if (candidate.last == null) {
        return List.of();
      }
      endCandidate(candidate, candidate.last, pieces);
    }
    if (pieces.isEmpty()) {
      return pieces;
    }
    GeminiAnswer.usage(usage).ifPresent(counts -> pieces.add(OpenAiChunks.usage(model, counts)));
    pieces.add(new Done());
    return pieces;
  }

  /**
   * Ends a candidate.
   *
   * @param last the last part of the candidate, or the feedback on a prompt that was blocked
   */
  private void endCandidate(Candidate candidate, JsonNode last, List<Piece> pieces) {
    JsonNode none = JsonNodeFactory.instance.nullNode();
    GeminiAnswer.refusalText(last)
        .ifPresent(refusal ->
            pieces.add(
                answerChunk(
                    candidate,
                    JsonNodeFactory.instance.objectNode().put("refusal", refusal),
                    none)));
    if (!candidate.answering) {
      pieces.add(
          answerChunk(candidate, JsonNodeFactory.instance.objectNode().put("content", ""), none));
    }
    pieces.add(
        OpenAiChunks.choice(
            model,
            candidate.index,
            JsonNodeFactory.instance.objectNode(),
            none,
            GeminiAnswer.finishReason(last, candidate.calls > 0)));
  }

  /**
   * Returns a piece of the answer. The first piece with content names the role, so that its time is
   * the time of the first token.
   */
  private Chunk answerChunk(Candidate candidate, ObjectNode delta, JsonNode logprobs) {
    if (!candidate.answering) {
      candidate.answering = true;
      delta.put("role", "assistant");
    }
    return OpenAiChunks.choice(model, candidate.index, delta, logprobs, null);
  }
}
