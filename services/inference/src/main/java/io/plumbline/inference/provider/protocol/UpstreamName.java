package io.plumbline.inference.provider.protocol;

/**
 * The names of a provider's model.
 *
 * @param called as its callers name it, for error messages
 * @param model its name at the provider
 */
public record UpstreamName(String called, String model) {}
