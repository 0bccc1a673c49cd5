package io.plumbline.inference.serving;

import io.plumbline.inference.context.ComposedRequest;
import io.plumbline.inference.context.ContextFit;
import io.plumbline.inference.context.Fitted;
import io.plumbline.inference.projection.ModelProjection;
import io.plumbline.inference.provider.ProviderModel;
import io.plumbline.inference.provider.protocol.Protocol;
import io.plumbline.inference.serving.protocol.OpenAiError;
import io.plumbline.inference.trace.Steps;
import io.plumbline.inference.variant.BadCall;
import io.plumbline.inference.variant.RequestField;
import io.plumbline.inference.variant.Variant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/**
 * Holds requests of variants against the context window that the catalogue lists for their model. A
 * model that is not listed is asked whatever it is sent; models in this process say themselves what
 * they did not read.
 */
@Component
class ContextWindows {

  private static final Map<String, String> UNKNOWN = Map.of("window", "unknown");

  private final ModelProjection models;

  ContextWindows(ModelProjection models) {
    this.models = models;
  }

  /**
   * The request as its model can be asked.
   *
   * @throws BadCall where the caller sends more than the model reads
   * @throws OpenAiError where the variant itself does, whoever calls it
   */
  Prepared fit(Call call, Variant variant, ComposedRequest request) {
    if (!(call.target().backend() instanceof Target.External(ProviderModel model))) {
      return Prepared.whole(request.body());
    }
    long from = System.nanoTime();
    Optional<Integer> window =
        models.contextWindow(call.caller().workspace(), call.target().name());
    if (window.isEmpty()) {
      call.steps().took(Steps.Kind.FIT, from, UNKNOWN);
      return Prepared.whole(request.body());
    }
    Fitted fitted = ContextFit.fit(request, model.model(), window.get(), variant.overflow());
    call.steps().took(Steps.Kind.FIT, from, fitted.details());
    return switch (fitted) {
      case Fitted.Fits fits -> new Prepared(fits.request(), fits.dropped());
      case Fitted.TooLong tooLong -> throw refusal(tooLong, call.chat().body());
    };
  }

  private static RuntimeException refusal(Fitted.TooLong tooLong, ObjectNode call) {
    String field =
        switch (tooLong.fault()) {
          case CALLER -> RequestField.MESSAGES.wire();
          case ANSWER -> sent(call, RequestField.MAX_COMPLETION_TOKENS, RequestField.MAX_TOKENS);
          case VARIANT ->
              sent(
                  call,
                  RequestField.PLUMBLINE_VARIABLES,
                  RequestField.TOOLS,
                  RequestField.FUNCTIONS,
                  RequestField.RESPONSE_FORMAT);
        };
    return field.isEmpty()
        ? new OpenAiError(500, "prompt_too_long", null, tooLong.message())
        : new BadCall(Protocol.TOO_LONG, field, tooLong.message());
  }

  /** The first of the fields that a caller sent; empty for none. */
  private static String sent(ObjectNode call, RequestField... fields) {
    return Stream.of(fields).map(RequestField::wire).filter(call::has).findFirst().orElse("");
  }
}
