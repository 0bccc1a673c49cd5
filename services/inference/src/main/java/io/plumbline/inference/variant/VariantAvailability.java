package io.plumbline.inference.variant;

import io.plumbline.contracts.Digest;
import io.plumbline.inference.local.LocalModels;
import io.plumbline.inference.projection.ModelProjection;
import io.plumbline.inference.projection.ModelVersion;
import io.plumbline.inference.provider.Connections;
import io.plumbline.inference.retrieval.IndexCatalog;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import org.springframework.stereotype.Component;

/**
 * Whether what a variant answers with is still there; by digest, since a name may lead elsewhere.
 */
@Component
public class VariantAvailability {

  private final Connections connections;
  private final LocalModels localModels;
  private final ModelProjection models;
  private final IndexCatalog indexes;

  VariantAvailability(
      Connections connections,
      LocalModels localModels,
      ModelProjection models,
      IndexCatalog indexes) {
    this.connections = connections;
    this.localModels = localModels;
    this.models = models;
    this.indexes = indexes;
  }

  /** Keeps what a variant calls connected until the caller's transaction ends. */
  public void hold(Variant variant) {
    NavigableSet<Digest> called = new TreeSet<>(variant.connections());
    encoderConnection(variant).ifPresent(called::add);
    called.forEach(connections::hold);
  }

  /**
   * From the database, in the caller's transaction.
   *
   * @return what is gone, by name; empty while the variant can answer
   */
  public Optional<String> missing(Variant variant) {
    return variant.models().stream()
        .map(this::missing)
        .flatMap(Optional::stream)
        .findFirst()
        .or(() -> withoutEncoder(variant));
  }

  /**
   * A model, or the encoder of the index, whose connection was removed; a fallback does not replace
   * what was approved.
   */
  public Optional<String> disconnected(Variant variant) {
    return variant.models().stream()
        .map(this::disconnected)
        .flatMap(Optional::stream)
        .findFirst()
        .or(() -> withoutEncoder(variant));
  }

  private Optional<String> withoutEncoder(Variant variant) {
    return encoderConnection(variant)
        .filter(connection -> !connections.isOpen(connection))
        .map("the connection %s of the index's encoder"::formatted);
  }

  private Optional<Digest> encoderConnection(Variant variant) {
    return Optional.ofNullable(variant.index())
        .flatMap(indexes::built)
        .map(IndexCatalog.Built::connection);
  }

  private Optional<String> disconnected(PinnedModel model) {
    Digest connection = model.connection();
    return connection == null || connections.isOpen(connection)
        ? Optional.empty()
        : Optional.of("the connection %s of model %s".formatted(connection, model.model()));
  }

  private Optional<String> missing(PinnedModel model) {
    if (model.connection() != null) {
      return disconnected(model);
    }
    return localModels.find(model.model(), model.modelDigest()).isPresent()
            || models
                .getVersion(model.model())
                .map(ModelVersion::modelDigest)
                .filter(model.modelDigest()::equals)
                .isPresent()
        ? Optional.empty()
        : Optional.of("the model %s of digest %s".formatted(model.model(), model.modelDigest()));
  }
}
