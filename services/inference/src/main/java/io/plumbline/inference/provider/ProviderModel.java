package io.plumbline.inference.provider;

import io.plumbline.contracts.Digest;
import io.plumbline.inference.provider.protocol.ResponseFormats;
import io.plumbline.platform.digest.CanonicalJson;
import java.time.Duration;
import java.util.Map;

/**
 * A model behind a version of a connection.
 *
 * @param model the name of the model at the provider
 */
public record ProviderModel(Connection connection, String model) {

  /** Returns the name by which callers name the model: {@code <provider>/<model>}. */
  public String name() {
    return connection.provider() + "/" + model;
  }

  /** Returns the maximum time of a whole call. */
  public Duration deadline() {
    return connection.endpoint().deadline();
  }

  /** Returns whether the model's server takes response formats in any form. */
  public boolean takesResponseFormats() {
    return connection.endpoint().responseFormats() != ResponseFormats.NONE;
  }

  /**
   * Returns the digest of the connection's version and the model's name. Nothing else can be pinned
   * of a model whose weights only the provider sees.
   */
  public Digest digest() {
    return digest(connection.digest(), model);
  }

  /** Returns the digest of a model of a connection that may have been removed. */
  public static Digest digest(Digest connection, String model) {
    return CanonicalJson.digest(Map.of("connection", connection.hex(), "model", model));
  }
}
