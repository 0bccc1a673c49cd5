package io.plumbline.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Questions with an individual word in each, since attempts are counted by the content of test
 * items. The word stands in the middle, where it leaves no sequence of words by which the question
 * is found again. Answers and passages stay, as the documents do.
 */
record OwnQuestions(Path questions, String word) {

  private static final JsonMapper JSON = JsonMapper.shared();

  /**
   * The number of words from which on one individual word in the middle would leave a question too
   * similar to the original, so that it gets two.
   */
  private static final int LONG = 11;

  private static final int LETTERS = 4;

  List<String> lines() throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line : Files.readAllLines(questions)) {
      ObjectNode row = (ObjectNode) JSON.readTree(line);
      row.put("question", withOwnWord(row.path("question").asString()));
      lines.add(row.toString());
    }
    return lines;
  }

  private String withOwnWord(String question) {
    List<String> words = Arrays.asList(question.split(" "));
    int count = words.size();
    Set<Integer> places =
        question.split("[^A-Za-z0-9]+").length < LONG
            ? Set.of(count / 2)
            : Set.of(count / 3, 2 * count / 3);
    List<String> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      if (places.contains(i)) {
        all.add(word.substring(0, LETTERS));
      }
      all.add(words.get(i));
    }
    return String.join(" ", all);
  }
}
