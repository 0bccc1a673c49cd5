package io.plumbline.inference.provider;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A provider of models, whose name prefixes the names of its models.
 *
 * @param id the id, which differs from that of a later provider with the same name
 * @param connection the connection that the names of its models resolve to at present
 * @param models the models to list; others may be called by their bare names, but not be parts of
 *     new variants unless this is empty
 */
public record Provider(
    UUID id,
    String name,
    Connection connection,
    List<String> models,
    String createdBy,
    Instant createdAt) {

  /** The name under which calls of all models are counted that nobody has entered. */
  public static final String UNKNOWN = "unknown";

  /** Returns the name by which callers name a model: {@code <provider>/<model>}. */
  public String qualifiedModelName(String model) {
    return name + "/" + model;
  }
}
