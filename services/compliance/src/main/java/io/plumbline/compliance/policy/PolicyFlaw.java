package io.plumbline.compliance.policy;

/**
 * Why a source is no policy.
 *
 * @param pointer RFC 6901, into the source
 */
public record PolicyFlaw(String pointer, String detail) {}
