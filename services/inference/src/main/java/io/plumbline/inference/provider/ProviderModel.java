package io.plumbline.inference.provider;

/** A model of a provider: called as {@code <provider>/<model>}. */
public record ProviderModel(Provider provider, String model) {}
