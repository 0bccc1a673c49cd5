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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/**
 * The keyword {@code propertyNames} (JSON Schema 2020-12, Core 10.3.2.4). The library writes the
 * message of each name that does not match and keeps all of them; here they are errors like any
 * other, of which {@link BoundedValidation} keeps the first.
 */
final class PropertyNames extends AbstractKeyword {

  PropertyNames() {
    super("propertyNames");
  }

  @Override
  public KeywordValidator newValidator(
      SchemaLocation place, JsonNode value, Schema parent, SchemaContext context) {
    return new Check(this, place, value, parent, context);
  }

  private static final class Check extends BaseKeywordValidator {

    private final Schema names;

    private Check(
        Keyword keyword,
        SchemaLocation place,
        JsonNode value,
        Schema parent,
        SchemaContext context) {
      super(keyword, value, place, parent, context);
      this.names = context.newSchema(place, value, parent);
    }

    @Override
    public void validate(
        ExecutionContext execution, JsonNode node, JsonNode root, NodePath location) {
      for (String name : node.propertyNames()) {
        names.validate(execution, StringNode.valueOf(name), root, location.append(name));
      }
    }

    @Override
    public void preloadSchema() {
      names.initializeValidators();
    }
  }
}
