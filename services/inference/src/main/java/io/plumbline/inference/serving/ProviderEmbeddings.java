package io.plumbline.inference.serving;

import io.plumbline.inference.provider.ProviderClient;
import io.plumbline.inference.provider.ProviderModel;
import io.plumbline.inference.provider.protocol.UpstreamOperation;
import io.plumbline.inference.serving.EmbeddingVectors.Embedded;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Embeds texts with the model of a provider. */
@Component
class ProviderEmbeddings {

  private final ProviderClient providers;

  ProviderEmbeddings(ProviderClient providers) {
    this.providers = providers;
  }

  Embedded embed(ProviderModel model, EmbeddingRequest request) {
    long before = System.nanoTime();
    ObjectNode answer = providers.post(model, UpstreamOperation.EMBEDDINGS, request.body());
    long nanos = System.nanoTime() - before;
    JsonNode data = answer.path("data");
    if (data.size() != request.inputs().size()
        || !data.valueStream().allMatch(ObjectNode.class::isInstance)) {
      throw providers.malformedAnswer(model);
    }
    if (request.wantsBase64()) {
      data.forEach(item -> EmbeddingVectors.encodeNumbers((ObjectNode) item));
    }
    JsonNode reported = answer.path("usage").path("prompt_tokens");
    long tokens = reported.isNumber() ? Math.max(0, reported.asLong()) : request.estimatedTokens();
    return new Embedded(answer, tokens, false, nanos);
  }
}
