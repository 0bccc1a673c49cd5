package io.plumbline.inference.variant;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.InferenceEvent.FallbackModel;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A model of a variant, fixed to the one that its name stood for when the variant was created.
 *
 * @param model its name, for people and prices
 * @param modelDigest the digest of the model's artifact, or of the connection and name of a
 *     provider's model, whose weights only the provider sees
 * @param connection the version of the connection that answers; absent unless a provider has the
 *     model
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PinnedModel(String model, Digest modelDigest, @Nullable Digest connection) {

  /** Returns the model's name at its provider, or the whole name of any other model. */
  public String upstreamModel() {
    return connection == null ? model : model.substring(model.indexOf('/') + 1);
  }

  /** Returns the model as a part of a variant's digest. */
  Map<String, Object> digestContent() {
    Map<String, Object> content = new TreeMap<>();
    content.put("model", model);
    content.put("modelDigest", modelDigest.hex());
    if (connection != null) {
      content.put("connection", connection.hex());
    }
    return content;
  }

  /** Returns the model in the form of events. */
  FallbackModel toEvent() {
    return new FallbackModel(model, modelDigest, connection);
  }
}
