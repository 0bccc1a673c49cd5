package io.plumbline.demo.helpdesk;

import io.plumbline.demo.api.StepFailed;
import io.plumbline.demo.step.DemoSize;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The questions of the demo, written for it, each with its answers and where they stand. */
final class Questions {

  private static final String FILE = "/help-desk/questions.jsonl";

  private Questions() {}

  /**
   * Returns the lines of the file: question, answers, passages, subset; {@code frequent} where the
   * prompt with frequent questions is meant to answer it; {@code near} where a question of the test
   * that the pages do not answer is about npm or another tool for JavaScript packages.
   */
  static List<ObjectNode> all() {
    try (InputStream file = Questions.class.getResourceAsStream(FILE)) {
      if (file == null) {
        throw new StepFailed("The demo was built without its questions, " + FILE);
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> (ObjectNode) JsonMapper.shared().readTree(line))
          .toList();
    } catch (IOException e) {
      throw new StepFailed("The questions of the demo cannot be read: " + e.getMessage());
    }
  }

  /**
   * Returns the questions of the demo's size. The small one has those that its pages answer, and
   * all that no page answers.
   */
  static List<ObjectNode> of(DemoSize size) {
    return switch (size) {
      case FULL -> all();
      case SMALL -> all().stream().filter(Questions::isInSmallDemo).toList();
    };
  }

  private static boolean isInSmallDemo(ObjectNode question) {
    return question
        .path("passages")
        .valueStream()
        .allMatch(passage -> Documentation.isInSmallDemo(passage.path("documentId").asString()));
  }

  /** Returns the questions as JSON Lines, the form of the upload. */
  static byte[] jsonLines(List<ObjectNode> questions) {
    StringBuilder lines = new StringBuilder();
    for (ObjectNode question : questions) {
      ObjectNode line = JsonMapper.shared().createObjectNode();
      line.set("question", question.path("question"));
      line.set("expected", question.deepCopy().retain("answers", "passages"));
      line.set("subset", question.path("subset"));
      lines.append(line).append('\n');
    }
    return lines.toString().getBytes(StandardCharsets.UTF_8);
  }
}
