package io.plumbline.strategy.projection;

/** An event inside this process: a variant or a run of an application has become known here. */
public record EvidenceProjected(String application) {}
