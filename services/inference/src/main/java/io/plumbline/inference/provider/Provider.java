package io.plumbline.inference.provider;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A provider of models, by the name that prefixes the names of its models.
 *
 * @param id a provider of the same name that is created later has another
 * @param connection what its models' names lead to at present
 * @param models the models to list; others may be called too
 */
public record Provider(
    UUID id,
    String name,
    Connection connection,
    List<String> models,
    String createdBy,
    Instant createdAt) {

  /** The model under which all calls are counted of models that nobody has entered. */
  public static final String UNKNOWN = "unknown";

  /** Returns the name by which one of its models is called: {@code <provider>/<model>}. */
  public String nameOf(String model) {
    return name + "/" + model;
  }
}
