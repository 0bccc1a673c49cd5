package io.plumbline.inference.abstention;

import io.plumbline.contracts.InferenceEvent.VariantAbstention;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a variant answers where its model is not sure enough.
 *
 * @param threshold below which the model's confidence is too little; with 0 the variant abstains
 *     only where its model does
 * @param answer that is given then; a model that gives it itself abstains, however sure it is
 */
public record Abstention(
    @NotNull @DecimalMin("0") @DecimalMax("1") Double threshold,
    @NotBlank @Size(max = 2_000) String answer) {

  /**
   * @param confidence of the model in what it said; absent where it says nothing of it
   */
  public boolean applies(@Nullable Double confidence, String said) {
    return (confidence != null && confidence < threshold) || isAnswer(said);
  }

  /** JSON is the same however it is written. */
  private boolean isAnswer(String said) {
    if (said.strip().equals(answer.strip())) {
      return true;
    }
    try {
      JsonMapper json = JsonMapper.shared();
      return json.readTree(said).equals(json.readTree(answer));
    } catch (JacksonException text) {
      return false;
    }
  }

  /** In the form of events. */
  public VariantAbstention event() {
    return new VariantAbstention(threshold, answer);
  }
}
