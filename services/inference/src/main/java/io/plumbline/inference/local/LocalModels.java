package io.plumbline.inference.local;

import io.plumbline.contracts.Digest;
import io.plumbline.localmodels.ChoiceModel;
import io.plumbline.localmodels.EncoderModel;
import io.plumbline.localmodels.extract.ExtractReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** The base models that are part of the platform, by name. */
@Component
public class LocalModels {

  public enum Kind {
    EMBEDDING,
    CHOICE,
    READER
  }

  /** A base model. */
  public record LocalModel(String name, Kind kind, EncoderModel encoder) {

    /** Returns whether the model answers chat requests. */
    public boolean answersChat() {
      return kind != Kind.EMBEDDING;
    }

    /** Returns the notice that is shown wherever the model is listed. */
    public String notice() {
      return switch (kind) {
        case EMBEDDING ->
            "A text encoder, not a language model: it embeds texts and answers no chat requests.";
        case CHOICE ->
            "An embedding choice model, not a language model: it picks the nearest of the options"
                + " in response_format and writes no text.";
        case READER ->
            "An extractive reader, not a language model: it quotes the sentences of the passages in"
                + " the request that are nearest to the question, and writes no text of its own.";
      };
    }
  }

  private static final List<LocalModel> ALL =
      List.of(
          new LocalModel("local/choice-bge-small", Kind.CHOICE, EncoderModel.BGE_SMALL),
          new LocalModel("local/choice-minilm", Kind.CHOICE, EncoderModel.MINILM),
          new LocalModel("local/extract-bge-small", Kind.READER, EncoderModel.BGE_SMALL),
          new LocalModel("local/bge-small-en-v1.5", Kind.EMBEDDING, EncoderModel.BGE_SMALL),
          new LocalModel("local/all-minilm-l6-v2", Kind.EMBEDDING, EncoderModel.MINILM));

  /**
   * The models of earlier versions of the platform, which still answer variants that pinned one.
   */
  private static final List<LocalModel> EARLIER =
      List.of(
          new LocalModel("local/choice-bge-small", Kind.CHOICE, EncoderModel.BGE_SMALL_8_BIT),
          new LocalModel("local/choice-minilm", Kind.CHOICE, EncoderModel.MINILM_8_BIT),
          new LocalModel("local/extract-bge-small", Kind.READER, EncoderModel.BGE_SMALL_8_BIT));

  private final int maxTokens;
  private final Map<LocalModel, Digest> digests = new ConcurrentHashMap<>();

  LocalModels(LocalSettings settings) {
    this.maxTokens = settings.maxTokens();
  }

  public List<LocalModel> all() {
    return ALL;
  }

  public Optional<LocalModel> find(String name) {
    return ALL.stream().filter(model -> model.name().equals(name)).findFirst();
  }

  /** Returns the model that a variant was created with, which may be one of an earlier version. */
  public Optional<LocalModel> find(String name, Digest digest) {
    return Stream.concat(ALL.stream(), EARLIER.stream())
        .filter(model -> model.name().equals(name) && digest(model).equals(digest))
        .findFirst();
  }

  /** Returns the names of the installed encoders, for messages. */
  public static String encoderNames() {
    return String.join(
        ", ", EncoderModel.currentModels().stream().map(model -> "local/" + model.id()).toList());
  }

  /** Returns the digest of weights, vocabulary and every constant that decides an answer. */
  public Digest digest(LocalModel model) {
    return digests.computeIfAbsent(
        model,
        each ->
            switch (each.kind) {
              case EMBEDDING -> each.encoder.digest();
              case CHOICE -> ChoiceModel.digest(each.encoder.digest(), maxTokens);
              case READER -> ExtractReader.digest(each.encoder.digest(), maxTokens);
            });
  }
}
