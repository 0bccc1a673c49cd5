package io.plumbline.platform.test.probe;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Builds bodies from their schemas: every field is present once, with a value of its type. */
public final class ExampleBodies {

  private static final int DEEPEST = 6;

  /** The place of an object inside a body. */
  public record Place(JsonPointer pointer) {
    @Override
    public String toString() {
      return pointer.toString();
    }
  }

  private final JsonNode document;
  private final String text;

  public ExampleBodies(JsonNode document) {
    this(document, "0123456789abcdef".repeat(4));
  }

  /**
   * @param text the value of every text without a format
   */
  public ExampleBodies(JsonNode document, String text) {
    this.document = document;
    this.text = text;
  }

  /**
   * Returns an example of an operation's body; a missing node for an operation without a JSON body.
   */
  public JsonNode bodyFor(JsonNode operation) {
    JsonNode schema = schemaOf(operation);
    return schema.isMissingNode() ? schema : example(schema, 0);
  }

  /**
   * Returns an operation's path in which each variable has a value of the right type that does not
   * exist.
   */
  public String pathFor(String template, JsonNode operation) {
    String path = template;
    for (JsonNode parameter : operation.path("parameters")) {
      if (parameter.path("in").asString("").equals("path")) {
        String value = example(parameter.path("schema"), 0).asString();
        path =
            path.replace(
                "{" + parameter.path("name").asString() + "}",
                URLEncoder.encode(value, StandardCharsets.UTF_8));
      }
    }
    return path;
  }

  private static JsonNode schemaOf(JsonNode operation) {
    return operation.at("/requestBody/content/application~1json/schema");
  }

  /** Returns the names of all fields anywhere in the operation's body. */
  public Set<String> fieldsOf(JsonNode operation) {
    Set<String> names = new HashSet<>();
    collect(schemaOf(operation), names, new HashSet<>());
    return names;
  }

  private void collect(JsonNode node, Set<String> names, Set<String> seen) {
    node.path("properties").propertyStream().forEach(each -> names.add(each.getKey()));
    JsonNode ref = node.path("$ref");
    if (ref.isString() && seen.add(ref.asString())) {
      collect(resolve(ref), names, seen);
    }
    node.valueStream().forEach(child -> collect(child, names, seen));
  }

  private JsonNode resolve(JsonNode ref) {
    return document.at(ref.asString().substring(1));
  }

  private JsonNode example(JsonNode schema, int depth) {
    if (schema.has("$ref")) {
      return example(resolve(schema.get("$ref")), depth + 1);
    }
    for (String choice : List.of("oneOf", "anyOf")) {
      if (schema.has(choice)) {
        return example(schema.get(choice).get(0), depth + 1);
      }
    }
    if (schema.has("const")) {
      return schema.get("const");
    }
    if (schema.has("enum")) {
      return schema.get("enum").get(0);
    }
    JsonMapper json = JsonMapper.shared();
    return switch (typeOf(schema)) {
      case "string" -> json.valueToTree(textFor(schema));
      case "integer", "number" -> json.valueToTree(Math.max(1, schema.path("minimum").asInt(1)));
      case "boolean" -> json.valueToTree(true);
      case "array" -> {
        ArrayNode array = json.createArrayNode();
        if (depth < DEEPEST) {
          array.add(example(schema.path("items"), depth + 1));
        }
        yield array;
      }
      default -> {
        ObjectNode object = json.createObjectNode();
        if (depth < DEEPEST) {
          schema
              .path("properties")
              .propertyStream()
              .forEach(each -> object.set(each.getKey(), example(each.getValue(), depth + 1)));
          if (object.has("currency")) {
            object.put("currency", "USD");
          }
        }
        yield object;
      }
    };
  }

  private static String typeOf(JsonNode schema) {
    JsonNode type = schema.path("type");
    return type.isArray() ? type.get(0).asString() : type.asString("object");
  }

  private String textFor(JsonNode schema) {
    return switch (schema.path("format").asString("")) {
      case "decimal" -> "1.50";
      case "uuid" -> "0190a000-0000-7000-8000-00000000000f";
      case "date" -> "2030-01-01";
      case "date-time" -> "2030-01-01T00:00:00Z";
      case "uri" -> "https://example.com/";
      default -> text;
    };
  }

  /** Returns the places of the body itself and of every object in it that has fields of its own. */
  public static List<Place> findObjectPlaces(ObjectNode body) {
    List<Place> places = new ArrayList<>();
    collect(body, JsonPointer.empty(), places);
    return places;
  }

  private static void collect(JsonNode node, JsonPointer at, List<Place> into) {
    if (node instanceof ObjectNode object && (!object.isEmpty() || at.matches())) {
      into.add(new Place(at));
      object
          .propertyStream()
          .forEach(each -> collect(each.getValue(), at.appendProperty(each.getKey()), into));
    }
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      collect(node.get(i), at.appendIndex(i), into);
    }
  }

  /**
   * Returns a copy of a body with a field added. The field stands before all others, so that
   * nothing else is refused first.
   */
  public static JsonNode with(ObjectNode body, Place place, String field) {
    return with(body, place.pointer(), field);
  }

  private static JsonNode with(JsonNode node, JsonPointer to, String field) {
    if (node instanceof ArrayNode array) {
      return JsonMapper.shared()
          .createArrayNode()
          .add(with(array.get(to.getMatchingIndex()), to.tail(), field));
    }
    ObjectNode object = JsonMapper.shared().createObjectNode();
    if (to.matches()) {
      object.put(field, "x");
    } else {
      String child = to.getMatchingProperty();
      object.set(child, with(node.get(child), to.tail(), field));
    }
    node.propertyStream()
        .filter(each -> !object.has(each.getKey()))
        .forEach(each -> object.set(each.getKey(), each.getValue()));
    return object;
  }
}
