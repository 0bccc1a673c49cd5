package io.plumbline.inference.provider.protocol;

import static io.plumbline.inference.provider.protocol.QuotedJson.array;
import static io.plumbline.inference.provider.protocol.QuotedJson.object;
import static io.plumbline.inference.provider.protocol.QuotedJson.sent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.plumbline.inference.UnsupportedRequest;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Tests requests, answers and errors; texts have single quotes for JSON's double ones. */
class AnthropicProtocolTests {

  private static final String MESSAGES = "'messages':[{'role':'user','content':'hello'}]";
  private static final String ASKED =
      "'messages':[{'role':'user','content':[{'type':'text','text':'hello'}]}]";
  private static final String TOOL =
      "'tools':[{'type':'function','function':{'name':'look','parameters':{'type':'object'}}}]";
  private static final String TRANSLATED_TOOL =
      "'tools':[{'name':'look','input_schema':{'type':'object'}}]";

  private static final UpstreamName NAME = new UpstreamName("acme/claude", "claude");

  private final Protocol protocol = Protocol.of(Protocol.ANTHROPIC);

  @Test
  void the_key_and_the_version_are_headers() {
    assertThat(protocol.headers(Optional.of("sesame")))
        .isEqualTo(Map.of("x-api-key", "sesame", "anthropic-version", "2023-06-01"));
    assertThat(protocol.headers(Optional.empty()))
        .isEqualTo(Map.of("anthropic-version", "2023-06-01"));
    UpstreamRequest request =
        protocol.translatedRequest(UpstreamOperation.CHAT, object(MESSAGES), NAME);
    assertThat(request.path()).isEqualTo("/messages");
    assertThat(request.body().path("model").asString()).isEqualTo("claude");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'max_tokens':7 | 'max_tokens':7",
        "'max_completion_tokens':7 | 'max_tokens':7",
        "'max_tokens':9,'max_completion_tokens':7 | 'max_tokens':7",
        "'max_tokens':null | 'max_tokens':4096",
        "'temperature':0.5,'top_p':0.9 | 'max_tokens':4096,'temperature':0.5,'top_p':0.9",
        "'temperature':null | 'max_tokens':4096",
        "'stop':'END' | 'max_tokens':4096,'stop_sequences':['END']",
        "'stop':['a','b'] | 'max_tokens':4096,'stop_sequences':['a','b']",
        "'user':'u' | 'max_tokens':4096,'metadata':{'user_id':'u'}",
        "'safety_identifier':'u' | 'max_tokens':4096,'metadata':{'user_id':'u'}",
        "'stream':true,'stream_options':{'include_usage':true} | 'max_tokens':4096,'stream':true",
        "'stream':false | 'max_tokens':4096",
        "'reasoning_effort':'low' | 'max_tokens':4096,'output_config':{'effort':'low'}",
        "'response_format':{'type':'text'} | 'max_tokens':4096",
        "'response_format':{'type':'json_schema','json_schema':{'name':'n','strict':true,'schema':{'type':'object'}}}"
            + " | 'max_tokens':4096,'output_config':{'format':{'type':'json_schema','schema':{'type':'object'}}}",
        "'response_format':{'type':'json_schema','json_schema':{'description':'d','schema':{'type':'object'}}}"
            + " | 'max_tokens':4096,'output_config':{'format':{'type':'json_schema','schema':"
            + "{'type':'object','description':'d'}}}",
        "'n':1,'logprobs':false,'presence_penalty':0,'frequency_penalty':0.0,'logit_bias':{},'seed':null,'store':false"
            + " | 'max_tokens':4096",
      })
  void fields_are_translated(String fields, String expected) {
    assertThat(request(MESSAGES + "," + fields)).isEqualTo(object(ASKED + "," + expected));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'tool_choice':'auto' | ,'tool_choice':{'type':'auto'}",
        "'tool_choice':'none' | ,'tool_choice':{'type':'none'}",
        "'tool_choice':'required' | ,'tool_choice':{'type':'any'}",
        "'tool_choice':{'type':'function','function':{'name':'look'}}"
            + " | ,'tool_choice':{'type':'tool','name':'look'}",
        "'parallel_tool_calls':true | ``",
        "'parallel_tool_calls':false"
            + " | ,'tool_choice':{'type':'auto','disable_parallel_tool_use':true}",
        "'parallel_tool_calls':false,'tool_choice':'required'"
            + " | ,'tool_choice':{'type':'any','disable_parallel_tool_use':true}",
        "'parallel_tool_calls':false,'tool_choice':'none' | ,'tool_choice':{'type':'none'}",
      })
  void choices_of_tools_are_translated(String fields, String expected) {
    assertThat(request(MESSAGES + "," + TOOL + "," + fields))
        .isEqualTo(object(ASKED + ",'max_tokens':4096," + TRANSLATED_TOOL + expected));
  }

  @Test
  void a_tool_keeps_its_description_and_strictness_and_has_a_schema() {
    JsonNode body =
        request(
            MESSAGES
                + ",'tools':[{'type':'function','function':{'name':'look','description':'Looks','strict':true}}]");

    assertThat(body.at("/tools/0"))
        .isEqualTo(
            object(
                "'name':'look','description':'Looks','input_schema':{'type':'object','properties':{}},'strict':true"));
  }

  @Test
  void a_choice_without_tools_says_nothing() {
    assertThat(request(MESSAGES + ",'tool_choice':'auto','parallel_tool_calls':false"))
        .isEqualTo(object(ASKED + ",'max_tokens':4096"));
  }

  @Test
  void instructions_are_apart_and_what_one_side_says_is_one_message() {
    JsonNode body =
        request(
            """
            'messages':[
              {'role':'system','content':'Be brief.'},
              {'role':'user','content':'weather?'},
              {'role':'assistant','content':null,'refusal':null,'annotations':[],'tool_calls':[
                {'id':'c1','type':'function','function':{'name':'look','arguments':'{^at^:^Ulm^}'}},
                {'id':'c2','type':'function','function':{'name':'now','arguments':''}}]},
              {'role':'tool','tool_call_id':'c1','content':'rain'},
              {'role':'tool','tool_call_id':'c2','content':[{'type':'text','text':'noon'}]},
              {'role':'user','content':'so?'},
              {'role':'assistant','content':''},
              {'role':'developer','content':[{'type':'text','text':'In German.'}]}]\
            """);

    assertThat(body.path("system"))
        .isEqualTo(array("{'type':'text','text':'Be brief.'},{'type':'text','text':'In German.'}"));
    assertThat(body.path("messages"))
        .isEqualTo(
            array(
                """
                {'role':'user','content':[{'type':'text','text':'weather?'}]},
                {'role':'assistant','content':[
                  {'type':'tool_use','id':'c1','name':'look','input':{'at':'Ulm'}},
                  {'type':'tool_use','id':'c2','name':'now','input':{}}]},
                {'role':'user','content':[
                  {'type':'tool_result','tool_use_id':'c1','content':[{'type':'text','text':'rain'}]},
                  {'type':'tool_result','tool_use_id':'c2','content':[{'type':'text','text':'noon'}]},
                  {'type':'text','text':'so?'}]}\
                """));
  }

  @Test
  void images_are_sources() {
    JsonNode body =
        request(
            """
            'messages':[{'role':'user','content':[
              {'type':'image_url','image_url':{'url':'data:image/png;base64,aGk=','detail':'auto'}}]}]\
            """);

    assertThat(body.at("/messages/0/content"))
        .isEqualTo(
            array(
                """
                {'type':'image','source':{'type':'base64','media_type':'image/png','data':'aGk='}}\
                """));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'n':2 | n",
        "'logprobs':true | logprobs",
        "'top_logprobs':3 | top_logprobs",
        "'seed':1 | seed",
        "'logit_bias':{'1':2} | logit_bias",
        "'presence_penalty':0.1 | presence_penalty",
        "'frequency_penalty':1 | frequency_penalty",
        "'store':true | store",
        "'metadata':{'a':'b'} | metadata",
        "'service_tier':'flex' | service_tier",
        "'prediction':{'type':'content'} | prediction",
        "'prompt_cache_key':'k' | prompt_cache_key",
        "'modalities':['text','audio'] | modalities",
        "'functions':[{'name':'f'}] | functions",
        "'top_k':3 | top_k",
        "'temperature':1.5 | temperature",
        "'reasoning_effort':'minimal' | reasoning_effort",
        "'user':'a','safety_identifier':'b' | safety_identifier",
        "'max_tokens':0 | max_tokens",
        "'max_tokens':'many' | max_tokens",
        "'response_format':{'type':'json_object'} | response_format",
        "'response_format':{'type':'json_schema'} | response_format",
        "'tools':[{'type':'custom','custom':{'name':'c'}}] | tools",
        "'tool_choice':{'type':'allowed_tools'} | tool_choice",
      })
  void what_the_api_does_not_have_is_refused_by_name(String fields, String param) {
    UnsupportedRequest refused = refused(MESSAGES + "," + fields);

    assertThat(refused.parameterName()).isEqualTo(param);
    assertThat(refused).hasMessageContaining(param.equals("response_format") ? "type" : param);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'role':'function','content':'x'} | role function",
        "{'role':'user','name':'jo','content':'x'} | name",
        "{'role':'user','content':[{'type':'input_audio'}]} | input_audio",
        "{'role':'user','content':[{'type':'text','text':'x','cache_control':{'type':'ephemeral'}}]}"
            + " | content.cache_control",
        "{'role':'user','content':[{'type':'image_url','image_url':{'url':'data:image/tiff;base64,aGk='}}]}"
            + " | JPEG",
        "{'role':'user','content':[{'type':'image_url','image_url':{'url':'https://a/b'}}]} | JPEG",
        "{'role':'user','content':[{'type':'image_url','image_url':{'url':'https://a/b','detail':'high'}}]}"
            + " | detail",
        "{'role':'assistant','content':[{'type':'image_url','image_url':{'url':'https://a/b'}}]} |"
            + " image",
        "{'role':'assistant','tool_calls':[{'id':'1','type':'custom'}]} | tool_calls",
        "{'role':'assistant','tool_calls':[{'id':'1','function':{'name':'f','arguments':'[1]'}}]} |"
            + " JSON object",
        "{'role':'user','content':''} | send at least one",
      })
  void content_that_the_api_does_not_take_is_refused_by_its_place(String message, String named) {
    UnsupportedRequest refused = refused("'messages':[" + message + "]");

    assertThat(refused.parameterName()).isEqualTo("messages");
    assertThat(refused).hasMessageContaining(named);
  }

  @Test
  void embeddings_are_refused() {
    UnsupportedRequest refused =
        catchThrowableOfType(
            UnsupportedRequest.class,
            () ->
                protocol.translatedRequest(
                    UpstreamOperation.EMBEDDINGS, object("'input':'x'"), NAME));

    assertThat(refused.code()).isEqualTo("unsupported_model");
    assertThat(refused.parameterName()).isEqualTo("model");
  }

  @Test
  void an_answer_is_a_completion() {
    assertThat(
            answer(
                """
                'id':'msg_1','type':'message','role':'assistant','model':'claude-x','content':[
                  {'type':'thinking','thinking':'hm','signature':'s'},
                  {'type':'text','text':'It '},
                  {'type':'text','text':'rains.'},
                  {'type':'tool_use','id':'toolu_1','name':'look','input':{'at':'Ulm'}}],
                'stop_reason':'tool_use','stop_sequence':null,
                'usage':{'input_tokens':5,'cache_creation_input_tokens':3,'cache_read_input_tokens':2,
                  'output_tokens':7,'output_tokens_details':{'thinking_tokens':4}}\
                """))
        .contains(
            object(
                """
                'object':'chat.completion','id':'msg_1','model':'claude-x','choices':[{'index':0,
                  'message':{'role':'assistant','content':'It rains.','refusal':null,'tool_calls':[
                    {'id':'toolu_1','type':'function',
                      'function':{'name':'look','arguments':'{^at^:^Ulm^}'}}]},
                  'logprobs':null,'finish_reason':'tool_calls'}],
                'usage':{'prompt_tokens':10,'completion_tokens':7,'total_tokens':17,
                  'prompt_tokens_details':{'cached_tokens':2},
                  'completion_tokens_details':{'reasoning_tokens':4}}\
                """));
  }

  @ParameterizedTest
  @CsvSource({
    "end_turn, stop",
    "stop_sequence, stop",
    "max_tokens, length",
    "model_context_window_exceeded, length",
    "pause_turn, length",
    "tool_use, tool_calls",
    "refusal, content_filter",
    "something_new, stop"
  })
  void a_reason_to_stop_is_a_reason_to_finish(String stopReason, String finishReason) {
    ObjectNode answer =
        answer("'type':'message','content':[],'stop_reason':'" + stopReason + "'").orElseThrow();

    assertThat(answer.at("/choices/0/finish_reason").asString()).isEqualTo(finishReason);
    assertThat(answer.at("/choices/0/message/content").asString()).isEmpty();
    assertThat(answer.has("usage")).isFalse();
  }

  @Test
  void a_refusal_says_why() {
    ObjectNode answer =
        answer(
                "'type':'message','content':[],'stop_reason':'refusal','stop_details':{'explanation':'unsafe'}")
            .orElseThrow();

    assertThat(answer.at("/choices/0/message/refusal").asString()).isEqualTo("unsafe");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'choices':[]",
        "'type':'message'",
        "'type':'message','content':[]",
        "'content':[],'stop_reason':'end_turn'"
      })
  void anything_else_is_no_answer(String body) {
    assertThat(answer(body)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'type':'invalid_request_error' | invalid_request_error",
        "'type':'not_found_error' | model_not_found",
        "'type':'rate_limit_error' | rate_limit_error",
        "'type':'rate_limit_error','details':{'error_code':'enforced_spend_limit_reached'} |"
            + " insufficient_quota",
        "'type':'request_too_large' | request_too_large",
      })
  void a_type_of_error_is_its_code(String error, String code) {
    JsonNode translated = protocol.translatedError(object(error + ",'message':'why'"));

    assertThat(translated.path("code").asString()).isEqualTo(code);
    assertThat(translated.path("message").asString()).isEqualTo("why");
  }

  @Test
  void an_overloaded_api_is_unavailable() {
    assertThat(protocol.translatedStatus(529, object(""))).isEqualTo(503);
    assertThat(protocol.translatedStatus(429, object(""))).isEqualTo(429);
  }

  private JsonNode request(String fields) {
    ObjectNode body =
        protocol.translatedRequest(UpstreamOperation.CHAT, object(fields), NAME).body();
    body.remove("model");
    return sent(body);
  }

  private UnsupportedRequest refused(String fields) {
    return catchThrowableOfType(UnsupportedRequest.class, () -> request(fields));
  }

  private Optional<ObjectNode> answer(String fields) {
    return protocol
        .translatedAnswer(UpstreamOperation.CHAT, object(fields))
        .map(answer -> (ObjectNode) sent(answer));
  }
}
