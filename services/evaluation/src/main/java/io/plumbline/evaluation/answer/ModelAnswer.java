package io.plumbline.evaluation.answer;

import io.plumbline.items.PassageReference;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The answer of a variant: the message, and the details that inference adds to the completion.
 *
 * @param citations the citations of passages, in the order of the text
 * @param abstained whether the variant declares that it declined to answer
 * @param confidence the model's confidence in its answer, between 0 and 1; absent where the model
 *     gives none
 * @param passages the passages that were retrieved, the best first; empty without retrieval
 */
public record ModelAnswer(
    ModelMessage message,
    List<Citation> citations,
    boolean abstained,
    @Nullable Double confidence,
    List<Passage> passages) {

  /**
   * A place of a document that the answer cites.
   *
   * @param number the rank of the passage among those retrieved
   * @param section the headings above the cited passage, as {@link Passage#section} has them
   */
  public record Citation(int number, String passageId, String documentId, String section) {}

  /**
   * A passage that was retrieved.
   *
   * @param number 1 is the best
   * @param section the headings above the passage, the outermost first, with {@code >} between them
   */
  public record Passage(
      int number, String passageId, String documentId, String section, String text) {}

  /**
   * The largest number of passages, and of citations, that are read from one answer; a variant
   * retrieves far fewer.
   */
  public static final int MAX_PASSAGES = 200;

  public ModelAnswer {
    citations = List.copyOf(citations);
    passages =
        passages.stream()
            .sorted(Comparator.comparingInt(Passage::number))
            .limit(MAX_PASSAGES)
            .toList();
  }

  public static ModelAnswer of(ModelMessage message) {
    return new ModelAnswer(message, List.of(), false, null, List.of());
  }

  public static ModelAnswer ofText(String content) {
    return of(ModelMessage.ofText(content));
  }

  /**
   * Reads an answer from a completion.
   *
   * @param completion a completion of the OpenAI API with the extension {@code plumbline}
   * @return empty when its message has neither a text nor a call
   */
  public static Optional<ModelAnswer> ofCompletion(JsonNode completion) {
    JsonNode message = completion.at("/choices/0/message");
    JsonNode extension = completion.path("plumbline");
    return ModelMessage.of(message)
        .map(read ->
            new ModelAnswer(
                read,
                citations(message.path("annotations")),
                extension.path("abstained").asBoolean(false),
                confidence(extension.path("confidence")),
                passages(extension.path("passages"))));
  }

  private static @Nullable Double confidence(JsonNode number) {
    if (!number.isNumber()) {
      return null;
    }
    double confidence = number.asDouble();
    return confidence >= 0 && confidence <= 1 ? confidence : null;
  }

  /** Reads the citations of passages and skips annotations of a provider, as of a web search. */
  private static List<Citation> citations(JsonNode annotations) {
    List<Citation> citations = new ArrayList<>();
    for (JsonNode annotation : annotations) {
      JsonNode passage = annotation.path("passage");
      if (passage.path("documentId").isString() && citations.size() < MAX_PASSAGES) {
        citations.add(
            new Citation(
                passage.path("number").asInt(0),
                passage.path("passageId").asString(""),
                passage.path("documentId").asString(""),
                passage.path("section").asString("")));
      }
    }
    return citations;
  }

  private static List<Passage> passages(JsonNode retrieved) {
    List<Passage> passages = new ArrayList<>();
    for (JsonNode passage : retrieved) {
      passages.add(
          new Passage(
              passage.path("number").asInt(Integer.MAX_VALUE),
              passage.path("passageId").asString(""),
              passage.path("documentId").asString(""),
              passage.path("section").asString(""),
              passage.path("text").asString("")));
    }
    return passages;
  }

  /** Returns the numbers of the passages that any of the references names, the best first. */
  public List<Integer> relevantPassageNumbers(List<PassageReference> references) {
    return passages.stream()
        .filter(passage ->
            references.stream().anyMatch(reference -> PassageMatcher.matches(passage, reference)))
        .map(Passage::number)
        .toList();
  }

  /** Returns the text of the answer; empty where there is none, and where the variant abstained. */
  public String givenText() {
    if (abstained) {
      return "";
    }
    return Objects.requireNonNullElse(message.content(), "");
  }
}
