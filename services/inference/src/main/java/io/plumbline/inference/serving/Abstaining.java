package io.plumbline.inference.serving;

import io.plumbline.inference.answer.AnswerExtension;
import io.plumbline.inference.trace.Steps;
import io.plumbline.inference.variant.Abstention;
import io.plumbline.inference.variant.Variant;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/** Gives the declared answer of a variant in place of one that its model is not sure enough of. */
final class Abstaining {

  private Abstaining() {}

  /**
   * Of a variant with an abstention, the answer says whether it is one. Models that say how sure
   * they are give one choice.
   *
   * @param completion of the model, whose body is changed
   */
  static void apply(Call call, Completion completion) {
    Variant variant = call.target().variant();
    Abstention abstention = variant == null ? null : variant.abstention();
    if (abstention == null) {
      return;
    }
    long from = System.nanoTime();
    ObjectNode body = completion.body();
    Double confidence = AnswerExtension.confidence(body);
    ObjectNode choice = (ObjectNode) body.path("choices").path(0);
    ObjectNode message = (ObjectNode) choice.path("message");
    boolean abstains = abstention.applies(confidence, message.path("content").asString(""));
    if (abstains) {
      message.put("content", abstention.answer());
      // They are those of the answer that is not given.
      choice.putNull("logprobs");
    }
    AnswerExtension.abstained(body, abstains);
    Map<String, String> details = new TreeMap<>();
    details.put("abstained", Boolean.toString(abstains));
    if (confidence != null) {
      details.put("confidence", String.format(Locale.ROOT, "%.4f", confidence));
    }
    call.steps().took(Steps.Kind.CHECK, from, details);
  }
}
