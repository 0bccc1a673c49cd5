package io.plumbline.inference.variant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.plumbline.contracts.Digest;
import io.plumbline.inference.context.ContextOverflowPolicy;
import io.plumbline.inference.variant.RequestField.Treatment;
import io.plumbline.prompttemplate.content.PromptContent;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class CallerRulesTests {

  private static final CallerPolicy EVERYTHING = CallerPolicy.allowing(CallerPermission.values());

  /** A value with an effect for each field. */
  private static final Map<RequestField, String> VALUES = values();

  private static Map<RequestField, String> values() {
    Map<RequestField, String> values = new EnumMap<>(RequestField.class);
    values.put(RequestField.MODEL, "'app/mail'");
    values.put(RequestField.MESSAGES, "[{'role':'user','content':'Hi'}]");
    values.put(RequestField.PLUMBLINE_VARIABLES, "{'tone':'calm'}");
    values.put(RequestField.STREAM, "true");
    values.put(RequestField.STREAM_OPTIONS, "{'include_usage':true}");
    values.put(RequestField.USER, "'ada'");
    values.put(RequestField.SAFETY_IDENTIFIER, "'ada'");
    values.put(RequestField.PROMPT_CACHE_KEY, "'mail'");
    values.put(RequestField.LOGPROBS, "true");
    values.put(RequestField.TOP_LOGPROBS, "3");
    values.put(RequestField.MAX_TOKENS, "200");
    values.put(RequestField.MAX_COMPLETION_TOKENS, "200");
    values.put(RequestField.TEMPERATURE, "0.5");
    values.put(RequestField.TOP_P, "0.5");
    values.put(RequestField.SEED, "7");
    values.put(RequestField.STOP, "'.'");
    values.put(RequestField.FREQUENCY_PENALTY, "1");
    values.put(RequestField.PRESENCE_PENALTY, "1");
    values.put(RequestField.N, "2");
    values.put(RequestField.RESPONSE_FORMAT, "{'type':'text'}");
    values.put(RequestField.LOGIT_BIAS, "{'50256':-100}");
    values.put(RequestField.REASONING_EFFORT, "'low'");
    values.put(RequestField.METADATA, "{'team':'mail'}");
    values.put(RequestField.STORE, "true");
    values.put(RequestField.SERVICE_TIER, "'flex'");
    values.put(RequestField.PREDICTION, "{'type':'content','content':'x'}");
    values.put(RequestField.TOOLS, "[{'type':'function','function':{'name':'look'}}]");
    values.put(RequestField.TOOL_CHOICE, "'auto'");
    values.put(RequestField.PARALLEL_TOOL_CALLS, "false");
    values.put(RequestField.FUNCTIONS, "[{'name':'look'}]");
    values.put(RequestField.FUNCTION_CALL, "'auto'");
    values.put(RequestField.MODALITIES, "['audio']");
    values.put(RequestField.AUDIO, "{'voice':'alloy','format':'wav'}");
    values.put(RequestField.VERBOSITY, "'low'");
    values.put(RequestField.PROMPT_CACHE_RETENTION, "'24h'");
    return values;
  }

  private static ObjectNode json(String text) {
    return (ObjectNode) JsonMapper.shared().readTree(text.replace('\'', '"'));
  }

  private static Variant variant(CallerPolicy policy, boolean local) {
    return variant(
        policy,
        local,
        new VariantParameters(null, null, null, 100, null, null, null, null, null, null));
  }

  private static Variant variant(CallerPolicy policy, boolean local, VariantParameters parameters) {
    return new Variant(
        Digest.ofText("variant"),
        "mail",
        "first",
        Digest.ofText("prompt"),
        local ? "local/choice-minilm" : "acme/m",
        Digest.ofText("model"),
        local ? null : Digest.ofText("connection"),
        null,
        parameters,
        policy,
        ContextOverflowPolicy.REFUSE,
        List.of(),
        null,
        List.of("ada"),
        "ada",
        Instant.EPOCH);
  }

  private static GovernedCall govern(CallerPolicy policy, String prompt, String call) {
    return new CallerRules(variant(policy, false), content(prompt)).applyCallerPolicy(json(call));
  }

  private static PromptContent content(String parameters) {
    return JsonMapper.shared()
        .readValue(
            """
            {"messages":[{"role":"system","content":"Sort."}],"examples":[],
             "variables":{"type":"object","properties":{}},"parameters":%s}
            """
                .formatted(parameters.replace('\'', '"')),
            PromptContent.class);
  }

  private static GovernedCall govern(CallerPolicy policy, String call) {
    return govern(policy, "{}", call);
  }

  private static @Nullable String refused(CallerPolicy policy, String call) {
    try {
      govern(policy, call);
      return null;
    } catch (InvalidCall refused) {
      assertThat(refused).hasMessageContaining(refused.parameterName());
      return refused.parameterName();
    }
  }

  /** Checks every field of the protocol, so that none can be forgotten. */
  @ParameterizedTest
  @EnumSource
  void each_field_is_sent_on_listed_or_refused(RequestField field) {
    String call = "{'%s':%s}".formatted(field.wireName(), VALUES.get(field));
    Treatment treatment = field.treatment();
    if (treatment == Treatment.REFUSED) {
      assertThat(refused(CallerPolicy.DEFAULT, call)).isEqualTo(field.wireName());
    } else {
      boolean overridden = treatment == Treatment.OVERRIDDEN || treatment == Treatment.LOWERED;
      GovernedCall governed = govern(CallerPolicy.DEFAULT, call);
      assertThat(governed.body()).isEqualTo(overridden ? json("{}") : json(call));
      assertThat(governed.ignored())
          .isEqualTo(overridden ? List.of(field.wireName()) : List.<String>of());
    }
  }

  @ParameterizedTest
  @EnumSource
  void what_the_variant_allows_is_sent_on_and_nothing_else(RequestField field) {
    CallerPermission permission = field.permission();
    String call = "{'%s':%s}".formatted(field.wireName(), VALUES.get(field));
    if (permission == null) {
      GovernedCall governed = govern(EVERYTHING, call);
      assertThat(governed.ignored().isEmpty()).isEqualTo(field.treatment() != Treatment.OVERRIDDEN);
      return;
    }

    assertThat(govern(CallerPolicy.allowing(permission), call))
        .extracting(GovernedCall::body, GovernedCall::ignored)
        .containsExactly(json(call), List.of());
    Set<CallerPermission> others =
        Arrays.stream(CallerPermission.values())
            .filter(other -> other != permission)
            .collect(Collectors.toSet());
    CallerPolicy rest = new CallerPolicy(List.copyOf(others));
    if (field.treatment() == Treatment.REFUSED) {
      assertThat(refused(rest, call)).isEqualTo(field.wireName());
    } else {
      assertThat(govern(rest, call).ignored()).containsExactly(field.wireName());
    }
  }

  @Test
  void a_field_that_says_nothing_is_none() {
    for (RequestField field : RequestField.values()) {
      assertThat(govern(CallerPolicy.DEFAULT, "{'%s':null}".formatted(field.wireName())))
          .isEqualTo(new GovernedCall(json("{}"), List.of(), true));
    }
    assertThat(govern(CallerPolicy.DEFAULT, "{'tools':[]}").body()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{'session_id':'chat-1'}|",
        "{'session':'chat-1'}|",
        "{'session_id':'chat-1','team':'mail'}|metadata",
        "{'session_id':'chat-1','session':'chat-2'}|metadata",
        "{'session_id':7}|metadata",
        "{'session_id':' '}|metadata",
        "'chat-1'|metadata",
      })
  void metadata_is_listed_unless_its_session_which_the_trace_keeps_is_all_of_it(
      String metadata, @Nullable String ignored) {
    GovernedCall governed = govern(EVERYTHING, "{'metadata':%s}".formatted(metadata));

    assertThat(governed.body()).isEmpty();
    assertThat(governed.ignored())
        .isEqualTo(ignored == null ? List.<String>of() : List.of(ignored));
  }

  @Test
  void a_shorter_answer_is_always_allowed() {
    assertThat(govern(CallerPolicy.DEFAULT, "{'max_tokens':100}").body())
        .isEqualTo(json("{'max_tokens':100}"));
    assertThat(govern(CallerPolicy.DEFAULT, "{'max_completion_tokens':101}").ignored())
        .containsExactly("max_completion_tokens");
    for (String wrong : List.of("0", "1.5", "'ten'")) {
      assertThat(refused(CallerPolicy.DEFAULT, "{'max_tokens':%s}".formatted(wrong)))
          .isEqualTo("max_tokens");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "17", "1.5", "'two'"})
  void as_many_choices_are_generated_as_one_call_may_pay(String n) {
    assertThat(refused(EVERYTHING, "{'n':%s}".formatted(n))).isEqualTo("n");
  }

  @Test
  void a_field_of_a_provider_is_refused_by_name_unless_the_variant_allows_it() {
    String call = "{'top_k':4,'chat_template_kwargs':{'enable_thinking':false}}";

    assertThat(refused(CallerPolicy.DEFAULT, call)).isIn("top_k", "chat_template_kwargs");
    assertThat(govern(CallerPolicy.allowing(CallerPermission.EXTENSIONS), call).body())
        .isEqualTo(json(call));
  }

  @Test
  void a_model_in_this_process_has_no_fields_of_its_own() {
    PromptContent content = PromptContent.of(List.of(), null, null, null, null);
    Variant local = variant(CallerPolicy.allowing(CallerPermission.EXTENSIONS), true);

    assertThat(new CallerRules(local, content).applyCallerPolicy(json("{'top_k':4}")).ignored())
        .containsExactly("top_k");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{'role':'system','content':'x'}|system-messages",
        "{'role':'developer','content':'x'}|system-messages",
        "{'role':'tool','tool_call_id':'1','content':'x'}|tools",
        "{'role':'assistant','tool_calls':[{'id':'1'}]}|tools",
        "{'role':'user','content':[{'type':'image_url','image_url':{'url':'data:image/png;base64,AA=='}}]}|images",
        "{'role':'user','content':[{'type':'input_audio','input_audio':{'data':'AA=='}}]}|extensions",
        "{'role':'user','content':[{'type':'text','text':'x','cache_control':{}}]}|extensions",
        "{'role':'assistant','content':'x','reasoning_content':'y'}|extensions",
        "{'role':'user','content':[{'type':'type'}]}|extensions",
      })
  void a_message_passes_whole_where_the_variant_allows_it_and_is_refused_elsewhere(
      String message, String permission) {
    String call = "{'messages':[{'role':'user','content':'Hi'},%s]}".formatted(message);
    CallerPermission needed =
        Stream.of(CallerPermission.values())
            .filter(each -> each.wireName().equals(permission))
            .findFirst()
            .orElseThrow();

    assertThat(govern(CallerPolicy.allowing(needed), call).body()).isEqualTo(json(call));
    assertThatExceptionOfType(InvalidCall.class)
        .isThrownBy(() ->
            govern(
                new CallerPolicy(
                    Stream.of(CallerPermission.values()).filter(each -> each != needed).toList()),
                call))
        .withMessageContaining("messages[1]")
        .withMessageContaining(permission)
        .returns("messages", InvalidCall::parameterName);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'type':'image_url','image_url':{'url':'https://canary.example/x'}}",
        "{'type':'image_url','image_url':'https://canary.example/x'}",
        "{'type':'input_audio','input_audio':{'data':'https://canary.example/x'}}",
        "{'type':'file','file':{'file_id':'file-1'}}",
        "{'type':'video_url','video_url':{'url':'https://canary.example/x'}}",
        "{'type':'text','text':'x','source':'file:///etc/passwd'}"
      })
  void no_address_passes_whatever_the_variant_allows(String part) {
    assertThat(refused(EVERYTHING, "{'messages':[{'role':'user','content':[%s]}]}".formatted(part)))
        .isEqualTo("messages");
    assertThat(
            refused(
                EVERYTHING,
                "{'messages':[{'role':'user','content':'x','parts':[%s]}]}"
                    .formatted(part.replace("file-1", "file:///x"))))
        .isEqualTo("messages");
  }

  @Test
  void history_and_the_names_in_it_pass() {
    String call =
        "{'messages':[{'role':'user','name':'kim','content':'Hi'},"
            + "{'role':'assistant','content':'Hello!'},{'role':'user','content':'Bye'}]}";

    assertThat(govern(CallerPolicy.DEFAULT, call).body()).isEqualTo(json(call));
  }

  @Test
  void the_results_of_a_prompts_own_tools_pass() {
    String call =
        "{'messages':[{'role':'assistant','tool_calls':[{'id':'1'}]},"
            + "{'role':'tool','tool_call_id':'1','content':'x'}]}";

    assertThat(govern(CallerPolicy.DEFAULT, "{'tools':[{'type':'function'}]}", call).body())
        .isEqualTo(json(call));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://example.com/cat.png",
        "data:text/html;base64,AA==",
        "file:///etc/passwd",
        ""
      })
  void an_address_of_an_image_is_not_fetched(String url) {
    assertThat(
            refused(
                EVERYTHING,
                "{'messages':[{'role':'user','content':[{'type':'image_url','image_url':{'url':'%s'}}]}]}"
                    .formatted(url)))
        .isEqualTo("messages");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{}|{}|true",
        "{'temperature':0.7}|{}|false",
        "{'temperature':0.7}|{'temperature':0}|true",
        "{}|{'temperature':0.7}|false",
        "{'tools':[{'type':'function'}]}|{}|false",
        "{}|{'tools':[{'type':'function'}]}|false",
        "{}|{'messages':[{'role':'tool','tool_call_id':'1','content':'x'}]}|false",
        "{}|{'messages':[{'role':'assistant','tool_calls':[{}]}]}|false",
      })
  void only_answers_that_neither_vary_nor_concern_tools_are_repeatable(
      String prompt, String call, boolean repeatable) {
    assertThat(govern(EVERYTHING, prompt, call).repeatable()).isEqualTo(repeatable);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {"{}|false", "{'temperature':0}|true", "{'temperature':0.7}|false"})
  void without_a_temperature_only_the_callers_own_makes_an_answer_repeatable(
      String call, boolean repeatable) {
    Variant variant =
        variant(EVERYTHING, false, VariantParameters.NONE.withTemperatureOmitted(true));

    assertThat(new CallerRules(variant, content("{}")).applyCallerPolicy(json(call)).repeatable())
        .isEqualTo(repeatable);
  }

  @Test
  void ignored_fields_are_listed_in_order() {
    assertThat(govern(CallerPolicy.DEFAULT, "{'top_p':1,'n':1,'seed':1}").ignored())
        .isEqualTo(List.copyOf(new TreeSet<>(List.of("n", "seed", "top_p"))));
  }

  /** Requires a value for every field of the table; otherwise the check above proves nothing. */
  @Test
  void every_field_of_the_table_is_walked() {
    assertThat(VALUES).containsOnlyKeys(RequestField.values());
    JsonNode all =
        json(
            "{%s}"
                .formatted(
                    VALUES.entrySet().stream()
                        .map(entry ->
                            "'%s':%s".formatted(entry.getKey().wireName(), entry.getValue()))
                        .collect(Collectors.joining(","))));
    assertThat(all).hasSize(RequestField.values().length);
  }
}
