package io.plumbline.contracts;

import java.util.regex.Pattern;

/** The rule by which the name of a model says that it was tuned, here or at its provider. */
public final class TunedModelName {

  /**
   * Names of tuned models at providers. OpenAI and Mistral begin the name with {@code ft:},
   * OpenAI's older models have {@code :ft-} behind the name of the base model, and Google has a
   * folder of its own.
   */
  private static final Pattern AT_PROVIDER =
      Pattern.compile("(^|/)ft:|:ft-|(^|/)tunedModels/", Pattern.CASE_INSENSITIVE);

  private TunedModelName() {}

  /** Returns whether a name is that of a version in the model registry: {@code model@version}. */
  public static boolean isRegistered(String model) {
    return model.contains("@");
  }

  /**
   * Returns whether a name is one that a provider gives to tuned models, such as {@code
   * openai/ft:gpt-4o-mini:acme::1}.
   */
  public static boolean isTunedAtProvider(String model) {
    return AT_PROVIDER.matcher(model).find();
  }
}
