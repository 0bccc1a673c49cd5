package io.plumbline.prompttemplate.content;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class ResponseFormatTests {

  @Test
  void a_response_format_is_accepted_wrapped_and_plain() {
    ObjectNode schema = json("{'type':'object','properties':{'label':{'enum':['a','b']}}}");

    assertThat(ResponseFormat.schema(ResponseFormat.wrapped(schema))).isEqualTo(schema);
    assertThat(ResponseFormat.schema(schema)).isEqualTo(schema);
    assertThat(ResponseFormat.schema(null)).isNull();
    assertThat(ResponseFormat.options(schema)).containsExactly("a", "b");
    assertThat(
            ResponseFormat.options(
                json("{'properties':{'label':{'oneOf':[{'const':'a'},{'const':'b'}]}}}")))
        .containsExactly("a", "b");
    assertThat(ResponseFormat.options(json("{'properties':{'text':{}}}"))).isEmpty();
  }

  private static ObjectNode json(String text) {
    return (ObjectNode) JsonMapper.shared().readTree(text.replace('\'', '"'));
  }
}
