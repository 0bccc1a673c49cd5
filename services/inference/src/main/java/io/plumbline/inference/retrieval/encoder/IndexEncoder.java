package io.plumbline.inference.retrieval.encoder;

import io.plumbline.contracts.Digest;
import io.plumbline.localmodels.EncoderModel;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The encoder that embeds the rows or passages of an index, and the queries of its searches. */
public sealed interface IndexEncoder {

  /**
   * Returns the encoder that a row names.
   *
   * @param key the key of the encoder in the row
   * @param digest the digest of an encoder of this installation; absent in rows that are older than
   *     the column
   * @param connection the connection to a provider; absent for an encoder of this installation
   * @throws IllegalStateException when its weights are not installed
   */
  static IndexEncoder of(String key, @Nullable Digest digest, @Nullable Digest connection) {
    if (connection != null) {
      return new OfProvider(key, connection);
    }
    return findInstalled(key, digest)
        .map(Local::new)
        .orElseThrow(() ->
            new IllegalStateException(
                "The encoder %s of digest %s is not installed".formatted(key, digest)));
  }

  private static Optional<EncoderModel> findInstalled(String key, @Nullable Digest digest) {
    if (digest == null) {
      return EncoderModel.findQuantised(key);
    }
    return EncoderModel.of(key, digest);
  }

  /** Returns the key by which rows, recipes and events name the encoder. */
  String key();

  /** Returns the name by which users request and see the encoder. */
  String name();

  /** Returns the digest of an encoder of this installation; absent for a provider's model. */
  @Nullable Digest digest();

  /**
   * Returns the version of the connection that is called; absent for an encoder of this
   * installation.
   */
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

    /** Returns the name of the model at its provider. */
    String model() {
      return name.substring(name.indexOf('/') + 1);
    }
  }
}
