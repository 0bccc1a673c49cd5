package io.plumbline.inference.provider.protocol;

import static io.plumbline.inference.provider.protocol.QuotedJson.array;
import static io.plumbline.inference.provider.protocol.QuotedJson.object;
import static io.plumbline.inference.provider.protocol.QuotedJson.sent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.plumbline.inference.UnsupportedRequest;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Tests requests, answers and errors; texts have single quotes for JSON's double ones. */
class GeminiProtocolTests {

  private static final String MESSAGES = "'messages':[{'role':'user','content':'hello'}]";
  private static final String ASKED = "'contents':[{'role':'user','parts':[{'text':'hello'}]}]";
  private static final String TOOL =
      "'tools':[{'type':'function','function':{'name':'look','parameters':{'type':'object'}}}]";
  private static final String TRANSLATED_TOOL =
      "'tools':[{'functionDeclarations':[{'name':'look','parametersJsonSchema':{'type':'object'}}]}]";

  private final Protocol protocol = Protocol.of(Protocol.GEMINI);

  @Test
  void the_key_is_a_header_and_the_model_a_part_of_the_path() {
    assertThat(protocol.headers(Optional.of("sesame")))
        .isEqualTo(Map.of("x-goog-api-key", "sesame"));
    assertThat(protocol.headers(Optional.empty())).isEmpty();
    assertThat(path("gemini-3-pro", MESSAGES)).isEqualTo("/models/gemini-3-pro:generateContent");
    assertThat(path("models/gemini-3-pro", MESSAGES))
        .isEqualTo("/models/gemini-3-pro:generateContent");
    assertThat(path("tunedModels/mine-1", MESSAGES))
        .isEqualTo("/tunedModels/mine-1:generateContent");
    assertThat(path("gemini-3-pro", MESSAGES + ",'stream':true"))
        .isEqualTo("/models/gemini-3-pro:streamGenerateContent?alt=sse");
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", "a/b", "../files/x", "a?key=b", "a#b", "a:countTokens", "a b", "ä"})
  void a_name_that_would_lead_elsewhere_is_refused(String model) {
    UnsupportedRequest refused =
        catchThrowableOfType(UnsupportedRequest.class, () -> path(model, MESSAGES));

    assertThat(refused.parameterName()).isEqualTo("model");
    assertThat(refused).hasMessageContaining("acme/" + model);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'max_tokens':9,'max_completion_tokens':7 | 'maxOutputTokens':7",
        "'temperature':1.5,'top_p':0.9,'seed':3 | 'temperature':1.5,'topP':0.9,'seed':3",
        "'frequency_penalty':0.5,'presence_penalty':-1"
            + " | 'frequencyPenalty':0.5,'presencePenalty':-1",
        "'n':2 | 'candidateCount':2",
        "'logprobs':true,'top_logprobs':3 | 'responseLogprobs':true,'logprobs':3",
        "'logprobs':true | 'responseLogprobs':true",
        "'stop':'END' | 'stopSequences':['END']",
        "'stop':['a','b'] | 'stopSequences':['a','b']",
        "'reasoning_effort':'low' | 'thinkingConfig':{'thinkingLevel':'LOW'}",
        "'response_format':{'type':'json_object'} | 'responseMimeType':'application/json'",
        "'response_format':{'type':'json_schema','json_schema':{'description':'d','schema':{'type':'object'}}}"
            + " | 'responseMimeType':'application/json',"
            + "'responseJsonSchema':{'type':'object','description':'d'}",
      })
  void fields_are_parts_of_the_configuration(String fields, String expected) {
    assertThat(request(MESSAGES + "," + fields))
        .isEqualTo(object(ASKED + ",'generationConfig':{" + expected + "}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'max_tokens':null,'temperature':null,'seed':null,'stop':null,'tools':null",
        "'n':1,'logprobs':false,'logit_bias':{},'store':false,'service_tier':'auto'",
        "'stream':true,'stream_options':{'include_usage':true}",
        "'response_format':{'type':'text'},'modalities':['text']",
        "'tool_choice':'auto','parallel_tool_calls':false",
      })
  void what_says_nothing_is_left_out(String fields) {
    assertThat(request(MESSAGES + "," + fields)).isEqualTo(object(ASKED));
  }

  @Test
  void a_tier_is_named_as_the_api_names_it() {
    assertThat(request(MESSAGES + ",'service_tier':'default'"))
        .isEqualTo(object(ASKED + ",'serviceTier':'standard'"));
  }

  @ParameterizedTest
  @CsvSource({"none, 0", "minimal, 1024", "medium, 8192", "high, 24576"})
  void models_before_the_third_generation_think_within_a_budget(String effort, int budget) {
    assertThat(
            body("gemini-2.5-flash", MESSAGES + ",'reasoning_effort':'" + effort + "'")
                .at("/generationConfig/thinkingConfig"))
        .isEqualTo(object("'thinkingBudget':" + budget));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'tool_choice':'auto' | {'mode':'AUTO'}",
        "'tool_choice':'none','parallel_tool_calls':false | {'mode':'NONE'}",
        "'tool_choice':'required' | {'mode':'ANY'}",
        "'tool_choice':{'type':'function','function':{'name':'look'}}"
            + " | {'mode':'ANY','allowedFunctionNames':['look']}",
      })
  void choices_of_tools_are_translated(String fields, String expected) {
    assertThat(request(MESSAGES + "," + TOOL + "," + fields))
        .isEqualTo(
            object(
                ASKED
                    + ","
                    + TRANSLATED_TOOL
                    + ",'toolConfig':{'functionCallingConfig':"
                    + expected
                    + "}"));
  }

  @Test
  void several_tools_are_declared_together_and_strict_ones_validated() {
    JsonNode body =
        request(
            MESSAGES
                + """
                ,'tools':[
                  {'type':'function','function':{'name':'look','description':'Looks','strict':true}},
                  {'type':'function','function':{'name':'now'}}]\
                """);

    assertThat(body.path("tools"))
        .isEqualTo(
            array(
                "{'functionDeclarations':[{'name':'look','description':'Looks'},{'name':'now'}]}"));
    assertThat(body.path("toolConfig"))
        .isEqualTo(object("'functionCallingConfig':{'mode':'VALIDATED'}"));
  }

  @Test
  void instructions_are_apart_and_results_are_known_by_their_function() {
    JsonNode body =
        request(
            """
            'messages':[
              {'role':'system','content':'Be brief.'},
              {'role':'user','content':'weather?'},
              {'role':'user','content':[{'type':'text','text':'and time?'}]},
              {'role':'assistant','content':null,'refusal':null,'annotations':[],'tool_calls':[
                {'id':'c1','type':'function','function':{'name':'look','arguments':'{^at^:^Ulm^}'},
                 'extra_content':{'google':{'thought_signature':'c2ln'}}},
                {'id':'c2','type':'function','function':{'name':'now','arguments':''}}]},
              {'role':'tool','tool_call_id':'c1','content':'rain'},
              {'role':'tool','tool_call_id':'c2','content':[{'type':'text','text':'noon'},
                {'type':'image_url','image_url':{'url':'data:image/png;base64,aGk='}}]},
              {'role':'user','content':'so?'},
              {'role':'assistant','content':''},
              {'role':'developer','content':[{'type':'text','text':'In German.'}]}]\
            """);

    assertThat(body.path("systemInstruction"))
        .isEqualTo(object("'parts':[{'text':'Be brief.'},{'text':'In German.'}]"));
    assertThat(body.path("contents"))
        .isEqualTo(
            array(
                """
                {'role':'user','parts':[{'text':'weather?'},{'text':'and time?'}]},
                {'role':'model','parts':[
                  {'functionCall':{'id':'c1','name':'look','args':{'at':'Ulm'}},'thoughtSignature':'c2ln'},
                  {'functionCall':{'id':'c2','name':'now','args':{}}}]},
                {'role':'user','parts':[
                  {'functionResponse':{'id':'c1','name':'look','response':{'output':'rain'}}},
                  {'functionResponse':{'id':'c2','name':'now','response':{'output':'noon'},
                    'parts':[{'inlineData':{'mimeType':'image/png','data':'aGk='}}]}}]},
                {'role':'user','parts':[{'text':'so?'}]}\
                """));
  }

  @Test
  void calls_without_a_signature_get_one_that_is_not_checked() {
    String called =
        """
        'messages':[{'role':'user','content':'weather?'},
          {'role':'assistant','tool_calls':[
            {'id':'c1','function':{'name':'look','arguments':'{}'}},
            {'id':'c2','function':{'name':'look','arguments':'{}'}}]}]\
        """;

    assertThat(body("gemini-3-pro", called).at("/contents/1/parts"))
        .isEqualTo(
            array(
                """
                {'functionCall':{'id':'c1','name':'look','args':{}},
                  'thoughtSignature':'skip_thought_signature_validator'},
                {'functionCall':{'id':'c2','name':'look','args':{}}}\
                """));
    assertThat(body("gemini-2.5-pro", called).at("/contents/1/parts/0").has("thoughtSignature"))
        .isFalse();
  }

  @Test
  void images_are_inline() {
    assertThat(
            request(
                    """
                    'messages':[{'role':'user','content':[
                      {'type':'image_url','image_url':{'url':'data:image/webp;base64,aGk=','detail':'auto'}}]}]\
                    """)
                .at("/contents/0/parts"))
        .isEqualTo(array("{'inlineData':{'mimeType':'image/webp','data':'aGk='}}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'n':9 | n",
        "'logit_bias':{'1':2} | logit_bias",
        "'store':true | store",
        "'metadata':{'a':'b'} | metadata",
        "'service_tier':'scale' | service_tier",
        "'prediction':{'type':'content'} | prediction",
        "'prompt_cache_key':'k' | prompt_cache_key",
        "'modalities':['text','audio'] | modalities",
        "'functions':[{'name':'f'}] | functions",
        "'top_k':3 | top_k",
        "'reasoning_effort':'none' | reasoning_effort",
        "'reasoning_effort':'xhigh' | reasoning_effort",
        "'user':'a' | user",
        "'safety_identifier':'a' | safety_identifier",
        "'max_tokens':0 | max_tokens",
        "'response_format':{'type':'json_schema'} | response_format",
        "'tools':[{'type':'custom','custom':{'name':'c'}}] | tools",
        "'tool_choice':{'type':'allowed_tools'} | tool_choice",
        "'tool_choice':'required' | tool_choice",
        "'parallel_tool_calls':false,'tools':[{'type':'function','function':{'name':'f'}}]"
            + " | parallel_tool_calls",
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
        "{'role':'user','content':[{'type':'image_url','image_url':{'url':'data:image/gif;base64,aGk='}}]}"
            + " | PNG",
        "{'role':'user','content':[{'type':'image_url','image_url':{'url':'https://a/b'}}]} | PNG",
        "{'role':'user','content':[{'type':'image_url','image_url':{'url':'data:image/png;base64,a','detail':'low'}}]}"
            + " | detail",
        "{'role':'system','content':[{'type':'image_url','image_url':{'url':'https://a/b'}}]} |"
            + " image",
        "{'role':'assistant','tool_calls':[{'id':'1','type':'custom'}]} | tool_calls",
        "{'role':'assistant','tool_calls':[{'id':'1','function':{'name':'f','arguments':'[1]'}}]} |"
            + " JSON object",
        "{'role':'tool','tool_call_id':'c7','content':'x'} | c7",
        "{'role':'user','content':''} | send at least one",
      })
  void content_that_the_api_does_not_take_is_refused_by_its_place(String message, String named) {
    UnsupportedRequest refused = refused("'messages':[" + message + "]");

    assertThat(refused.parameterName()).isEqualTo("messages");
    assertThat(refused).hasMessageContaining(named);
  }

  @Test
  void an_answer_is_a_completion() {
    assertThat(
            answer(
                """
                'candidates':[{'content':{'role':'model','parts':[
                    {'text':'hm','thought':true},
                    {'text':'It '},
                    {'text':'rains.','thoughtSignature':'dGV4dA=='},
                    {'functionCall':{'id':'f1','name':'look','args':{'at':'Ulm'}},'thoughtSignature':'c2ln'},
                    {'executableCode':{'language':'PYTHON','code':'1'}}]},
                  'finishReason':'STOP','index':0,'safetyRatings':[]}],
                'usageMetadata':{'promptTokenCount':10,'cachedContentTokenCount':2,'candidatesTokenCount':3,
                  'thoughtsTokenCount':4,'toolUsePromptTokenCount':1,'totalTokenCount':18},
                'modelVersion':'gemini-3-pro-001','responseId':'r1'\
                """))
        .contains(
            object(
                """
                'object':'chat.completion','id':'r1','model':'gemini-3-pro-001','choices':[{'index':0,
                  'message':{'role':'assistant','content':'It rains.','refusal':null,'tool_calls':[
                    {'id':'f1','type':'function',
                      'function':{'name':'look','arguments':'{^at^:^Ulm^}'},
                      'extra_content':{'google':{'thought_signature':'c2ln'}}}]},
                  'logprobs':null,'finish_reason':'tool_calls'}],
                'usage':{'prompt_tokens':11,'completion_tokens':7,'total_tokens':18,
                  'prompt_tokens_details':{'cached_tokens':2},
                  'completion_tokens_details':{'reasoning_tokens':4}}\
                """));
  }

  @Test
  void calls_without_ids_get_some_that_differ() {
    ObjectNode answer =
        answer(
                "'candidates':[{'content':{'parts':[{'functionCall':{'name':'now'}},"
                    + "{'functionCall':{'name':'now','args':{}}}]},'finishReason':'STOP'}]")
            .orElseThrow();

    JsonNode calls = answer.at("/choices/0/message/tool_calls");
    assertThat(calls.at("/0/id").asString()).startsWith("call_");
    assertThat(calls.at("/1/id")).isNotEqualTo(calls.at("/0/id"));
    assertThat(calls.at("/0/function")).isEqualTo(object("'name':'now','arguments':'{}'"));
    assertThat(answer.at("/choices/0/message/content").isNull()).isTrue();
  }

  @Test
  void each_candidate_is_a_choice_with_its_probabilities() {
    ObjectNode answer =
        answer(
                """
                'candidates':[
                  {'content':{'parts':[{'text':'a'}]},'finishReason':'STOP','index':0,'logprobsResult':{
                    'chosenCandidates':[{'token':'a','tokenId':7,'logProbability':-0.5}],
                    'topCandidates':[{'candidates':[{'token':'a','logProbability':-0.5},
                      {'token':'b','logProbability':-1.5}]}]}},
                  {'content':{'parts':[{'text':'b'}]},'finishReason':'MAX_TOKENS','index':1}]\
                """)
            .orElseThrow();

    assertThat(answer.at("/choices/0/logprobs"))
        .isEqualTo(
            object(
                """
                'content':[{'token':'a','logprob':-0.5,'bytes':null,'top_logprobs':[
                  {'token':'a','logprob':-0.5,'bytes':null},{'token':'b','logprob':-1.5,'bytes':null}]}],
                'refusal':null\
                """));
    assertThat(answer.at("/choices/1/index").asInt()).isEqualTo(1);
    assertThat(answer.at("/choices/1/message/content").asString()).isEqualTo("b");
    assertThat(answer.at("/choices/1/finish_reason").asString()).isEqualTo("length");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SAFETY",
        "RECITATION",
        "BLOCKLIST",
        "PROHIBITED_CONTENT",
        "SPII",
        "LANGUAGE",
        "OTHER",
        "MALFORMED_FUNCTION_CALL",
        "SOMETHING_NEW"
      })
  void an_answer_that_was_cut_off_is_not_taken_for_a_whole_one(String reason) {
    ObjectNode answer =
        answer(
                "'candidates':[{'content':{'parts':[{'text':'It'}]},'finishReason':'"
                    + reason
                    + "','finishMessage':'why'}]")
            .orElseThrow();

    assertThat(answer.at("/choices/0/finish_reason").asString()).isEqualTo("content_filter");
    assertThat(answer.at("/choices/0/message/refusal").asString()).contains(reason, "why");
  }

  @Test
  void a_blocked_prompt_is_a_refusal_that_says_why() {
    ObjectNode answer =
        answer(
                "'promptFeedback':{'blockReason':'PROHIBITED_CONTENT'},'usageMetadata':{'promptTokenCount':4}")
            .orElseThrow();

    assertThat(answer.at("/choices/0/finish_reason").asString()).isEqualTo("content_filter");
    assertThat(answer.at("/choices/0/message/refusal").asString()).contains("PROHIBITED_CONTENT");
    assertThat(answer.at("/usage/prompt_tokens").asInt()).isEqualTo(4);
    assertThat(answer.at("/usage/completion_tokens").asInt()).isZero();
  }

  @Test
  void an_answer_that_only_thought_is_empty() {
    ObjectNode answer = answer("'candidates':[{'finishReason':'MAX_TOKENS'}]").orElseThrow();

    assertThat(answer.at("/choices/0/message/content").asString()).isEmpty();
    assertThat(answer.at("/choices/0/finish_reason").asString()).isEqualTo("length");
    assertThat(answer.has("usage")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'choices':[]",
        "'candidates':[]",
        "'candidates':[{'content':{'parts':[]}}]",
        "'promptFeedback':{}",
        "'usageMetadata':{'promptTokenCount':4}"
      })
  void anything_else_is_no_answer(String body) {
    assertThat(answer(body)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "INVALID_ARGUMENT | why | invalid_argument",
        "INVALID_ARGUMENT | The input token count (1300000) exceeds the maximum number of tokens"
            + " allowed (1048575). | context_length_exceeded",
        "NOT_FOUND | why | model_not_found",
        "RESOURCE_EXHAUSTED | why | rate_limit_exceeded",
      })
  void a_status_is_a_code(String status, String message, String code) {
    JsonNode translated =
        protocol.translatedError(
            object("'code':400,'message':'" + message + "','status':'" + status + "'"));

    assertThat(translated.path("code").asString()).isEqualTo(code);
    assertThat(translated.path("message").asString()).isEqualTo(message);
  }

  @Test
  void a_wrong_key_is_one_though_its_status_is_of_a_bad_request() {
    assertThat(
            protocol.translatedStatus(
                400,
                object(
                    """
                    'status':'INVALID_ARGUMENT','details':[
                      {'@type':'type.googleapis.com/google.rpc.ErrorInfo','reason':'API_KEY_INVALID',
                       'domain':'googleapis.com'}]\
                    """)))
        .isEqualTo(401);
    assertThat(protocol.translatedStatus(400, object("'status':'INVALID_ARGUMENT'")))
        .isEqualTo(400);
    assertThat(protocol.translatedStatus(503, object("'status':'UNAVAILABLE'"))).isEqualTo(503);
  }

  @ParameterizedTest
  @CsvSource({"31s, PT31S", "0.5s, PT0.5S", "3.002000000s, PT3.002S"})
  void the_pause_that_is_asked_for_is_among_the_details(String delay, Duration pause) {
    assertThat(
            protocol.retryAfter(
                object(
                    "'details':[{'@type':'type.googleapis.com/google.rpc.Help','links':[]},"
                        + "{'@type':'type.googleapis.com/google.rpc.RetryInfo','retryDelay':'"
                        + delay
                        + "'}]")))
        .contains(pause);
  }

  @Test
  void an_error_without_a_pause_asks_for_none() {
    assertThat(protocol.retryAfter(object("'details':[{'retryDelay':'soon'}]"))).isEmpty();
    assertThat(protocol.retryAfter(object("'message':'why'"))).isEmpty();
  }

  @Test
  void texts_are_embedded_in_one_batch() {
    UpstreamRequest request =
        protocol.translatedRequest(
            UpstreamOperation.EMBEDDINGS,
            object(
                "'model':'acme/e','input':['a','b'],'dimensions':256,'encoding_format':'base64'"),
            new UpstreamName("acme/e", "gemini-embedding-001"));

    assertThat(request.path()).isEqualTo("/models/gemini-embedding-001:batchEmbedContents");
    assertThat(request.body())
        .isEqualTo(
            object(
                """
                'requests':[
                  {'model':'models/gemini-embedding-001','content':{'parts':[{'text':'a'}]},
                   'outputDimensionality':256},
                  {'model':'models/gemini-embedding-001','content':{'parts':[{'text':'b'}]},
                   'outputDimensionality':256}]\
                """));
    assertThat(
            protocol
                .translatedAnswer(
                    UpstreamOperation.EMBEDDINGS,
                    object(
                        "'embeddings':[{'values':[0.5]},{'values':[1.5]}],'usageMetadata':{'promptTokenCount':2}"))
                .map(QuotedJson::sent))
        .contains(
            object(
                """
                'object':'list','data':[{'object':'embedding','index':0,'embedding':[0.5]},
                  {'object':'embedding','index':1,'embedding':[1.5]}],
                'usage':{'prompt_tokens':2,'total_tokens':2}\
                """));
    assertThat(
            protocol.translatedAnswer(
                UpstreamOperation.EMBEDDINGS, object("'embedding':{'values':[1]}")))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {"'input':[1,2] | input", "'input':'a','user':'u' | user"})
  void embeddings_of_anything_else_are_refused_by_name(String fields, String param) {
    UnsupportedRequest refused =
        catchThrowableOfType(
            UnsupportedRequest.class,
            () ->
                protocol.translatedRequest(
                    UpstreamOperation.EMBEDDINGS,
                    object(fields),
                    new UpstreamName("acme/e", "gemini-embedding-001")));

    assertThat(refused.parameterName()).isEqualTo(param);
  }

  private String path(String model, String fields) {
    return protocol
        .translatedRequest(
            UpstreamOperation.CHAT, object(fields), new UpstreamName("acme/" + model, model))
        .path();
  }

  private JsonNode request(String fields) {
    return body("gemini-3-pro", fields);
  }

  private JsonNode body(String model, String fields) {
    return sent(
        protocol
            .translatedRequest(
                UpstreamOperation.CHAT, object(fields), new UpstreamName("acme/" + model, model))
            .body());
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
