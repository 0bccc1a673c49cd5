package io.plumbline.inference.answer;

import io.plumbline.inference.abstention.Abstention;
import io.plumbline.inference.trace.TraceSteps;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Marks answers as abstentions or not, and replaces an answer in which the model is not confident
 * enough with the variant's declared one.
 */
public final class AbstentionPolicy {

  private AbstentionPolicy() {}

  /**
   * Marks whether an answer is an abstention: it is one if all of its choices are. Models that
   * report a confidence give one choice.
   *
   * @param abstention the abstention of the variant; absent where it always answers
   * @param body the answer of the model, which is changed
   * @param steps the steps of the call's trace
   */
  public static void applyToAnswer(
      @Nullable Abstention abstention, ObjectNode body, TraceSteps steps) {
    if (abstention == null) {
      return;
    }
    long from = System.nanoTime();
    Double confidence = AnswerExtension.confidence(body);
    boolean abstains =
        body.path("choices")
            .valueStream()
            .allMatch(each ->
                abstention.appliesTo(
                    confidence, each.path("message").path("content").asString("")));
    if (abstains && abstention.threshold() != null) {
      ObjectNode choice = (ObjectNode) body.path("choices").path(0);
      ((ObjectNode) choice.path("message")).put("content", abstention.answer());
      // The log-probabilities belong to the answer that was replaced.
      choice.putNull("logprobs");
    }
    AnswerExtension.writeAbstained(body, abstains);
    Map<String, String> details = new TreeMap<>();
    details.put("abstained", Boolean.toString(abstains));
    if (confidence != null) {
      details.put("confidence", String.format(Locale.ROOT, "%.4f", confidence));
    }
    steps.record(TraceSteps.Kind.CHECK, from, details);
  }
}
