package io.plumbline.inference.local;

import io.plumbline.inference.UnsupportedRequest;
import io.plumbline.inference.local.LocalModels.LocalModel;
import io.plumbline.inference.projection.ModelVersion;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Answers chat requests with the models in this process. */
@Component
public class LocalChatService {

  private final ChoiceModelService choices;
  private final ReaderModelService readers;

  LocalChatService(ChoiceModelService choices, ReaderModelService readers) {
    this.choices = choices;
    this.readers = readers;
  }

  /**
   * Answers with a base model.
   *
   * @param maxTokens the most tokens of each text that are read
   * @throws UnsupportedRequest naming the field that the model does not support
   */
  public Answer answer(LocalModel model, JsonNode request, int maxTokens) {
    return switch (model.kind()) {
      case CHOICE -> choices.choose(model, request, maxTokens);
      case READER -> readers.answer(model, request, maxTokens);
      case EMBEDDING ->
          throw new UnsupportedRequest(
              "unsupported_model",
              "model",
              model.name()
                  + " embeds texts and answers no chat requests: call /v1/embeddings with it, or"
                  + " use local/choice-bge-small here.");
    };
  }

  /** Answers with a trained head. */
  public Answer answer(ModelVersion model, JsonNode request) {
    return choices.classify(model, request);
  }
}
