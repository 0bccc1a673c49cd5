package io.plumbline.inference.serving;

import io.plumbline.contracts.Digest;
import io.plumbline.inference.local.LocalModels;
import io.plumbline.inference.local.LocalModels.LocalModel;
import io.plumbline.inference.projection.ModelProjection;
import io.plumbline.inference.provider.Connections;
import io.plumbline.inference.provider.ProviderModel;
import io.plumbline.inference.provider.Providers;
import io.plumbline.inference.retrieval.IndexCatalog;
import io.plumbline.inference.serving.protocol.OpenAiError;
import io.plumbline.inference.variant.PinnedModel;
import io.plumbline.inference.variant.Variant;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** Finds the backend of a model, in memory. */
@Component
class BackendLookup {

  private static final Pattern VERSION = Pattern.compile("[^/]+@\\d+");

  private final ModelProjection models;
  private final LocalModels localModels;
  private final Providers providers;
  private final Connections connections;
  private final IndexCatalog indexes;

  BackendLookup(
      ModelProjection models,
      LocalModels localModels,
      Providers providers,
      Connections connections,
      IndexCatalog indexes) {
    this.models = models;
    this.localModels = localModels;
    this.providers = providers;
    this.connections = connections;
    this.indexes = indexes;
  }

  /** Returns whether a name has the form of a registered model's version. */
  static boolean isModelVersionName(String name) {
    return VERSION.matcher(name).matches();
  }

  /** Returns the backend of a name that names no variant; empty where there is none. */
  Optional<Target.Backend> findNamed(UUID workspace, String name) {
    Optional<LocalModel> local = localModels.find(name);
    if (local.isPresent()) {
      return local.map(Target.Local::new);
    }
    if (isModelVersionName(name)) {
      return models.findVersion(workspace, name).map(Target.Tuned::new);
    }
    return providers.findModel(workspace, name).map(Target.External::new);
  }

  /**
   * Returns the backend of a model that a variant was created with. The model is found by its
   * digest, because its name may resolve to another model now.
   */
  Optional<Target.Backend> findPinned(UUID workspace, PinnedModel pinned) {
    Digest connection = pinned.connection();
    if (connection == null) {
      return localModels
          .find(pinned.model(), pinned.modelDigest())
          .<Target.Backend>map(Target.Local::new)
          .or(() -> findTuned(workspace, pinned));
    }
    return connections
        .find(workspace, connection)
        .map(found -> new Target.External(new ProviderModel(found, pinned.upstreamModel())));
  }

  /** Returns the backend of a model that a variant was created with, or refuses the call. */
  Target.Backend requirePinned(UUID workspace, PinnedModel pinned) {
    return findPinned(workspace, pinned).orElseThrow(() -> modelNotFoundError(goneMessage(pinned)));
  }

  private Optional<Target.Backend> findTuned(UUID workspace, PinnedModel pinned) {
    return models
        .findVersion(workspace, pinned.model())
        .filter(version -> version.modelDigest().equals(pinned.modelDigest()))
        .map(Target.Tuned::new);
  }

  private static String goneMessage(PinnedModel model) {
    Digest connection = model.connection();
    if (connection == null) {
      return ("The model '%s' that the variant was created with is not installed any more; create a"
              + " variant with another model.")
          .formatted(model.model());
    }
    return ("The connection %s that the variant's model '%s' is called by was removed; create a"
            + " variant with another model.")
        .formatted(connection.abbreviated(), model.model());
  }

  /** Requires the encoder of the index, without which a variant that retrieves cannot answer. */
  void requireEncoder(UUID workspace, Variant variant) {
    if (variant.retrieves()) {
      Optional.ofNullable(variant.index())
          .flatMap(indexes::encoderConnection)
          .filter(connection -> connections.find(workspace, connection).isEmpty())
          .ifPresent(gone -> {
            throw modelNotFoundError(
                ("The connection %s that the encoder of the variant's index is called by was"
                        + " removed; create a variant with another index.")
                    .formatted(gone.abbreviated()));
          });
    }
  }

  static OpenAiError modelNotFoundError(String message) {
    return new OpenAiError(404, "model_not_found", "model", message);
  }
}
