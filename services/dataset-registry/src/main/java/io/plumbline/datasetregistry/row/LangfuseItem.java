package io.plumbline.datasetregistry.row;

import io.plumbline.items.Expected;
import io.plumbline.items.Input;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads items of Langfuse datasets, as its public API lists them ({@code DatasetItem} in the
 * documentation of its data model): {@code input}, {@code expectedOutput} and {@code metadata}.
 * Other members become metadata.
 */
final class LangfuseItem {

  private static final String INPUT = "input";
  private static final String OUTPUT = "expectedOutput";

  private LangfuseItem() {}

  static boolean matches(ObjectNode line) {
    return line.has(OUTPUT);
  }

  static RecordSchema.Accepted readConversation(ObjectNode line, Map<String, Object> members)
      throws LineFault {
    List<String> references = ThirdPartyFields.readAnswers(line.path(OUTPUT), "references", OUTPUT);
    return read(
        ThirdPartyFields.readInput(line.path(INPUT), INPUT),
        members,
        new Expected(null, references, null, null));
  }

  static RecordSchema.Accepted readQuestion(ObjectNode line, Map<String, Object> members)
      throws LineFault {
    List<String> answers = ThirdPartyFields.readAnswers(line.path(OUTPUT), "answers", OUTPUT);
    return read(
        ThirdPartyFields.readQuestion(line.path(INPUT), QuestionSchema.QUESTION, INPUT),
        members,
        Expected.ofAnswers(answers, List.of()));
  }

  private static RecordSchema.Accepted read(
      Input input, Map<String, Object> members, Expected expected) throws LineFault {
    return new RecordSchema.Accepted(
        input, expected, LineMembers.metadata(members, Set.of(INPUT, OUTPUT)));
  }
}
