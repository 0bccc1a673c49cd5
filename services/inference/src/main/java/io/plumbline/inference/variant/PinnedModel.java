package io.plumbline.inference.variant;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.InferenceEvent.FallbackModel;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A model as a variant names it: what a name led to when the variant was created.
 *
 * @param model its name, for people and prices
 * @param modelDigest what answers: a model's artifact, or the connection and name of a provider's
 *     model, whose weights only the provider sees
 * @param connection the version of the connection that answers; absent unless a provider has the
 *     model
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PinnedModel(String model, Digest modelDigest, @Nullable Digest connection) {

  /** The model's name at its provider; the whole name for any other model. */
  public String upstreamModel() {
    return connection == null ? model : model.substring(model.indexOf('/') + 1);
  }

  /** As it is part of a variant's digest. */
  Map<String, Object> content() {
    Map<String, Object> content = new TreeMap<>();
    content.put("model", model);
    content.put("modelDigest", modelDigest.hex());
    if (connection != null) {
      content.put("connection", connection.hex());
    }
    return content;
  }

  /** In the form of events. */
  FallbackModel event() {
    return new FallbackModel(model, modelDigest, connection);
  }
}
