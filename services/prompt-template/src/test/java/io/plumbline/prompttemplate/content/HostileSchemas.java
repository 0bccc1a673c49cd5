package io.plumbline.prompttemplate.content;

import io.plumbline.prompttemplate.schema.BoundedSchema;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Schemas and values of about 100 KB that anybody who may preview a prompt can send, and that once
 * took the memory or the time of a process. Run as a program it reads all of them, each twice at
 * once, and exits normally if its heap is large enough.
 */
final class HostileSchemas {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /**
   * A schema and a value.
   *
   * @param schema JSON
   * @param value JSON
   */
  record Pair(String schema, String value) {}

  private HostileSchemas() {}

  /** Returns the pairs by what is hostile about them. */
  static Map<String, Pair> table() {
    Map<String, Pair> table = new LinkedHashMap<>();
    List<String> colliding = colliding(12);
    table.put("subschemas that are none", pair("{'allOf':[%s]}".formatted(many(49_000, "0")), "1"));
    table.put(
        "as many subschemas that are none as a schema may have",
        pair("{'allOf':[%s]}".formatted(many(4_990, "0")), "1"));
    table.put(
        "properties that are no schemas",
        pair("{'properties':{%s}}".formatted(each(9_000, i -> "'p%d':0".formatted(i))), "1"));
    table.put(
        "a hundred errors for each item",
        pair(
            "{'items':{'allOf':[%s]}}".formatted(many(100, "{'type':'string'}")),
            array(many(20_000, "0"))));
    table.put(
        "errors of alternatives that are dropped",
        pair(
            "{'items':{'anyOf':[%s,true]}}".formatted(many(1_000, "{'type':'string'}")),
            array(many(4_000, "0"))));
    table.put(
        "errors of alternatives that are kept",
        pair(
            "{'items':{'anyOf':[%s]}}".formatted(many(1_000, "{'anyOf':[{'type':'string'}]}")),
            array(many(900, "0"))));
    table.put(
        "alternatives that match together",
        pair("{'items':{'oneOf':[%s]}}".formatted(many(2_000, "{}")), array(many(4_000, "0"))));
    table.put(
        "unique items of one hash", pair("{'uniqueItems':true}", array(quoted(colliding, 4_096))));
    table.put(
        "required names of one hash",
        pair("{'required':%s}".formatted(array(quoted(colliding, 4_000))), "{}"));
    table.put(
        "options of one hash",
        pair(
            "{'items':{'enum':%s}}".formatted(array(quoted(colliding, 2_000))),
            array(quoted(colliding.reversed(), 2_000))));
    table.put(
        "many values without an error",
        pair(
            "{'items':{'allOf':[%s]}}".formatted(many(1_200, "{'type':'integer'}")),
            array(many(4_000, "1"))));
    table.put(
        "a schema of 20,000 values over 20,000 values",
        pair("{'items':{'allOf':[%s]}}".formatted(many(20_000, "true")), array(many(20_000, "1"))));
    table.put("alternatives within alternatives", pair(tree(4, 8), "1"));
    table.put(
        "a long schema in the message of each item",
        pair(
            "{'items':{'not':{'description':'%s'}}}".formatted("x".repeat(90_000)),
            array(many(6_000, "0"))));
    table.put(
        "a long constant in the message of each item",
        pair("{'items':{'const':%s}}".formatted(array(many(4_500, "0"))), array(many(2_000, "1"))));
    table.put(
        "a long value in the message of each constant",
        pair(
            "{'allOf':[%s]}".formatted(many(1_000, "{'const':1}")),
            "['%s']".formatted("x".repeat(90_000))));
    table.put(
        "long options in the message of each name",
        pair(
            "{'propertyNames':{'enum':['%s']}}".formatted("x".repeat(90_000)),
            "{%s}".formatted(each(6_000, i -> "'n%d':0".formatted(i)))));
    table.put(
        "required names that each of many objects misses",
        pair(
            "{'items':{'required':[%s]}}".formatted(each(4_000, i -> "'n%d'".formatted(i))),
            array(many(2_000, "{}"))));
    table.put(
        "names that are not allowed",
        pair(
            "{'additionalProperties':false}",
            "{%s}".formatted(each(9_000, i -> "'n%d':0".formatted(i)))));
    table.put(
        "names that depend on others",
        pair(
            "{'dependentRequired':{%s}}"
                .formatted(each(70, i -> "'n%d':[%s]".formatted(i, each(60, j -> "'m" + j + "'")))),
            "{%s}".formatted(each(70, i -> "'n%d':0".formatted(i)))));
    table.put(
        "notes about what was evaluated",
        pair(
            "{'items':{'unevaluatedProperties':false,'allOf':[%s]}}"
                .formatted(many(900, "{'properties':{'a':true}}")),
            array(many(1_000, "{'a':0}"))));
    table.put(
        "failures among notes about what was evaluated",
        pair(
            "{'items':{'unevaluatedProperties':false,'allOf':[%s],'anyOf':[%s]}}"
                .formatted(many(500, "{'properties':{'a':true}}"), many(900, "{'required':['b']}")),
            array(many(1_000, "{'a':0}"))));
    table.put(
        "numbers of a thousand digits",
        pair(
            "{'items':{'allOf':[%s]}}".formatted(many(1_500, "{'multipleOf':3.0000001}")),
            array(many(90, "9".repeat(1_000)))));
    table.put(
        "large numbers and small divisors",
        pair(
            "{'items':{'allOf':[%s]}}".formatted(many(1_200, "{'multipleOf':1.1e-12}")),
            array(many(3_000, "1.234567e300"))));
    table.put(
        "a divisor that has three hundred digits",
        pair("{'items':{'multipleOf':1.1e-300}}", array(many(10_000, "1.2e300"))));
    table.put(
        "numbers beyond what a double holds",
        pair(
            "{'uniqueItems':true,'items':{'multipleOf':2,'maximum':5,'enum':[1e999],'const':1e999}}",
            array(many(10_000, "1e999,-1e999"))));
    table.put(
        "values inside each other",
        pair("{'items':".repeat(20) + "{}" + "}".repeat(20), "[".repeat(400) + "]".repeat(400)));
    table.put(
        "a long name above many",
        pair(
            "{'properties':{'%s':{'properties':{%s}}}}"
                .formatted("x".repeat(45_000), each(2_000, i -> "'p%d':{'$id':{}}".formatted(i))),
            "{'%s':{%s}}".formatted("x".repeat(45_000), each(2_000, i -> "'p%d':0".formatted(i)))));
    table.put(
        "a long expression as a value",
        pair("{'format':'regex'}", "'%s'".formatted("(".repeat(90_000))));
    table.put(
        "a text that is read again by each keyword",
        pair(
            "{'allOf':[%s]}"
                .formatted(many(1_000, "{'contentMediaType':'application/json','maxLength':1}")),
            "'%s'".formatted("[".repeat(90_000))));
    table.put(
        "items that each subschema looks for",
        pair(
            "{'allOf':[%s]}".formatted(many(1_000, "{'contains':{'const':1},'minContains':2}")),
            array(many(4_000, "0"))));
    table.put("unknown keywords", pair("{%s}".formatted(each(4_900, i -> "'k" + i + "':0")), "1"));
    return table;
  }

  private static Pair pair(String schema, String value) {
    return new Pair(schema.replace('\'', '"'), value.replace('\'', '"'));
  }

  private static String array(String items) {
    return "[" + items + "]";
  }

  private static String many(int count, String text) {
    return String.join(",", Collections.nCopies(count, text));
  }

  private static String each(int count, IntFunction<String> text) {
    return IntStream.range(0, count).mapToObj(text).collect(Collectors.joining(","));
  }

  private static String quoted(List<String> texts, int count) {
    return texts.stream().limit(count).map("'%s'"::formatted).collect(Collectors.joining(","));
  }

  /** Returns a tree of alternatives, none of which a number matches. */
  private static String tree(int depth, int width) {
    if (depth == 0) {
      return "{'type':'string'}";
    }
    return "{'anyOf':[%s]}".formatted(many(width, tree(depth - 1, width)));
  }

  /** Returns texts of the same hash code: "Aa" and "BB" have one, and so has any row of them. */
  private static List<String> colliding(int blocks) {
    List<String> texts = List.of("");
    for (int i = 0; i < blocks; i++) {
      List<String> longer = new ArrayList<>();
      for (String text : texts) {
        longer.add(text + "Aa");
        longer.add(text + "BB");
      }
      texts = longer;
    }
    return texts;
  }

  /** Does what a preview and a check of an answer do with a schema and a value. */
  static List<Violation> read(Pair pair) {
    JsonNode schema = JSON.readTree(pair.schema());
    List<Violation> flaws = Schemas.schemaViolations(schema, "");
    if (!flaws.isEmpty()) {
      return flaws;
    }
    return Schemas.violations(
        BoundedSchema.compile(schema).mismatches(JSON.readTree(pair.value())), "");
  }

  /** Reads schemas whose keywords nobody knows, of other names each time. */
  private static void readUnknownKeywords() {
    for (int i = 0; i < 100; i++) {
      ObjectNode schema = JSON.createObjectNode();
      for (int j = 0; j < 4_900; j++) {
        schema.put("unknown keyword %d of schema %d".formatted(j, i), 0);
      }
      BoundedSchema.compile(schema);
    }
  }

  /** Reads all, each twice at once. */
  public static void main(String[] arguments) throws InterruptedException, ExecutionException {
    try (ExecutorService twice = Executors.newFixedThreadPool(2)) {
      for (Pair pair : table().values()) {
        Future<?> other = twice.submit(() -> read(pair));
        read(pair);
        other.get();
      }
    }
    readUnknownKeywords();
  }
}
