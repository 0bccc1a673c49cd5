package io.plumbline.evaluation.run;

import io.plumbline.contracts.Digest;
import io.plumbline.evaluation.suite.Suite;
import io.plumbline.evaluation.suite.SuiteItem;
import io.plumbline.items.Expected;
import io.plumbline.items.Input;
import io.plumbline.items.Item;
import io.plumbline.platform.digest.CanonicalJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One request to inference (OpenAI chat completions).
 *
 * @param input the input that is sent
 * @param expected the expected answer
 * @param digest the digest of the body, which names the subject. It is the key for reusing answers
 *     of a variant, since the name of a variant is its digest
 */
record Question(
    SuiteItem item, Input input, Expected expected, Map<String, Object> body, Digest digest) {

  /** Returns whether a variant is asked, and not a bare model. */
  boolean isForVariant() {
    return String.valueOf(body.get("model")).startsWith(Run.VARIANT);
  }

  /**
   * Returns the question for an item. A variant has its own prompt, response format and parameters.
   * It gets the variables of the item, and inference names those that the prompt does not know. A
   * bare model gets the labels as its response format, where the suite has labels. It keeps its
   * default sampling, since not every server takes a temperature or a seed.
   */
  static Question of(SuiteItem item, Item asked, Run run, Suite suite) {
    Input input = asked.input().withQuestion(item.perturbation()::apply);
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("model", run.model());
    if (!input.messages().isEmpty()) {
      body.put("messages", input.messages());
    }
    if (!input.variables().isEmpty()) {
      body.put("plumbline_variables", input.variables());
    }
    if (!input.tools().isEmpty()) {
      body.put("tools", input.tools());
    }
    if (!run.isOfVariant() && suite.isLabelled()) {
      body.put("response_format", labelResponseFormat(suite.labels()));
    }
    return new Question(item, input, asked.expected(), body, CanonicalJson.digest(body));
  }

  private static Map<String, Object> labelResponseFormat(List<String> labels) {
    Map<String, Object> schema =
        Map.of(
            "type",
            "object",
            "properties",
            Map.of("label", Map.of("type", "string", "enum", labels)),
            "required",
            List.of("label"),
            "additionalProperties",
            false);
    return Map.of(
        "type",
        "json_schema",
        "json_schema",
        Map.of("name", "answer", "strict", true, "schema", schema));
  }
}
