package io.plumbline.inference.retrieval.encoder;

import io.plumbline.contracts.Digest;
import io.plumbline.inference.local.Encoders;
import io.plumbline.inference.local.LocalModels;
import io.plumbline.inference.provider.ProviderModel;
import io.plumbline.inference.provider.Providers;
import io.plumbline.localmodels.Embedding;
import io.plumbline.localmodels.EncoderModel;
import io.plumbline.platform.problem.Problem;
import io.plumbline.prompttemplate.tokens.TokenCounter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/** Embeds texts with the encoders of indexes. */
@Component
public class IndexEncoders {

  private final Encoders locals;
  private final ProviderEncoder providerEncoder;
  private final Providers providers;

  IndexEncoders(Encoders locals, ProviderEncoder providerEncoder, Providers providers) {
    this.locals = locals;
    this.providerEncoder = providerEncoder;
    this.providers = providers;
  }

  /**
   * Returns the encoder that a name resolves to at present; reads in the caller's transaction.
   *
   * @param name the name of an installed encoder, with or without {@code local/}, or {@code
   *     <provider>/<model>} of a connected provider
   * @throws Problem for any other name
   */
  public IndexEncoder resolve(String name) {
    Optional<EncoderModel> local = EncoderModel.of(name.replaceFirst("^local/", ""));
    if (local.isPresent()) {
      return new IndexEncoder.Local(local.get());
    }
    return providers
        .getModel(name)
        .map(IndexEncoders::ofProvider)
        .orElseThrow(() ->
            Problem.invalid(
                "/encoder",
                "must be an installed encoder: "
                    + LocalModels.encoderNames()
                    + ", or <provider>/<model> of a connected provider"));
  }

  private static IndexEncoder ofProvider(ProviderModel model) {
    return new IndexEncoder.OfProvider(model.name(), model.connection().digest());
  }

  /**
   * Returns the encoder's part of the recipe of an index: all that decides the vectors and where
   * texts are divided.
   */
  public Map<String, String> recipe(IndexEncoder encoder) {
    Map<String, String> recipe = new TreeMap<>();
    recipe.put("encoder", encoder.key());
    switch (encoder) {
      case IndexEncoder.Local(EncoderModel model) ->
          recipe.put("encoderDigest", model.digest().hex());
      case IndexEncoder.OfProvider provider -> {
        Digest connection = provider.connection();
        recipe.put("encoderDigest", ProviderModel.digest(connection, provider.model()).hex());
        recipe.put("connection", connection.hex());
        recipe.put(
            "tokenizer",
            "%s, room for %d percent more"
                .formatted(
                    TokenCounter.of(provider.model()).encoding(), tokenMeasure(encoder).margin()));
      }
    }
    return recipe;
  }

  public TokenMeasure tokenMeasure(IndexEncoder encoder) {
    return switch (encoder) {
      case IndexEncoder.Local(EncoderModel model) ->
          new TokenMeasure(locals.open(model)::countTokens, 0);
      case IndexEncoder.OfProvider provider -> ProviderEncoder.tokenMeasure(provider);
    };
  }

  /**
   * Embeds texts.
   *
   * @param maxTokens the number of tokens to which each text is cut before it is embedded
   */
  public EmbeddingResult embed(
      IndexEncoder encoder, List<String> texts, int maxTokens, EmbeddingPurpose purpose) {
    return switch (encoder) {
      case IndexEncoder.Local(EncoderModel model) ->
          new EmbeddingResult(
              locals.embed(model, texts, maxTokens, purpose.urgency()).stream()
                  .map(Embedding::vector)
                  .toList(),
              null);
      case IndexEncoder.OfProvider provider ->
          providerEncoder.embed(provider, texts, maxTokens, purpose);
    };
  }
}
