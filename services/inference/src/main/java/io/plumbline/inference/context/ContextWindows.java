package io.plumbline.inference.context;

import io.plumbline.inference.projection.ModelProjection;
import io.plumbline.inference.provider.ProviderModel;
import io.plumbline.inference.trace.TraceSteps;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * The context windows that the catalogue lists for providers' models. A model that is not listed is
 * asked whatever it is sent; models in this process say themselves what they did not read.
 */
@Component
public class ContextWindows {

  private static final Map<String, String> UNKNOWN = Map.of("window", "unknown");

  private final ModelProjection models;

  ContextWindows(ModelProjection models) {
    this.models = models;
  }

  /** Holds a request against the window of its model, as a step of the request. */
  public Fitted fit(
      UUID workspace,
      ProviderModel model,
      ComposedRequest request,
      Overflow overflow,
      TraceSteps steps) {
    long from = System.nanoTime();
    Optional<Integer> window = models.contextWindow(workspace, model.name());
    Fitted fitted =
        window.isEmpty()
            ? new Fitted.Fits(request.body(), 0, UNKNOWN)
            : ContextFit.fit(request, model.model(), window.get(), overflow);
    steps.record(TraceSteps.Kind.FIT, from, fitted.details());
    return fitted;
  }
}
