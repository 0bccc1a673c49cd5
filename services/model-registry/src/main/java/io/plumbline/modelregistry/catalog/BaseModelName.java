package io.plumbline.modelregistry.catalog;

/**
 * The name of a base model: the provider, a slash and the provider's name for the model. The latter
 * may have slashes of its own, like the names of Hugging Face that vLLM serves.
 */
public record BaseModelName(String provider, String model) {

  public static final String PROVIDER = "[a-z][a-z0-9-]{0,39}";
  private static final String SEGMENT = "[A-Za-z0-9][A-Za-z0-9._:-]{0,99}";
  public static final String MODEL = SEGMENT + "(/" + SEGMENT + "){0,2}";
  public static final String FORM = PROVIDER + "/" + MODEL;

  /**
   * Parses a name.
   *
   * @param value a text of the {@link #FORM}
   */
  public static BaseModelName of(String value) {
    if (!value.matches(FORM)) {
      throw new IllegalArgumentException(
          "'" + value + "' is not a base model name of the form provider/model");
    }
    int slash = value.indexOf('/');
    return new BaseModelName(value.substring(0, slash), value.substring(slash + 1));
  }

  /**
   * Returns the name in a path.
   *
   * @param rest the rest of the path behind the provider, which begins with a slash
   */
  static BaseModelName atPath(String provider, String rest) {
    return new BaseModelName(provider, rest.substring(1));
  }

  public String value() {
    return provider + "/" + model;
  }
}
