package io.plumbline.inference.provider.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class ModelListTests {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "openai-compatible | {'object':'list','data':[{'id':'a'},{'id':'b'},{'id':'a'}]} | true",
        "openai-compatible | [{'id':'a'},{'id':'b'}] | true",
        "anthropic | {'data':[{'id':'a'},{'id':'b'}],'has_more':true} | false",
        "gemini | {'models':[{'name':'models/a'},{'name':'models/b'}],'nextPageToken':'x'} | false"
      })
  void a_list_is_read_as_each_protocol_has_it(String kind, String body, boolean whole) {
    assertThat(read(kind, body)).contains(new ModelList(List.of("a", "b"), whole));
  }

  @Test
  void a_server_without_a_model_may_have_no_array() {
    assertThat(read("openai-compatible", "{'object':'list','data':null}"))
        .contains(new ModelList(List.of(), true));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{}", "'text'", "{'data':null}", "{'data':[{'name':'a'}]}", "{'data':['a']}"})
  void anything_else_is_no_list(String body) {
    assertThat(read("openai-compatible", body)).isEmpty();
  }

  @Test
  void a_name_is_found_in_the_spellings_that_servers_take() {
    ModelList list = new ModelList(List.of("llama3.2:latest", "qwen3:8b"), true);

    assertThat(list.contains("llama3.2")).isTrue();
    assertThat(list.contains("models/qwen3:8b")).isTrue();
    assertThat(list.contains("qwen3")).isFalse();
  }

  private static Optional<ModelList> read(String kind, String body) {
    return Protocol.of(kind).readModelList(JsonMapper.shared().readTree(body.replace('\'', '"')));
  }
}
