package io.plumbline.inference.abstention;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.plumbline.contracts.InferenceEvent.VariantAbstention;
import io.plumbline.prompttemplate.schema.BoundedJson;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The rule by which a variant abstains: because its model is not confident enough, or because the
 * model itself declares that it has no answer.
 *
 * @param threshold the confidence below which the variant abstains; with 0 or none it abstains only
 *     where its model does. Absent for a provider's model, which reports no confidence
 * @param answer the answer that is given below the threshold; a model that gives it itself
 *     abstains, however confident it is. Absent only where a field declares the abstention
 * @param field the field of the model's JSON answer that declares an abstention; absent where the
 *     whole answer does
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Abstention(
    @Nullable @DecimalMin("0") @DecimalMax("1") Double threshold,
    @Nullable @Size(max = 2_000) String answer,
    @Valid @Nullable AbstentionField field) {

  /** Creates an abstention without a field. */
  public Abstention(@Nullable Double threshold, @Nullable String answer) {
    this(threshold, answer, null);
  }

  /**
   * Returns whether an answer is an abstention.
   *
   * @param confidence the model's confidence in its answer; absent where it reports none
   */
  public boolean appliesTo(@Nullable Double confidence, String said) {
    return (threshold != null && confidence != null && confidence < threshold)
        || isDeclaredByModel(said);
  }

  /** Returns whether the model itself abstains. Answers in JSON are compared by their content. */
  private boolean isDeclaredByModel(String said) {
    if (answer != null && said.strip().equals(answer.strip())) {
      return true;
    }
    try {
      JsonNode read = BoundedJson.read(said);
      return (field != null && field.declaresAbstention(read))
          || (answer != null && read.equals(BoundedJson.read(answer)));
    } catch (JacksonException text) {
      return false;
    }
  }

  /** Returns the abstention in the form of events. */
  public VariantAbstention toEvent() {
    return new VariantAbstention(threshold, answer, field == null ? null : field.toEvent());
  }
}
