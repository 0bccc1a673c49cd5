package io.plumbline.strategy.projection;

/** A variant or a run of an application has become known here. */
public record EvidenceProjected(String application) {}
