package io.plumbline.items;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The expectations of an answer. A labelled item has a label, a question to documents has its
 * answers, and a preference has two answers. An item of a conversation has any of the others, or
 * nothing when scorers judge the answer by itself.
 *
 * @param references texts any of which would be a good answer
 * @param rubric what a judge looks for
 * @param toolCalls calls that the answer must make, in any order
 * @param answers texts any of which answers the question; empty when the documents do not answer
 *     it, absent when the item is no question to documents
 * @param passages where the documents answer the question; each adds to the answer
 * @param chosen the better of two answers, as a message of the assistant in the shape of the OpenAI
 *     API; absent when nothing was compared
 * @param rejected the other answer; present exactly when {@code chosen} is
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
    this.references = List.copyOf(Objects.requireNonNullElse(references, List.of()));
    this.rubric = rubric;
    this.toolCalls = List.copyOf(Objects.requireNonNullElse(toolCalls, List.of()));
    this.answers = answers == null ? null : List.copyOf(answers);
    this.passages = List.copyOf(Objects.requireNonNullElse(passages, List.of()));
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
   * Returns the expectations of a question to documents.
   *
   * @param answers absent when only the passages are known
   */
  public static Expected ofAnswers(
      @Nullable List<String> answers, List<PassageReference> passages) {
    return new Expected(null, null, null, null, answers, passages, null, null);
  }

  /** Returns a preference between two answers of the assistant. */
  public static Expected ofPreference(ObjectNode chosen, ObjectNode rejected) {
    return new Expected(null, null, null, null, null, null, chosen, rejected);
  }

  /** Returns whether two answers are compared. */
  @JsonIgnore
  public boolean isPreference() {
    return chosen != null;
  }

  /** Returns whether a good answer says that the documents do not answer the question. */
  @JsonIgnore
  public boolean isUnanswerable() {
    return answers != null && answers.isEmpty();
  }

  public static Expected ofLabel(@Nullable String label) {
    return label == null ? NOTHING : new Expected(label, null, null, null);
  }
}
