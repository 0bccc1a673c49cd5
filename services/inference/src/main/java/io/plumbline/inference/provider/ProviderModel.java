package io.plumbline.inference.provider;

/** A model of a provider. */
public record ProviderModel(Provider provider, String model) {

  /** The name under which it is called: {@code <provider>/<model>}. */
  public String name() {
    return provider.name() + "/" + model;
  }
}
