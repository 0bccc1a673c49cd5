package io.plumbline.inference.retrieval.encoder;

import io.plumbline.contracts.Digest;
import io.plumbline.localmodels.EncoderModel;
import org.jspecify.annotations.Nullable;

/** What embeds the rows or passages of an index, and the queries of its searches. */
public sealed interface IndexEncoder {

  /**
   * @param key as rows have it
   * @param connection absent for an encoder of this installation
   */
  static IndexEncoder of(String key, @Nullable Digest connection) {
    return connection == null
        ? new Local(EncoderModel.of(key).orElseThrow())
        : new OfProvider(key, connection);
  }

  /** As rows, recipes and events have it. */
  String key();

  /** As it is requested and shown. */
  String name();

  /** The version of the connection that is called; absent for an encoder of this installation. */
  @Nullable Digest connection();

  /** An encoder that runs in this process. */
  record Local(EncoderModel model) implements IndexEncoder {

    @Override
    public String key() {
      return model.id();
    }

    @Override
    public String name() {
      return "local/" + model.id();
    }

    @Override
    public @Nullable Digest connection() {
      return null;
    }
  }

  /**
   * A provider's model.
   *
   * @param name {@code <provider>/<model>}
   */
  record OfProvider(String name, Digest connection) implements IndexEncoder {

    @Override
    public String key() {
      return name;
    }

    /** The model's name at its provider. */
    String model() {
      return name.substring(name.indexOf('/') + 1);
    }
  }
}
