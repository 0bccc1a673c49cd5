package io.plumbline.modelregistry.model;

import java.time.Instant;

/** A name that points at a version. */
public record Alias(String alias, int version, Instant movedAt, String movedBy) {

  public static final String NAME = "[a-z][a-z0-9-]{0,39}";
}
