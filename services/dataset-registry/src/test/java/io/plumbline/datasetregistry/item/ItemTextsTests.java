package io.plumbline.datasetregistry.item;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.items.Input;
import io.plumbline.items.Item;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

class ItemTextsTests {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private static final Item CHAT =
      item(
          """
          {"itemId":"a1","input":{"messages":[
            {"role":"system","content":"rules"},
            {"role":"user","name":"jo","content":[{"type":"text","text":"look"},
              {"type":"image_url","image_url":{"url":"data:image/png;base64,AAAA","detail":"low"}}]},
            {"role":"assistant","refusal":"no","tool_calls":[
              {"id":"c1","type":"function","function":
                {"name":"find","arguments":"{\\"no\\":[7,{\\"at\\":\\"home\\"}],\\"on\\":true}"}},
              {"id":"c2","type":"function","function":{"name":"find","arguments":"not json"}}]},
            {"role":"tool","name":"find","tool_call_id":"c1","content":"found"}],
           "tools":[{"type":"function","function":{"name":"find","description":"finds",
             "parameters":{"properties":{"no":{"description":"its number","maximum":9}}}}}]},
           "expected":{"references":["yes"],"rubric":"kind",
             "toolCalls":[{"name":"send","arguments":{"to":"jo","number":7,"none":null}}]},
           "metadata":{"source":"web","n":1.50,"tags":["a","b"]}}
          """);

  private static Item item(String json) {
    return JSON.readValue(json, Item.class);
  }

  private static Map<String, String> visited(Item item) {
    Map<String, String> visited = new LinkedHashMap<>();
    ItemTexts.visit(item, visited::put);
    return visited;
  }

  private static Item mapped(Item item, ItemTexts.Change change) {
    return new Item(
        item.itemId(),
        ItemTexts.map(item.input(), change),
        ItemTexts.map(item.expected(), change),
        ItemTexts.map(item.metadata(), change));
  }

  @Test
  void every_text_is_visited_by_its_path_and_nothing_that_ties_a_conversation_together() {
    Map<String, String> expected = new LinkedHashMap<>();
    expected.put("input.messages[0].content", "rules");
    expected.put("input.messages[1].name", "jo");
    expected.put("input.messages[1].content[0].text", "look");
    expected.put("input.messages[1].content[1].image_url.detail", "low");
    expected.put("input.messages[2].refusal", "no");
    expected.put("input.messages[2].tool_calls[0].arguments.no[0]", "7");
    expected.put("input.messages[2].tool_calls[0].arguments.no[1].at", "home");
    expected.put("input.messages[2].tool_calls[1].arguments", "not json");
    expected.put("input.messages[3].content", "found");
    expected.put("input.tools[0].description", "finds");
    expected.put("input.tools[0].parameters.properties.no.description", "its number");
    expected.put("expected.references[0]", "yes");
    expected.put("expected.rubric", "kind");
    expected.put("expected.toolCalls[0].arguments.to", "jo");
    expected.put("expected.toolCalls[0].arguments.number", "7");
    expected.put("metadata.source", "web");
    expected.put("metadata.n", "1.50");
    expected.put("metadata.tags[0]", "a");
    expected.put("metadata.tags[1]", "b");
    assertThat(visited(CHAT)).containsExactlyEntriesOf(expected);
  }

  @Test
  void both_answers_of_a_preference_are_visited_and_changed_in_their_shape() {
    Item preference =
        item(
            """
            {"itemId":"a1","input":{"messages":[{"role":"user","content":"ask"}]},
             "expected":{"chosen":{"role":"assistant","name":"bo","content":"yes","tool_calls":[
              {"id":"c1","type":"function","function":{"name":"find","arguments":"{\\"no\\":7}"}}]},
              "rejected":{"role":"assistant","content":"no"}}}
            """);
    Map<String, String> expected = new LinkedHashMap<>();
    expected.put("text", "ask");
    expected.put("expected.chosen.name", "bo");
    expected.put("expected.chosen.content", "yes");
    expected.put("expected.chosen.tool_calls[0].arguments.no", "7");
    expected.put("expected.rejected.content", "no");

    assertThat(visited(preference)).containsExactlyEntriesOf(expected);
    assertThat(mapped(preference, (field, text) -> text)).isEqualTo(preference);
    assertThat(mapped(preference, (field, text) -> "<X>").expected())
        .isEqualTo(
            item("""
            {"itemId":"a1","input":{"messages":[{"role":"user","content":"ask"}]},
             "expected":{"chosen":{"role":"assistant","name":"<X>","content":"<X>","tool_calls":[
              {"id":"c1","type":"function","function":{"name":"find","arguments":"{\\"no\\":\\"<X>\\"}"}}]},
              "rejected":{"role":"assistant","content":"<X>"}}}
            """)
                .expected());
  }

  @Test
  void the_values_of_variables_are_visited_and_changed_in_their_shape() {
    Item given =
        item(
            """
            {"itemId":"a1","input":{"messages":[{"role":"user","content":"ask"}],
             "variables":{"tier":"gold","cart":{"items":["lamp",2],"gift":true}}}}
            """);
    Map<String, String> expected = new LinkedHashMap<>();
    expected.put("input.messages[0].content", "ask");
    expected.put("input.variables.tier", "gold");
    expected.put("input.variables.cart.items[0]", "lamp");
    expected.put("input.variables.cart.items[1]", "2");

    assertThat(visited(given)).containsExactlyEntriesOf(expected);
    assertThat(mapped(given, (field, text) -> text)).isEqualTo(given);
    assertThat(mapped(given, (field, text) -> "<X>").input())
        .isEqualTo(
            item("""
            {"itemId":"a1","input":{"messages":[{"role":"user","content":"<X>"}],
             "variables":{"tier":"<X>","cart":{"items":["<X>","<X>"],"gift":true}}}}
            """)
                .input());
  }

  @Test
  void an_item_that_is_one_text_has_the_field_text() {
    assertThat(visited(Item.ofText("a1", "hello", "ham"))).isEqualTo(Map.of("text", "hello"));
  }

  @Test
  void what_does_not_change_a_text_changes_nothing() {
    assertThat(mapped(CHAT, (field, text) -> text)).isEqualTo(CHAT);
  }

  @Test
  void a_change_keeps_the_shape() {
    Item changed =
        mapped(CHAT, (field, text) -> text.equals("7") ? "<N>" : text.toUpperCase(Locale.ROOT));

    assertThat(changed)
        .isEqualTo(
            item(
                """
                {"itemId":"a1","input":{"messages":[
                  {"role":"system","content":"RULES"},
                  {"role":"user","name":"JO","content":[{"type":"text","text":"LOOK"},
                    {"type":"image_url","image_url":{"url":"data:image/png;base64,AAAA","detail":"LOW"}}]},
                  {"role":"assistant","refusal":"NO","tool_calls":[
                    {"id":"c1","type":"function","function":
                {"name":"find","arguments":"{\\"no\\":[\\"<N>\\",{\\"at\\":\\"HOME\\"}],\\"on\\":true}"}},
                    {"id":"c2","type":"function","function":{"name":"find","arguments":"NOT JSON"}}]},
                  {"role":"tool","name":"find","tool_call_id":"c1","content":"FOUND"}],
                 "tools":[{"type":"function","function":{"name":"find","description":"FINDS",
                   "parameters":{"properties":{"no":{"description":"ITS NUMBER","maximum":9}}}}}]},
                 "expected":{"references":["YES"],"rubric":"KIND",
                   "toolCalls":[{"name":"send","arguments":{"to":"JO","number":"<N>","none":null}}]},
                 "metadata":{"source":"WEB","n":1.50,"tags":["A","B"]}}
                """));
  }

  @Test
  void the_names_in_a_path_are_short_and_can_be_stored() {
    Item item =
        new Item(
            "a1",
            Input.ofText("x"),
            null,
            Map.of("n".repeat(1_000), "long", "a\u0000b\ud800", "broken"));

    assertThat(visited(item))
        .containsEntry("metadata." + "n".repeat(40) + "…", "long")
        .containsEntry("metadata.a?b?", "broken");
  }

  @Test
  void arguments_too_deep_to_be_read_are_one_text() {
    String deep = "{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";

    assertThat(ToolArguments.parse(deep)).isEmpty();
  }
}
