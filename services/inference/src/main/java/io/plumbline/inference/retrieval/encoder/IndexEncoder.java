package io.plumbline.inference.retrieval.encoder;

import io.plumbline.contracts.Digest;
import io.plumbline.localmodels.EncoderModel;
import org.jspecify.annotations.Nullable;

/** What embeds the rows or passages of an index, and the queries of its searches. */
public sealed interface IndexEncoder {

  /**
   * Returns the encoder that a row names.
   *
   * @param key as rows have it
   * @param digest of an encoder of this installation; absent in rows that are older than the column
   * @param connection absent for an encoder of this installation
   * @throws IllegalStateException when its weights are not installed
   */
  static IndexEncoder of(String key, @Nullable Digest digest, @Nullable Digest connection) {
    if (connection != null) {
      return new OfProvider(key, connection);
    }
    return (digest == null ? EncoderModel.withoutDigest(key) : EncoderModel.of(key, digest))
        .map(Local::new)
        .orElseThrow(() ->
            new IllegalStateException(
                "The encoder %s of digest %s is not installed".formatted(key, digest)));
  }

  /** As rows, recipes and events have it. */
  String key();

  /** As it is requested and shown. */
  String name();

  /** The digest of an encoder of this installation; absent for a provider's. */
  @Nullable Digest digest();

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
    public Digest digest() {
      return model.digest();
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

    @Override
    public @Nullable Digest digest() {
      return null;
    }

    /** The model's name at its provider. */
    String model() {
      return name.substring(name.indexOf('/') + 1);
    }
  }
}
