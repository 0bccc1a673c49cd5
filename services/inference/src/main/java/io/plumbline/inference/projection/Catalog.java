package io.plumbline.inference.projection;

import io.plumbline.inference.cache.WorkspaceCache;
import io.plumbline.inference.cache.WorkspaceCaches;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Registered model versions and prices, in memory. */
@Component
public class Catalog {

  private record Content(Map<String, ModelVersion> models, Map<String, Price> prices) {}

  private final WorkspaceCache<Content> content;

  Catalog(WorkspaceCaches views, ProjectionReader knowledge) {
    this.content =
        views.of(() -> {
          Map<String, ModelVersion> models = new TreeMap<>();
          knowledge.modelVersions().forEach(version -> models.put(version.name(), version));
          Map<String, Price> prices = new TreeMap<>();
          knowledge.prices().forEach(price -> prices.put(price.getKey(), price.getValue()));
          return new Content(models, prices);
        });
  }

  public Optional<ModelVersion> model(UUID workspace, String name) {
    return content.find(workspace, known -> known.models.get(name));
  }

  public Collection<ModelVersion> models(UUID workspace) {
    return content.of(workspace).models.values();
  }

  /**
   * The price in force of a model, by the name it is called: a tuned one costs what its base costs.
   */
  public Price price(UUID workspace, String model) {
    Content known = content.of(workspace);
    ModelVersion tuned = known.models.get(model);
    return known.prices.getOrDefault(tuned == null ? model : tuned.baseModel(), Price.FREE);
  }
}
