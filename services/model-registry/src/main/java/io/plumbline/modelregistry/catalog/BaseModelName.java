package io.plumbline.modelregistry.catalog;

/** The name of a base model: the provider, a slash, the provider's name for the model. */
public record BaseModelName(String provider, String model) {

  public static final String PROVIDER = "[a-z][a-z0-9-]{0,39}";
  public static final String MODEL = "[A-Za-z0-9][A-Za-z0-9._:-]{0,99}";
  public static final String FORM = PROVIDER + "/" + MODEL;

  /**
   * @param value of the {@link #FORM}
   */
  public static BaseModelName of(String value) {
    if (!value.matches(FORM)) {
      throw new IllegalArgumentException(
          "'" + value + "' is not a base model name of the form provider/model");
    }
    int slash = value.indexOf('/');
    return new BaseModelName(value.substring(0, slash), value.substring(slash + 1));
  }

  public String value() {
    return provider + "/" + model;
  }
}
