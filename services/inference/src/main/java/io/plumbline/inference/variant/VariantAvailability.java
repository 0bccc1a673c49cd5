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
 * Checks whether the models and the index of a variant are still available. They are found by
 * digest, since a name may stand for something else by now.
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

  /** Keeps the connections of a variant open until the caller's transaction ends. */
  public void lockConnections(Variant variant) {
    NavigableSet<Digest> called = new TreeSet<>(variant.connections());
    encoderConnection(variant).ifPresent(called::add);
    called.forEach(connections::lockIfOpen);
  }

  /**
   * Returns what the variant lacks, read from the database in the caller's transaction.
   *
   * @return the name of what is gone; empty while the variant can answer
   */
  public Optional<String> missingPart(Variant variant) {
    return variant.models().stream()
        .map(this::missingPart)
        .flatMap(Optional::stream)
        .findFirst()
        .or(() -> missingEncoder(variant));
  }

  /**
   * Returns a model, or the encoder of the index, whose connection was removed. That another model
   * of the variant could answer does not matter: a fallback does not replace what was approved.
   */
  public Optional<String> disconnectedPart(Variant variant) {
    return variant.models().stream()
        .map(this::disconnectedPart)
        .flatMap(Optional::stream)
        .findFirst()
        .or(() -> missingEncoder(variant));
  }

  private Optional<String> missingEncoder(Variant variant) {
    return encoderConnection(variant)
        .filter(connection -> !connections.isOpen(connection))
        .map("the connection %s of the index's encoder"::formatted);
  }

  private Optional<Digest> encoderConnection(Variant variant) {
    return Optional.ofNullable(variant.index())
        .flatMap(indexes::findBuilt)
        .map(IndexCatalog.Built::connection);
  }

  private Optional<String> disconnectedPart(PinnedModel model) {
    Digest connection = model.connection();
    if (connection == null || connections.isOpen(connection)) {
      return Optional.empty();
    }
    return Optional.of("the connection %s of model %s".formatted(connection, model.model()));
  }

  private Optional<String> missingPart(PinnedModel model) {
    if (model.connection() != null) {
      return disconnectedPart(model);
    }
    if (isLocal(model) || isRegistered(model)) {
      return Optional.empty();
    }
    return Optional.of("the model %s of digest %s".formatted(model.model(), model.modelDigest()));
  }

  private boolean isLocal(PinnedModel model) {
    return localModels.find(model.model(), model.modelDigest()).isPresent();
  }

  private boolean isRegistered(PinnedModel model) {
    return models
        .getVersion(model.model())
        .map(ModelVersion::modelDigest)
        .filter(model.modelDigest()::equals)
        .isPresent();
  }
}
