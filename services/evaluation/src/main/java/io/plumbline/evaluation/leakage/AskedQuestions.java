package io.plumbline.evaluation.leakage;

import io.plumbline.items.Expected;
import io.plumbline.items.Input;
import io.plumbline.items.Item;
import io.plumbline.platform.similarity.NormalText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The questions of items with what answers them, to be looked for in documents, as whole words
 * after normalisation. A question is the last message of the user.
 */
final class AskedQuestions {

  /** Words of a question by which it is found; the rest is compared where these occur. */
  private static final int LEAD = 3;

  private record Question(String itemId, String text) {}

  private final Map<String, List<Question>> byLead = new HashMap<>();
  private final Map<String, List<String>> answers = new HashMap<>();

  void add(Item item) {
    List<String> texts =
        Stream.concat(answers(item.expected()).stream(), item.label().stream())
            .map(AskedQuestions::words)
            .filter(text -> !text.isBlank())
            .toList();
    String question = words(question(item.input()));
    if (!texts.isEmpty() && !question.isBlank()) {
      answers.put(item.itemId(), texts);
      byLead
          .computeIfAbsent(lead(question, 1, LEAD), lead -> new ArrayList<>())
          .add(new Question(item.itemId(), question));
    }
  }

  private static List<String> answers(Expected expected) {
    List<String> answers = expected.answers();
    return answers == null ? expected.references() : answers;
  }

  private static String question(Input input) {
    return input.messages().reversed().stream()
        .filter(message -> message.path("role").asString("").equals("user"))
        .map(message -> message.path("content").asString(""))
        .findFirst()
        .orElseGet(input::text);
  }

  /** With a space at both ends, so that what is found in it are whole words. */
  private static String words(String text) {
    return " " + NormalText.of(text).value() + " ";
  }

  /**
   * So many words from a place behind a space on, with the space behind them; fewer at the end of a
   * short text.
   */
  private static String lead(String words, int from, int most) {
    int to = from;
    for (int count = 0; count < most && to < words.length(); count++) {
      to = words.indexOf(' ', to) + 1;
    }
    return words.substring(from, to);
  }

  /** What a document says of the questions. */
  final class Document {

    private final String words;

    private Document(String words) {
      this.words = words;
    }

    /** The items whose question it has word by word, with one of their answers. */
    Set<String> answered() {
      Set<String> answered = new HashSet<>();
      for (int from = 1; from > 0 && from < words.length(); from = words.indexOf(' ', from) + 1) {
        for (int length = 1; length <= LEAD; length++) {
          for (Question question : byLead.getOrDefault(lead(words, from, length), List.of())) {
            if (words.startsWith(question.text(), from - 1) && answers(question.itemId())) {
              answered.add(question.itemId());
            }
          }
        }
      }
      return answered;
    }

    /** Whether it has one of an item's answers. */
    boolean answers(String itemId) {
      return answers.getOrDefault(itemId, List.of()).stream().anyMatch(words::contains);
    }
  }

  Document in(NormalText document) {
    return new Document(" " + document.value() + " ");
  }
}
