package io.plumbline.items;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is expected of an answer. A labelled item has a label; an item of a conversation has any of
 * the others, or nothing, where scorers judge the answer by itself.
 *
 * @param references texts any of which would be a good answer
 * @param rubric what a judge looks for
 * @param toolCalls that the answer must make, in any order
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonPropertyOrder({"label", "references", "rubric", "toolCalls"})
public record Expected(
    @Nullable String label,
    List<String> references,
    @Nullable String rubric,
    List<ToolCall> toolCalls) {

  public static final Expected NOTHING = new Expected(null, null, null, null);

  public Expected(
      @Nullable String label,
      @Nullable List<String> references,
      @Nullable String rubric,
      @Nullable List<ToolCall> toolCalls) {
    this.label = label;
    this.references = references == null ? List.of() : List.copyOf(references);
    this.rubric = rubric;
    this.toolCalls = toolCalls == null ? List.of() : List.copyOf(toolCalls);
  }

  public static Expected ofLabel(@Nullable String label) {
    return label == null ? NOTHING : new Expected(label, null, null, null);
  }
}
