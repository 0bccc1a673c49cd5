package io.plumbline.inference.retrieval;

import io.plumbline.inference.local.Encoders;
import io.plumbline.localmodels.Embedding;
import io.plumbline.localmodels.EncoderModel;
import io.plumbline.localmodels.Urgency;
import io.plumbline.localmodels.extract.ExtractReader;
import io.plumbline.localmodels.extract.NumberedPassage;
import io.plumbline.localmodels.extract.Sentence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Selects the found passages whose sentences are nearest to the question. The index has one vector
 * for a whole passage, in which the meaning of a single sentence can be lost. The encoder is that
 * of the index, which the index's digest pins, and the sentences are those that the extractive
 * reader would quote.
 */
@Component
final class SentenceRanking {

  /**
   * The number of passages that are ranked. It is limited because the encoder reads all of their
   * sentences while a caller waits.
   */
  static final int CANDIDATES = Passage.MAX_PASSAGES;

  private record Nearest(Passage passage, double cosine) {}

  /** Embeds texts, in their order, while a caller waits. */
  @FunctionalInterface
  interface Embedder {
    List<Embedding> embed(EncoderModel encoder, List<String> texts);
  }

  private final Embedder embedder;

  @Autowired
  SentenceRanking(Encoders encoders) {
    this((encoder, texts) ->
        encoders.embed(encoder, texts, EncoderModel.MAX_TOKENS, Urgency.SERVING));
  }

  SentenceRanking(Embedder embedder) {
    this.embedder = embedder;
  }

  /**
   * Returns the best passages.
   *
   * @param found the found passages, best first; equally near ones stay in this order
   * @return the best, renumbered; their scores are cosines, −1 for a passage without a sentence
   */
  List<Passage> bestPassages(
      EncoderModel encoder, String question, List<Passage> found, int count) {
    if (found.isEmpty()) {
      return List.of();
    }
    List<List<Sentence>> sentences = found.stream().map(SentenceRanking::sentencesOf).toList();
    List<String> texts = new ArrayList<>();
    texts.add(questionText(encoder, question));
    sentences.forEach(each -> each.forEach(sentence -> texts.add(sentence.withHeading())));
    List<Embedding> embedded = embedder.embed(encoder, texts);
    List<Nearest> nearest = new ArrayList<>();
    int next = 1;
    for (int i = 0; i < found.size(); i++) {
      int end = next + sentences.get(i).size();
      nearest.add(
          new Nearest(
              found.get(i), nearestCosine(embedded.getFirst(), embedded.subList(next, end))));
      next = end;
    }
    List<Nearest> ranked =
        nearest.stream()
            .sorted(Comparator.comparingDouble((Nearest each) -> -each.cosine))
            .limit(count)
            .toList();
    return IntStream.range(0, ranked.size())
        .mapToObj(i -> ranked.get(i).passage.withRank(i + 1, ranked.get(i).cosine))
        .toList();
  }

  /** Returns the question as the encoder expects it. BGE expects an instruction before it. */
  private static String questionText(EncoderModel encoder, String question) {
    if (encoder.id().equals(EncoderModel.BGE_SMALL.id())) {
      return ExtractReader.questionToEmbed(question);
    }
    return question;
  }

  private static List<Sentence> sentencesOf(Passage passage) {
    return ExtractReader.of(
            List.of(
                new NumberedPassage(
                    passage.number(), PassageText.heading(passage), passage.text())))
        .sentences();
  }

  private static double nearestCosine(Embedding question, List<Embedding> sentences) {
    return sentences.stream().mapToDouble(question::cosine).max().orElse(-1);
  }
}
