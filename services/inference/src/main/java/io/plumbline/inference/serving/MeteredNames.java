package io.plumbline.inference.serving;

import io.plumbline.inference.projection.ModelProjection;
import io.plumbline.inference.provider.Provider;
import io.plumbline.inference.provider.Providers;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * The names under which usage is counted. Only names that somebody entered are distinguished. A
 * provider may answer to any name, so a caller could invent names without end, and each would
 * permanently add metric series, rows and events.
 */
@Component
class MeteredNames {

  private final Providers providers;
  private final ModelProjection models;

  MeteredNames(Providers providers, ModelProjection models) {
    this.providers = providers;
    this.models = models;
  }

  String nameOf(UUID workspace, Target target) {
    String name = target.name();
    if (isConfigured(workspace, target)) {
      return name;
    }
    return name.substring(0, name.indexOf('/') + 1) + Provider.UNKNOWN;
  }

  private boolean isConfigured(UUID workspace, Target target) {
    return !(target.backend() instanceof Target.External)
        || target.variant() != null
        || models.isPriced(workspace, target.name())
        || isListed(workspace, target.name());
  }

  private boolean isListed(UUID workspace, String name) {
    return providers.all(workspace).stream()
        .anyMatch(provider ->
            provider.models().stream()
                .anyMatch(model -> name.equals(provider.qualifiedModelName(model))));
  }
}
