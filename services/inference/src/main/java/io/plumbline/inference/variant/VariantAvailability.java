package io.plumbline.inference.variant;

import io.plumbline.contracts.Digest;
import io.plumbline.inference.local.LocalModels;
import io.plumbline.inference.projection.ModelProjection;
import io.plumbline.inference.projection.ModelVersion;
import io.plumbline.inference.provider.Connections;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Whether what a variant answers with is still there; by digest, since a name may lead elsewhere.
 */
@Component
public class VariantAvailability {

  private final Connections connections;
  private final LocalModels localModels;
  private final ModelProjection models;

  VariantAvailability(Connections connections, LocalModels localModels, ModelProjection models) {
    this.connections = connections;
    this.localModels = localModels;
    this.models = models;
  }

  /**
   * From the database, in the caller's transaction.
   *
   * @return what is gone, by name; empty while the variant can answer
   */
  public Optional<String> missing(Variant variant) {
    Digest connection = variant.connection();
    if (connection != null) {
      return connections.isOpen(connection)
          ? Optional.empty()
          : Optional.of("the connection %s of model %s".formatted(connection, variant.model()));
    }
    return localModels
            .find(variant.model())
            .map(localModels::digest)
            .or(() -> models.getVersion(variant.model()).map(ModelVersion::modelDigest))
            .filter(variant.modelDigest()::equals)
            .isPresent()
        ? Optional.empty()
        : Optional.of(
            "the model %s of digest %s".formatted(variant.model(), variant.modelDigest()));
  }
}
