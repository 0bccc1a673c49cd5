package io.plumbline.prompttemplate.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ToolRulesTests {

  private static final String LOOK =
      "{'type':'function','function':{'name':'look','description':'Looks.','strict':true,"
          + "'parameters':{'type':'object','properties':{'at':{'type':'string'}}}}}";

  private static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text.replace('\'', '"'));
  }

  private static List<String> pointers(String parameters) {
    return ParameterRules.check(json(parameters)).stream().map(Violation::pointer).toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{'tools':[LOOK]}",
        "{'tools':[LOOK],'tool_choice':'required','parallel_tool_calls':false}",
        "{'tools':[LOOK],'tool_choice':{'type':'function','function':{'name':'look'}}}",
        "{'tools':[{'type':'function','function':{'name':'wait'}}]}",
      })
  void tools_as_the_protocol_has_them_are_taken(String parameters) {
    assertThat(pointers(parameters.replace("LOOK", LOOK))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{'tools':['look']}|/parameters/tools/0",
        "{'tools':[{'type':'retrieval'}]}|/parameters/tools/0",
        "{'tools':[{'type':'function','function':{}}]}|/parameters/tools/0/function/name",
        "{'tools':[{'type':'function','function':{'name':'a"
            + " b'}}]}|/parameters/tools/0/function/name",
        "{'tools':[{'type':'function','function':{'name':'a','description':7}}]}"
            + "|/parameters/tools/0/function/description",
        "{'tools':[{'type':'function','function':{'name':'a','strict':1}}]}|/parameters/tools/0/function/strict",
        "{'tools':[{'type':'function','function':{'name':'a','url':'x'}}]}|/parameters/tools/0/function/url",
        "{'tools':[{'type':'function','function':{'name':'a','parameters':{'$ref':'#'}}}]}"
            + "|/parameters/tools/0/function/parameters/$ref",
        "{'tools':[LOOK,LOOK]}|/parameters/tools/1/function/name",
        "{'tools':[LOOK],'tool_choice':'sometimes'}|/parameters/tool_choice",
        "{'tools':[LOOK],'tool_choice':{'type':'function','function':{'name':'wait'}}}|/parameters/tool_choice",
        "{'tool_choice':'auto'}|/parameters/tool_choice",
        "{'parallel_tool_calls':true}|/parameters/parallel_tool_calls",
      })
  void a_tool_that_a_model_would_refuse_is_refused_by_its_pointer(
      String parameters, String pointer) {
    assertThat(pointers(parameters.replace("LOOK", LOOK))).containsExactly(pointer);
  }

  @Test
  void their_number_and_their_descriptions_are_bounded() {
    List<String> many =
        IntStream.rangeClosed(0, ToolRules.MAX_TOOLS)
            .mapToObj(i -> LOOK.replace("look", "look" + i))
            .toList();
    String tooLong = String.join("", Collections.nCopies(ToolRules.MAX_DESCRIPTION + 1, "x"));

    assertThat(pointers("{'tools':%s}".formatted(many))).containsExactly("/parameters/tools");
    assertThat(pointers("{'tools':[%s]}".formatted(LOOK.replace("Looks.", tooLong))))
        .containsExactly("/parameters/tools/0/function/description");
  }
}
