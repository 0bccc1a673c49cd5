package io.plumbline.inference.abstention;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.plumbline.contracts.InferenceEvent.VariantAbstention;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The answer of a variant whose model is not sure enough, and how the model says by itself that it
 * has no answer.
 *
 * @param threshold below which the model's confidence is too little; with 0, and without one, the
 *     variant abstains only where its model does. Absent for a provider's model, which does not say
 *     how sure it is
 * @param answer that is given below the threshold; a model that gives it itself abstains, however
 *     sure it is. Absent only where a field says it
 * @param field of the model's JSON answer by which it says so; absent where the whole answer does
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Abstention(
    @Nullable @DecimalMin("0") @DecimalMax("1") Double threshold,
    @Nullable @Size(max = 2_000) String answer,
    @Valid @Nullable AbstentionField field) {

  /** An abstention without a field. */
  public Abstention(@Nullable Double threshold, @Nullable String answer) {
    this(threshold, answer, null);
  }

  /**
   * @param confidence of the model in what it said; absent where it says nothing of it
   */
  public boolean applies(@Nullable Double confidence, String said) {
    return (threshold != null && confidence != null && confidence < threshold) || isDeclared(said);
  }

  /** Returns whether the model itself abstains. JSON is the same however it is written. */
  private boolean isDeclared(String said) {
    if (answer != null && said.strip().equals(answer.strip())) {
      return true;
    }
    try {
      JsonMapper json = JsonMapper.shared();
      JsonNode read = json.readTree(said);
      return (field != null && field.isIn(read))
          || (answer != null && read.equals(json.readTree(answer)));
    } catch (JacksonException text) {
      return false;
    }
  }

  /** In the form of events. */
  public VariantAbstention event() {
    return new VariantAbstention(threshold, answer, field == null ? null : field.event());
  }
}
