package io.plumbline.prompttemplate.content;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/** The model parameters that a version may set, with the names and bounds of the OpenAI API. */
final class ParameterRules {

  private record Rule(String expectation, Predicate<JsonNode> accepts) {}

  private static final Map<String, Rule> RULES =
      Map.ofEntries(
          Map.entry("model", new Rule("the name of a model", JsonNode::isString)),
          Map.entry("temperature", number(0, 2)),
          Map.entry("top_p", number(0, 1)),
          Map.entry("max_tokens", positive()),
          Map.entry("max_completion_tokens", positive()),
          Map.entry("seed", new Rule("a whole number", JsonNode::isIntegralNumber)),
          Map.entry("frequency_penalty", number(-2, 2)),
          Map.entry("presence_penalty", number(-2, 2)),
          Map.entry("stop", new Rule("a string or up to four strings", ParameterRules::stop)),
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
              new Rule("a string or an object", value -> value.isString() || value.isObject())));

  private ParameterRules() {}

  static List<Violation> check(JsonNode parameters) {
    List<Violation> violations =
        parameters
            .propertyStream()
            .flatMap(parameter -> check(parameter.getKey(), parameter.getValue()).stream())
            .toList();
    return violations.isEmpty() ? ToolRules.check(parameters) : violations;
  }

  private static List<Violation> check(String name, JsonNode value) {
    Rule rule = RULES.get(name);
    if (rule == null) {
      return List.of(
          new Violation(
              "/parameters" + JsonPointer.empty().appendProperty(name),
              "is not a parameter of the OpenAI API; use one of "
                  + String.join(", ", RULES.keySet().stream().sorted().toList())));
    }
    return rule.accepts().test(value)
        ? List.of()
        : List.of(new Violation("/parameters/" + name, "must be " + rule.expectation()));
  }

  private static Rule number(double low, double high) {
    return new Rule(
        "a number from %s to %s".formatted(low, high),
        value -> value.isNumber() && within(value, low, high));
  }

  private static Rule positive() {
    return new Rule(
        "a whole number of at least 1",
        value -> value.isIntegralNumber() && within(value, 1, Integer.MAX_VALUE));
  }

  private static boolean within(JsonNode value, double low, double high) {
    return value.asDouble() >= low && value.asDouble() <= high;
  }

  private static boolean stop(JsonNode value) {
    return value.isString()
        || (value.isArray()
            && value.size() <= 4
            && value.valueStream().allMatch(JsonNode::isString));
  }
}
