package io.plumbline.inference.usage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ProviderTokenCounterTests {

  private final JsonMapper json = JsonMapper.builder().build();
  private final ProviderTokenCounter tokens =
      new ProviderTokenCounter(read("{'messages':[{'role':'user','content':'twelve bytes'}]}"));

  @Test
  void what_the_provider_reports_counts() {
    tokens.addChunk(read("{'choices':[{'delta':{'content':'a long piece of text'}}]}"));
    tokens.addChunk(read("{'choices':[],'usage':{'prompt_tokens':5,'completion_tokens':3}}"));

    assertThat(tokens.countedTokens()).isEqualTo(Tokens.of(5, 3));
  }

  /** Ten calls with 10^18 tokens each would exceed what the sums of a workspace hold. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'prompt_tokens':1000000000000000000,'completion_tokens':3}",
        "{'prompt_tokens':5,'completion_tokens':1000000000000000000}",
        "{'prompt_tokens':1e30,'completion_tokens':3}",
        "{'prompt_tokens':-5,'completion_tokens':3}",
        "{'prompt_tokens':5,'completion_tokens':-3}",
        "{'prompt_tokens':'5','completion_tokens':3}"
      })
  void counts_that_no_call_has_are_estimated(String usage) {
    tokens.addAnswer(read("{'choices':[{'message':{'content':'12345'}}],'usage':" + usage + "}"));

    assertThat(tokens.countedTokens()).isEqualTo(Tokens.of(4, 2));
  }

  /** Reads the example in OpenAI's reference of the chat completion object. */
  @Test
  void cached_and_reasoning_tokens_are_counted_as_what_they_are() {
    tokens.addAnswer(
        read(
            "{'choices':[],'usage':{'prompt_tokens':1200,'completion_tokens':300,"
                + "'prompt_tokens_details':{'cached_tokens':1024},"
                + "'completion_tokens_details':{'reasoning_tokens':256}}}"));

    assertThat(tokens.countedTokens()).isEqualTo(new Tokens(1_200, 1_024, 300, 256));
  }

  @Test
  void each_piece_of_a_stream_without_a_report_is_a_token() {
    tokens.addChunk(read("{'choices':[{'delta':{'role':'assistant','content':''}}],'usage':null}"));
    tokens.addChunk(read("{'choices':[{'delta':{'content':'a'}}]}"));
    tokens.addChunk(read("{'choices':[{'delta':{'content':'b'}}]}"));

    assertThat(tokens.countedTokens().input()).isEqualTo(4);
    assertThat(tokens.countedTokens().output()).isEqualTo(2);
  }

  @Test
  void a_long_piece_counts_as_many_tokens_as_four_bytes_of_it_make() {
    tokens.addChunk(
        read("{'choices':[{'delta':{'tool_calls':[{'function':{'arguments':'12345678'}}]}}]}"));

    assertThat(tokens.countedTokens().output()).isEqualTo(2);
  }

  @Test
  void an_answer_without_a_report_is_estimated() {
    tokens.addAnswer(read("{'choices':[{'message':{'role':'assistant','content':'12345'}}]}"));

    assertThat(tokens.countedTokens().output()).isEqualTo(2);
  }

  private JsonNode read(String text) {
    return json.readTree(text.replace('\'', '"'));
  }
}
