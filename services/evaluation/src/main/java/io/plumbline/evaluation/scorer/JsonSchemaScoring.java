package io.plumbline.evaluation.scorer;

import io.plumbline.evaluation.answer.Score;
import io.plumbline.items.Expected;
import io.plumbline.prompttemplate.content.AnswerSchema;

/** The scorer that checks whether the text is JSON that follows a schema. */
record JsonSchemaScoring(AnswerSchema schema) implements TextScoring {

  @Override
  public Score score(Expected expected, String text) {
    return schema
        .violation(text)
        .map(violation -> Score.zero("The answer breaks the schema: " + violation + "."))
        .orElseGet(() -> Score.full("The answer follows the schema."));
  }
}
