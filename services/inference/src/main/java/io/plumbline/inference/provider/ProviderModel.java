package io.plumbline.inference.provider;

import io.plumbline.contracts.Digest;
import io.plumbline.inference.provider.protocol.ResponseFormats;
import io.plumbline.platform.digest.CanonicalJson;
import java.time.Duration;
import java.util.Map;

/**
 * A model behind a version of a connection.
 *
 * @param model its name at the provider
 */
public record ProviderModel(Connection connection, String model) {

  /** The name under which it is called: {@code <provider>/<model>}. */
  public String name() {
    return connection.provider() + "/" + model;
  }

  /** The longest time of a call in all. */
  public Duration deadline() {
    return connection.endpoint().deadline();
  }

  /** Returns whether its server takes a response format, in whatever form. */
  public boolean takesResponseFormats() {
    return connection.endpoint().responseFormats() != ResponseFormats.NONE;
  }

  /**
   * What can be pinned of a model whose weights only the provider sees: the version of the
   * connection, and the name.
   */
  public Digest digest() {
    return digest(connection.digest(), model);
  }

  /** The same of a connection that may have been removed. */
  public static Digest digest(Digest connection, String model) {
    return CanonicalJson.digest(Map.of("connection", connection.hex(), "model", model));
  }
}
