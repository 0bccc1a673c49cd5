package io.plumbline.items;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is expected of an answer. A labelled item has a label, a question to documents its answers,
 * a preference two answers; an item of a conversation has any of the others, or nothing, where
 * scorers judge the answer by itself.
 *
 * @param references texts any of which would be a good answer
 * @param rubric what a judge looks for
 * @param toolCalls that the answer must make, in any order
 * @param answers texts any of which answers the question; none when the documents do not answer it,
 *     absent where nothing is asked of documents
 * @param passages where the documents answer the question, each of which adds to the answer
 * @param chosen the better of two answers, as a message of the assistant in the shape of the OpenAI
 *     API; absent where nothing was compared
 * @param rejected the other one; there whenever {@code chosen} is
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonPropertyOrder({
  "label",
  "references",
  "rubric",
  "toolCalls",
  "answers",
  "passages",
  "chosen",
  "rejected"
})
public record Expected(
    @Nullable String label,
    List<String> references,
    @Nullable String rubric,
    List<ToolCall> toolCalls,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<String> answers,
    List<PassageReference> passages,
    @Nullable ObjectNode chosen,
    @Nullable ObjectNode rejected) {

  public static final Expected NOTHING = new Expected(null, null, null, null);

  @JsonCreator
  public Expected(
      @Nullable String label,
      @Nullable List<String> references,
      @Nullable String rubric,
      @Nullable List<ToolCall> toolCalls,
      @Nullable List<String> answers,
      @Nullable List<PassageReference> passages,
      @Nullable ObjectNode chosen,
      @Nullable ObjectNode rejected) {
    this.label = label;
    this.references = references == null ? List.of() : List.copyOf(references);
    this.rubric = rubric;
    this.toolCalls = toolCalls == null ? List.of() : List.copyOf(toolCalls);
    this.answers = answers == null ? null : List.copyOf(answers);
    this.passages = passages == null ? List.of() : List.copyOf(passages);
    this.chosen = chosen;
    this.rejected = rejected;
    if ((chosen == null) != (rejected == null)) {
      throw new IllegalArgumentException("A preference has a chosen and a rejected answer");
    }
  }

  public Expected(
      @Nullable String label,
      @Nullable List<String> references,
      @Nullable String rubric,
      @Nullable List<ToolCall> toolCalls) {
    this(label, references, rubric, toolCalls, null, null, null, null);
  }

  /**
   * Of a question that documents answer at the passages, or do not answer.
   *
   * @param answers absent where only the passages are known
   */
  public static Expected ofAnswers(
      @Nullable List<String> answers, List<PassageReference> passages) {
    return new Expected(null, null, null, null, answers, passages, null, null);
  }

  /** Of two answers of the assistant, of which the first is the better one. */
  public static Expected ofPreference(ObjectNode chosen, ObjectNode rejected) {
    return new Expected(null, null, null, null, null, null, chosen, rejected);
  }

  /** Whether two answers are compared. */
  @JsonIgnore
  public boolean preference() {
    return chosen != null;
  }

  /** Whether a good answer says that the documents do not answer the question. */
  @JsonIgnore
  public boolean unanswerable() {
    return answers != null && answers.isEmpty();
  }

  public static Expected ofLabel(@Nullable String label) {
    return label == null ? NOTHING : new Expected(label, null, null, null);
  }
}
