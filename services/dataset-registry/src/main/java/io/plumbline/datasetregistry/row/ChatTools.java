package io.plumbline.datasetregistry.row;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads the tools that a conversation offers, in the shape of the OpenAI API. */
final class ChatTools {

  /** The maximum number of tools, which is that of a prompt. */
  static final int MAX_TOOLS = 128;

  private static final String EXAMPLE =
      "Write a tool as {\"type\":\"function\",\"function\":{\"name\":\"…\",\"parameters\":{…}}}";
  private static final Set<String> TOOL_FIELDS = Set.of("type", "function");
  private static final Set<String> FUNCTION_FIELDS =
      Set.of("name", "description", "parameters", "strict");

  private ChatTools() {}

  /**
   * @param tools the list of tools; may be missing
   */
  static List<ObjectNode> read(JsonNode tools, String at) throws LineFault {
    if (tools.isMissingNode() || tools.isNull()) {
      return List.of();
    }
    if (!tools.isArray()) {
      throw new LineFault(RowProblem.Code.WRONG_TYPE, at, "is not a list", EXAMPLE);
    }
    ChatFields.requireAtMost(tools.size(), MAX_TOOLS, "tools", at);
    List<ObjectNode> read = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (int i = 0; i < tools.size(); i++) {
      String tool = "%s[%d]".formatted(at, i);
      if (!(tools.get(i) instanceof ObjectNode object)
          || !object.path("type").asString("").equals("function")
          || !object.path("function").isObject()) {
        throw new LineFault(
            RowProblem.Code.WRONG_TYPE, tool, "is not a tool of the type function", EXAMPLE);
      }
      ChatFields.requireKnownMembers(object, TOOL_FIELDS, tool);
      checkFunction(object.path("function"), tool + ".function");
      if (!names.add(object.path("function").path("name").asString(""))) {
        throw new LineFault(
            RowProblem.Code.WRONG_TYPE,
            tool + ".function.name",
            "is the name of an earlier tool",
            "Give every tool a name of its own");
      }
      read.add(object);
    }
    return read;
  }

  private static void checkFunction(JsonNode function, String at) throws LineFault {
    ChatFields.requireKnownMembers(function, FUNCTION_FIELDS, at);
    ChatFields.requireToolName(function, at);
    ChatFields.requireString(function, "description", at);
    if (function.has("strict") && !function.path("strict").isBoolean()) {
      throw new LineFault(
          RowProblem.Code.WRONG_TYPE, at + ".strict", "is not a boolean", "Write true or false");
    }
    JsonNode parameters = function.path("parameters");
    if (!parameters.isMissingNode() && (!parameters.isObject() || hasInfinite(parameters))) {
      throw new LineFault(
          RowProblem.Code.WRONG_TYPE,
          at + ".parameters",
          "is not a JSON Schema whose numbers fit 64 bits",
          "Write it as {\"type\":\"object\",\"properties\":{…}}");
    }
  }

  /**
   * Returns whether a value contains a number that is infinite as a double. Item ids follow from
   * the canonical form of the input, in which numbers are doubles.
   */
  private static boolean hasInfinite(JsonNode value) {
    if (value.isNumber()) {
      return Double.isInfinite(value.decimalValue().doubleValue());
    }
    return value.valueStream().anyMatch(ChatTools::hasInfinite);
  }
}
