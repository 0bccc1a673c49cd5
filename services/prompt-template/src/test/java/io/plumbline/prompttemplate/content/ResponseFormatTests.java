package io.plumbline.prompttemplate.content;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class ResponseFormatTests {

  @Test
  void a_response_format_is_accepted_wrapped_and_plain() {
    ObjectNode schema = json("{'type':'object','properties':{'label':{'enum':['a','b']}}}");

    assertThat(ResponseFormat.schema(ResponseFormat.wrap(schema))).isEqualTo(schema);
    assertThat(ResponseFormat.schema(schema)).isEqualTo(schema);
    assertThat(ResponseFormat.schema(null)).isNull();
    assertThat(ResponseFormat.enumOptions(schema)).containsExactly("a", "b");
    assertThat(
            ResponseFormat.enumOptions(
                json("{'properties':{'label':{'oneOf':[{'const':'a'},{'const':'b'}]}}}")))
        .containsExactly("a", "b");
    assertThat(ResponseFormat.enumOptions(json("{'properties':{'text':{}}}"))).isEmpty();
  }

  @Test
  void a_wrapped_format_is_sent_as_its_author_wrote_it() {
    ObjectNode format =
        json(
            "{'type':'json_schema','json_schema':{'name':'verdict','description':'A judgement.',"
                + "'schema':{'type':'object'}}}");

    assertThat(ResponseFormat.wrap(format)).isSameAs(format);
    assertThat(ResponseFormat.violations(format, "/responseFormat")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      textBlock =
          """
          {'type':'json_schema'}; /json_schema
          {'type':'json_schema','json_schema':{'schema':{}}}; /json_schema/name
          {'type':'json_schema','json_schema':{'name':'a b','schema':{}}}; /json_schema/name
          {'type':'json_schema','json_schema':{'name':'a'}}; /json_schema/schema
          {'type':'json_schema','json_schema':{'name':'a','strict':1,'schema':{}}}; /json_schema/strict
          {'type':'json_schema','json_schema':{'name':'a','description':1,'schema':{}}}; /json_schema/description
          {'type':'json_schema','json_schema':{'name':'a','scheme':1,'schema':{}}}; /json_schema/scheme
          {'type':'json_schema','strict':true,'json_schema':{'name':'a','schema':{}}}; /strict
          """,
      delimiter = ';')
  void what_is_wrong_with_a_wrapped_format_is_found_in_its_place(String format, String pointer) {
    assertThat(ResponseFormat.violations(json(format), ""))
        .extracting(Violation::pointer)
        .containsExactly(pointer);
  }

  private static ObjectNode json(String text) {
    return (ObjectNode) JsonMapper.shared().readTree(text.replace('\'', '"'));
  }
}
