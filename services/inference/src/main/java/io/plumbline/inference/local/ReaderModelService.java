package io.plumbline.inference.local;

import io.plumbline.inference.UnsupportedRequest;
import io.plumbline.inference.local.LocalModels.LocalModel;
import io.plumbline.localmodels.Embedding;
import io.plumbline.localmodels.Encoder;
import io.plumbline.localmodels.Urgency;
import io.plumbline.localmodels.extract.ExtractReader;
import io.plumbline.localmodels.extract.ExtractiveAnswer;
import io.plumbline.localmodels.extract.Sentence;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * Answers chat requests with sentences of the passages in them. Documents repeat from question to
 * question, and so do their sentences, which {@link Encoders} embeds once.
 */
@Component
class ReaderModelService {

  private final Encoders encoders;

  ReaderModelService(Encoders encoders) {
    this.encoders = encoders;
  }

  /**
   * Answers with sentences of the request's passages.
   *
   * @throws UnsupportedRequest naming the field that the model does not support
   */
  Answer answer(LocalModel model, JsonNode request, int maxTokens) {
    ReaderRequest read = ReaderRequest.read(request, model.name());
    ExtractReader reader = ExtractReader.of(read.passages());
    if (reader.sentences().isEmpty()) {
      throw ReaderRequest.missingPassagesException(model.name());
    }
    List<String> texts = new ArrayList<>();
    texts.add(ExtractReader.questionToEmbed(read.question()));
    reader.sentences().stream().map(Sentence::withHeading).forEach(texts::add);
    List<Embedding> embedded = encoders.embed(model.encoder(), texts, maxTokens, Urgency.SERVING);
    List<Embedding> sentences = embedded.subList(1, embedded.size());
    ExtractiveAnswer extractiveAnswer = reader.answer(embedded.getFirst(), sentences);
    Encoder encoder = encoders.open(model.encoder());
    return new Answer(
        extractiveAnswer.content(),
        extractiveAnswer.confidence(),
        List.of(),
        embedded.stream().mapToLong(Embedding::tokens).sum(),
        extractiveAnswer.quotes().stream()
            .mapToLong(quote -> encoder.countTokens(quote.text()) - 2L)
            .sum(),
        truncatedKinds(
            embedded.getFirst().truncated(),
            reader.isTruncated() || sentences.stream().anyMatch(Embedding::truncated)));
  }

  private static List<String> truncatedKinds(boolean input, boolean passages) {
    List<String> kinds = new ArrayList<>();
    if (input) {
      kinds.add("input");
    }
    if (passages) {
      kinds.add("passages");
    }
    return List.copyOf(kinds);
  }
}
