package io.plumbline.prompttemplate.content;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/**
 * The model parameters that a version may set, with the names and bounds of the OpenAI API,
 * together with those that servers of open models such as vLLM add. A provider itself rejects a
 * parameter that it does not support, by name, when the version is tried.
 */
final class ParameterRules {

  private record Rule(String expectation, Predicate<JsonNode> accepts) {}

  private static final Map<String, Rule> RULES =
      Map.ofEntries(
          Map.entry("temperature", numberRule(0, 2)),
          Map.entry("top_p", numberRule(0, 1)),
          Map.entry("max_tokens", positiveRule()),
          Map.entry("max_completion_tokens", positiveRule()),
          Map.entry("seed", new Rule("a whole number", JsonNode::isIntegralNumber)),
          Map.entry("frequency_penalty", numberRule(-2, 2)),
          Map.entry("reasoning_effort", new Rule("a word such as low", JsonNode::isString)),
          Map.entry("presence_penalty", numberRule(-2, 2)),
          Map.entry(
              "stop", new Rule("a string or up to four strings", ParameterRules::isStopSequence)),
          Map.entry("logprobs", new Rule("true or false", JsonNode::isBoolean)),
          Map.entry(
              "top_logprobs",
              new Rule(
                  "a whole number from 0 to 20",
                  value -> value.isIntegralNumber() && within(value, 0, 20))),
          Map.entry("tools", new Rule("a list of tools", JsonNode::isArray)),
          Map.entry("parallel_tool_calls", new Rule("true or false", JsonNode::isBoolean)),
          Map.entry(
              "tool_choice",
              new Rule("a string or an object", value -> value.isString() || value.isObject())),
          // These are the extra parameters of
          // https://docs.vllm.ai/en/latest/serving/openai_compatible_server/.
          Map.entry(
              "top_k",
              new Rule(
                  "a whole number of at least 1, or -1 for all tokens",
                  value ->
                      value.isIntegralNumber()
                          && (value.asDouble() == -1 || within(value, 1, Integer.MAX_VALUE)))),
          Map.entry("min_p", numberRule(0, 1)),
          Map.entry(
              "repetition_penalty",
              new Rule(
                  "a number above 0 and at most 2",
                  value -> value.isNumber() && value.asDouble() > 0 && value.asDouble() <= 2)),
          Map.entry("chat_template_kwargs", new Rule("an object", JsonNode::isObject)),
          Map.entry("structured_outputs", new Rule("an object", JsonNode::isObject)));

  private ParameterRules() {}

  static List<Violation> check(JsonNode parameters) {
    List<Violation> violations =
        parameters
            .propertyStream()
            .flatMap(parameter -> check(parameter.getKey(), parameter.getValue()).stream())
            .toList();
    if (violations.isEmpty()) {
      return ToolRules.check(parameters);
    }
    return violations;
  }

  private static List<Violation> check(String name, JsonNode value) {
    if (name.equals("model")) {
      return List.of(
          new Violation(
              "/parameters/model",
              "is not decided by a prompt: omit it, and name the model in the variant that has the"
                  + " prompt"));
    }
    Rule rule = RULES.get(name);
    if (rule == null) {
      return List.of(
          new Violation(
              "/parameters" + JsonPointer.empty().appendProperty(name),
              "is not a known parameter of a model; use one of "
                  + String.join(", ", RULES.keySet().stream().sorted().toList())));
    }
    if (rule.accepts().test(value)) {
      return List.of();
    }
    return List.of(new Violation("/parameters/" + name, "must be " + rule.expectation()));
  }

  private static Rule numberRule(double low, double high) {
    return new Rule(
        "a number from %s to %s".formatted(low, high),
        value -> value.isNumber() && within(value, low, high));
  }

  private static Rule positiveRule() {
    return new Rule(
        "a whole number of at least 1",
        value -> value.isIntegralNumber() && within(value, 1, Integer.MAX_VALUE));
  }

  private static boolean within(JsonNode value, double low, double high) {
    return value.asDouble() >= low && value.asDouble() <= high;
  }

  private static boolean isStopSequence(JsonNode value) {
    return value.isString()
        || (value.isArray()
            && value.size() <= 4
            && value.valueStream().allMatch(JsonNode::isString));
  }
}
