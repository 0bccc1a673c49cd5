package io.plumbline.inference.provider.protocol;

/**
 * The names of a provider's model.
 *
 * @param called the name that callers use, for error messages
 * @param model the name at the provider
 */
public record UpstreamName(String called, String model) {}
