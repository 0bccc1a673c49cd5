package io.plumbline.prompttemplate.schema;

import com.networknt.schema.ExecutionContext;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaContext;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.keyword.AbstractKeyword;
import com.networknt.schema.keyword.BaseKeywordValidator;
import com.networknt.schema.keyword.Keyword;
import com.networknt.schema.keyword.KeywordValidator;
import com.networknt.schema.path.NodePath;
import java.math.BigDecimal;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * The keyword {@code uniqueItems} (JSON Schema 2020-12, Validation 6.4.3) over sorted texts. The
 * library compares by hash, and items that were chosen to have the same hash take it quadratic
 * time.
 */
final class UniqueItems extends AbstractKeyword {

  UniqueItems() {
    super("uniqueItems");
  }

  @Override
  public KeywordValidator newValidator(
      SchemaLocation place, JsonNode value, Schema parent, SchemaContext context) {
    return new Check(this, place, value, parent, context);
  }

  private static final class Check extends BaseKeywordValidator {

    private Check(
        Keyword keyword,
        SchemaLocation place,
        JsonNode value,
        Schema parent,
        SchemaContext context) {
      super(keyword, value, place, parent, context);
    }

    @Override
    public void validate(
        ExecutionContext execution, JsonNode node, JsonNode root, NodePath location) {
      if (!schemaNode.asBoolean(false) || !node.isArray()) {
        return;
      }
      Set<String> seen = new TreeSet<>();
      for (JsonNode item : node) {
        if (!seen.add(comparable(item))) {
          execution.addError(
              error()
                  .instanceNode(node)
                  .instanceLocation(location)
                  .evaluationPath(execution.getEvaluationPath())
                  .locale(execution.getExecutionConfig().getLocale())
                  .build());
          return;
        }
      }
    }
  }

  /** Returns a text that two values share when JSON Schema regards them as equal. */
  static String comparable(JsonNode value) {
    StringBuilder text = new StringBuilder();
    append(value, text);
    return text.toString();
  }

  private static void append(JsonNode value, StringBuilder text) {
    switch (value.getNodeType()) {
      case OBJECT -> {
        TreeMap<String, JsonNode> sorted = new TreeMap<>();
        value.forEachEntry(sorted::put);
        text.append('{');
        sorted.forEach((name, inner) -> {
          text.append(name.length()).append(':').append(name);
          append(inner, text);
        });
        text.append('}');
      }
      case ARRAY -> {
        text.append('[');
        value.forEach(item -> append(item, text));
        text.append(']');
      }
      case STRING -> {
        String string = value.stringValue();
        text.append('"').append(string.length()).append(':').append(string);
      }
      case NUMBER -> {
        // A number beyond the range of a double is read as infinite.
        String number =
            value
                .decimalValueOpt()
                .map(BigDecimal::stripTrailingZeros)
                .map(BigDecimal::toString)
                .orElseGet(value::asString);
        text.append('#').append(number).append(';');
      }
      case BOOLEAN, NULL, MISSING, BINARY, POJO -> text.append(value).append(';');
    }
  }
}
