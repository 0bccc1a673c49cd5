package io.plumbline.evaluation.scorer;

import io.plumbline.evaluation.answer.ModelAnswer;
import io.plumbline.evaluation.answer.ModelAnswer.Passage;
import io.plumbline.evaluation.answer.ReferenceAnswers;
import io.plumbline.evaluation.answer.Score;
import io.plumbline.evaluation.answer.SentenceSplitter;
import io.plumbline.items.Expected;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A scorer that compares texts by the cosine of their embeddings. An encoder has to be asked for
 * these, so the resulting score is stored, like the reply of a judge.
 */
public sealed interface EmbeddingScoring {

  /**
   * The texts to compare: each text of the answer with all texts that it could come from.
   *
   * @param answer the texts of the answer; not empty
   * @param against the texts that it is compared with; not empty
   */
  record Texts(List<String> answer, List<String> against) {

    public Texts {
      answer = List.copyOf(answer);
      against = List.copyOf(against);
    }
  }

  /** The largest number of sentences of an answer; an answer with more scores 0. */
  int MAX_SENTENCES = 100;

  /**
   * The largest number of sentences of passages that an answer is compared with; those of the best
   * passages come first.
   */
  int MAX_SOURCES = 1_000;

  /** Returns whether the scorer applies to an item. */
  boolean applies(Expected expected);

  /** Returns whether an answer has anything to score, whatever its item expects. */
  default boolean applies(ModelAnswer answer) {
    return true;
  }

  /** Returns in words which items the scorer applies to, as {@link Scoring#scopeInWords} does. */
  String scopeInWords();

  /**
   * Returns the score of an answer for which no text has to be embedded; empty where texts have to
   * be.
   */
  Optional<Score> scoreWithoutEmbeddings(Expected expected, ModelAnswer answer);

  Texts textsToEmbed(Expected expected, ModelAnswer answer);

  /**
   * Scores embedded texts.
   *
   * @param nearest for each text of the answer, the highest cosine with a text it is compared with
   */
  Score score(Texts texts, double[] nearest);

  /** The scorer that gives the share of an answer's sentences that are near one of the passages. */
  record Groundedness(double threshold) implements EmbeddingScoring {

    @Override
    public boolean applies(Expected expected) {
      return true;
    }

    /**
     * Returns whether the variant answered: an abstention states nothing that passages could
     * support.
     */
    @Override
    public boolean applies(ModelAnswer answer) {
      return !answer.abstained();
    }

    @Override
    public String scopeInWords() {
      return "";
    }

    @Override
    public Optional<Score> scoreWithoutEmbeddings(Expected expected, ModelAnswer answer) {
      String text = answer.givenText();
      if (text.length() > TextScoring.MAX_CHARACTERS) {
        return Optional.of(TextScoring.scoreOfTooLong(text));
      }
      List<String> sentences = SentenceSplitter.firstSentences(text, MAX_SENTENCES + 1);
      if (sentences.isEmpty()) {
        return Optional.of(Score.zero("The answer has no sentence."));
      }
      if (sentences.size() > MAX_SENTENCES) {
        return Optional.of(
            Score.zero("The answer has more than %d sentences.".formatted(MAX_SENTENCES)));
      }
      List<String> sources = passageSentences(answer);
      if (sources.isEmpty()) {
        return Optional.of(Score.zero("No passages were retrieved."));
      }
      if (!Set.copyOf(sources).containsAll(sentences)) {
        return Optional.empty();
      }
      return Optional.of(score(new Texts(sentences, sources), perfectCosines(sentences)));
    }

    /**
     * Returns a cosine of 1 for each sentence, which any encoder gives a sentence that stands in a
     * passage.
     */
    private static double[] perfectCosines(List<String> sentences) {
      return sentences.stream().mapToDouble(sentence -> 1).toArray();
    }

    @Override
    public Texts textsToEmbed(Expected expected, ModelAnswer answer) {
      return new Texts(
          SentenceSplitter.firstSentences(answer.givenText(), MAX_SENTENCES),
          passageSentences(answer));
    }

    private static List<String> passageSentences(ModelAnswer answer) {
      List<String> sources = new ArrayList<>();
      for (Passage passage : answer.passages()) {
        sources.addAll(
            SentenceSplitter.firstSentences(passage.text(), MAX_SOURCES - sources.size()));
      }
      return sources;
    }

    @Override
    public Score score(Texts texts, double[] nearest) {
      List<String> unfounded = new ArrayList<>();
      for (int i = 0; i < nearest.length; i++) {
        if (nearest[i] < threshold) {
          unfounded.add(texts.answer().get(i));
        }
      }
      int grounded = nearest.length - unfounded.size();
      return new Score(
          (double) grounded / nearest.length,
          "%d of %d sentences are near to one of the passages%s."
              .formatted(
                  grounded,
                  nearest.length,
                  unfounded.isEmpty() ? "" : "; not " + Score.quoted(unfounded.getFirst())));
    }
  }

  /**
   * The scorer that gives the cosine of an answer with the nearest expected one. A negative cosine
   * scores 0, like that of an unrelated answer.
   */
  record Similarity() implements EmbeddingScoring {

    @Override
    public boolean applies(Expected expected) {
      return !expectedTexts(expected).isEmpty();
    }

    @Override
    public String scopeInWords() {
      return "answers or references";
    }

    @Override
    public Optional<Score> scoreWithoutEmbeddings(Expected expected, ModelAnswer answer) {
      String text = answer.givenText();
      if (text.isBlank()) {
        return Optional.of(Score.zero("No answer was given."));
      }
      if (text.length() > TextScoring.MAX_CHARACTERS) {
        return Optional.of(TextScoring.scoreOfTooLong(text));
      }
      return Optional.empty();
    }

    @Override
    public Texts textsToEmbed(Expected expected, ModelAnswer answer) {
      return new Texts(List.of(answer.givenText()), expectedTexts(expected));
    }

    private static List<String> expectedTexts(Expected expected) {
      return ReferenceAnswers.answersOrReferences(expected).stream()
          .filter(text -> !text.isBlank())
          .limit(MAX_SOURCES)
          .toList();
    }

    @Override
    public Score score(Texts texts, double[] nearest) {
      double cosine = Arrays.stream(nearest).max().orElse(0);
      return new Score(
          Math.clamp(cosine, 0, 1), "The cosine with the nearest of the answers expected.");
    }
  }
}
