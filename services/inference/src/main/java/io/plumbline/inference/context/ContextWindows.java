package io.plumbline.inference.context;

import io.plumbline.inference.projection.ModelProjection;
import io.plumbline.inference.provider.ProviderModel;
import io.plumbline.inference.trace.TraceSteps;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Checks requests against the context windows that the catalogue lists for providers' models. A
 * model that is not listed gets every request; models in this process report themselves what they
 * did not read.
 */
@Component
public class ContextWindows {

  private static final Map<String, String> UNKNOWN = Map.of("window", "unknown");

  private final ModelProjection models;

  ContextWindows(ModelProjection models) {
    this.models = models;
  }

  /** Checks a request against the window of its model, as a step of the request's trace. */
  public ContextFitResult fit(
      UUID workspace,
      ProviderModel model,
      ComposedRequest request,
      ContextOverflowPolicy contextOverflowPolicy,
      TraceSteps steps) {
    long from = System.nanoTime();
    ContextFitResult contextFitResult =
        models
            .contextWindow(workspace, model.name())
            .map(window -> ContextFit.fit(request, model.model(), window, contextOverflowPolicy))
            .orElseGet(() -> new ContextFitResult.Fits(request.body(), 0, UNKNOWN));
    steps.record(TraceSteps.Kind.FIT, from, contextFitResult.details());
    return contextFitResult;
  }
}
