package io.plumbline.datasetregistry.row;

import io.plumbline.items.Input;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the values that a line gives for the variables of a prompt. They are in {@code
 * input.variables}, in a member {@code variables} of the line, or in {@code plumbline_variables},
 * as in a call. In a CSV file each variable has its column, named {@code variables.<name>}.
 */
public final class RowVariables {

  /** The member of an input or line; followed by a dot, the prefix of the names of columns. */
  public static final String NAME = "variables";

  static final String CALL_NAME = "plumbline_variables";
  static final int MAX_VARIABLES = 100;

  /** The longest name of a variable, in characters. */
  static final int MAX_NAME = 100;

  private static final String COLUMN = NAME + ".";
  private static final String EXAMPLE = "Write it as {\"tier\":\"gold\"}";

  private RowVariables() {}

  /** Returns the name of the column that holds a variable. */
  public static String columnName(String variable) {
    return COLUMN + variable;
  }

  /**
   * Removes the members and columns that are variables from a line. An empty cell gives no value.
   *
   * @return the variables; empty if the line has none beside its input
   */
  static ObjectNode extractVariables(ObjectNode line, Map<String, Object> members)
      throws LineFault {
    ObjectNode variables = JsonNodeFactory.instance.objectNode();
    for (String name : List.of(NAME, CALL_NAME)) {
      if (line.has(name)) {
        if (!variables.isEmpty()) {
          throw combinedFault(CALL_NAME, NAME);
        }
        variables = read(line.path(name), name);
        line.remove(name);
        members.remove(name);
      }
    }
    return extractVariableColumns(line, members, variables);
  }

  private static ObjectNode extractVariableColumns(
      ObjectNode line, Map<String, Object> members, ObjectNode variables) throws LineFault {
    List<String> columns = new ArrayList<>();
    for (String name : line.propertyNames()) {
      if (name.startsWith(COLUMN)) {
        columns.add(name);
      }
    }
    if (columns.isEmpty()) {
      return variables;
    }
    if (!variables.isEmpty()) {
      throw combinedFault(ChatFields.shownName(columns.getFirst()), NAME);
    }
    ObjectNode read = JsonNodeFactory.instance.objectNode();
    for (String column : columns) {
      JsonNode value = line.remove(column);
      members.remove(column);
      if (!value.isString() || !value.asString().isEmpty()) {
        read.set(column.substring(COLUMN.length()), value);
      }
    }
    return read(read, NAME);
  }

  /**
   * Reads the values.
   *
   * @param at the field that holds them
   */
  static ObjectNode read(JsonNode variables, String at) throws LineFault {
    if (variables.isMissingNode()) {
      return JsonNodeFactory.instance.objectNode();
    }
    if (!(variables instanceof ObjectNode values)) {
      throw new LineFault(
          RowProblem.Code.WRONG_TYPE,
          at,
          "is not an object",
          EXAMPLE + ", or give the member another name where it means something else");
    }
    ChatFields.requireAtMost(values.size(), MAX_VARIABLES, "variables", at);
    for (String name : values.propertyNames()) {
      if (name.isBlank() || name.length() > MAX_NAME) {
        throw new LineFault(
            RowProblem.Code.WRONG_TYPE,
            at + "." + ChatFields.shownName(name),
            "is not the name of a variable",
            "Name it as the prompt does, in 1 to %d characters".formatted(MAX_NAME));
      }
    }
    return values;
  }

  /** Returns a row together with the variables that its line had outside the input. */
  static RecordSchema.Accepted withVariables(RecordSchema.Accepted row, ObjectNode variables)
      throws LineFault {
    if (variables.isEmpty()) {
      return row;
    }
    if (!row.input().variables().isEmpty()) {
      throw combinedFault(NAME, "input." + NAME);
    }
    return new RecordSchema.Accepted(
        row.input().withVariables(variables), row.expected(), row.metadata());
  }

  /** Returns an input that has these variables and no messages. */
  static Input inputOf(ObjectNode variables) {
    return new Input(null, null, variables, null);
  }

  /** Rejects variables, for kinds of datasets whose items are not rendered with a prompt. */
  static void requireNone(Map<String, Object> members) throws LineFault {
    for (String name : List.of(NAME, CALL_NAME)) {
      if (members.get(name) instanceof Map<?, ?>) {
        throw new LineFault(
            RowProblem.Code.WRONG_TYPE,
            name,
            "is for datasets of the kinds CLASSIFICATION, CHAT and QUESTION_ANSWER",
            "Omit it, or put it into metadata");
      }
    }
  }

  /** Returns whether any member or column holds variables. */
  static boolean containsVariables(Map<String, Object> members) {
    return members.keySet().stream()
        .anyMatch(name -> name.equals(NAME) || name.equals(CALL_NAME) || name.startsWith(COLUMN));
  }

  /** Returns a copy of the members of a line, from which members can be removed. */
  static Map<String, Object> mutableCopy(Map<String, Object> members) {
    return new LinkedHashMap<>(members);
  }

  private static LineFault combinedFault(String one, String other) {
    return new LineFault(
        RowProblem.Code.WRONG_TYPE, one, "cannot be combined with " + other, "Keep one of the two");
  }
}
