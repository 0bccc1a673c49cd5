package io.plumbline.inference.variant;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The fields of a chat request of the OpenAI API, each with its treatment when an application or a
 * variant is called. This is the one place where that is decided, so that nothing is dropped
 * silently.
 */
public enum RequestField {
  MODEL("model", Treatment.READ),
  MESSAGES("messages", Treatment.READ),
  /** Values of the prompt's variables. */
  PLUMBLINE_VARIABLES("plumbline_variables", Treatment.READ),
  STREAM("stream", Treatment.HONOURED),
  STREAM_OPTIONS("stream_options", Treatment.HONOURED),
  USER("user", Treatment.HONOURED),
  SAFETY_IDENTIFIER("safety_identifier", Treatment.HONOURED),
  PROMPT_CACHE_KEY("prompt_cache_key", Treatment.HONOURED),
  LOGPROBS("logprobs", Treatment.HONOURED),
  TOP_LOGPROBS("top_logprobs", Treatment.HONOURED),
  MAX_TOKENS("max_tokens", Treatment.LOWERED, CallerPermission.MAX_TOKENS),
  MAX_COMPLETION_TOKENS("max_completion_tokens", Treatment.LOWERED, CallerPermission.MAX_TOKENS),
  TEMPERATURE("temperature", Treatment.OVERRIDDEN, CallerPermission.TEMPERATURE),
  TOP_P("top_p", Treatment.OVERRIDDEN, CallerPermission.TOP_P),
  SEED("seed", Treatment.OVERRIDDEN, CallerPermission.SEED),
  STOP("stop", Treatment.OVERRIDDEN, CallerPermission.STOP),
  FREQUENCY_PENALTY("frequency_penalty", Treatment.OVERRIDDEN, CallerPermission.FREQUENCY_PENALTY),
  PRESENCE_PENALTY("presence_penalty", Treatment.OVERRIDDEN, CallerPermission.PRESENCE_PENALTY),
  N("n", Treatment.OVERRIDDEN, CallerPermission.N),
  RESPONSE_FORMAT("response_format", Treatment.OVERRIDDEN, CallerPermission.RESPONSE_FORMAT),
  LOGIT_BIAS("logit_bias", Treatment.OVERRIDDEN, CallerPermission.LOGIT_BIAS),
  REASONING_EFFORT("reasoning_effort", Treatment.OVERRIDDEN, CallerPermission.REASONING_EFFORT),
  // A caller does not decide how a provider stores, bills or speeds up an answer. As these fields
  // do not change the answer either, a call need not fail because of them.
  METADATA("metadata", Treatment.OVERRIDDEN),
  STORE("store", Treatment.OVERRIDDEN),
  SERVICE_TIER("service_tier", Treatment.OVERRIDDEN),
  PREDICTION("prediction", Treatment.OVERRIDDEN),
  TOOLS("tools", Treatment.REFUSED, CallerPermission.TOOLS),
  TOOL_CHOICE("tool_choice", Treatment.REFUSED, CallerPermission.TOOLS),
  PARALLEL_TOOL_CALLS("parallel_tool_calls", Treatment.REFUSED, CallerPermission.TOOLS),
  FUNCTIONS("functions", Treatment.REFUSED, CallerPermission.TOOLS),
  FUNCTION_CALL("function_call", Treatment.REFUSED, CallerPermission.TOOLS),
  MODALITIES("modalities", Treatment.REFUSED, CallerPermission.EXTENSIONS),
  AUDIO("audio", Treatment.REFUSED, CallerPermission.EXTENSIONS),
  VERBOSITY("verbosity", Treatment.REFUSED, CallerPermission.EXTENSIONS),
  PROMPT_CACHE_RETENTION("prompt_cache_retention", Treatment.REFUSED, CallerPermission.EXTENSIONS);

  /** The most choices that a caller may ask for at once, since each is generated and paid for. */
  private static final int MAX_CHOICES = 16;

  /**
   * The types of tools that a caller executes. Some servers take others, such as the address of a
   * server of tools, and call them from their own network.
   */
  private static final Set<String> TOOL_TYPES = Set.of("function", "custom");

  /** The treatment of a field that the variant does not allow. */
  public enum Treatment {
    /** Plumbline reads the field itself, and does not send it on. */
    READ,
    /** The field is sent on. */
    HONOURED,
    /** The field is sent on if its value is at most the variant's own; else it is overridden. */
    LOWERED,
    /** The variant's value, or none, replaces the caller's; an answer's header lists the field. */
    OVERRIDDEN,
    /** The call is refused by the field's name. */
    REFUSED
  }

  private static final Map<String, RequestField> BY_NAME =
      Arrays.stream(values())
          .collect(Collectors.toMap(RequestField::wireName, Function.identity()));

  private final String wire;
  private final Treatment treatment;
  private final @Nullable CallerPermission permission;

  RequestField(String wire, Treatment treatment) {
    this(wire, treatment, null);
  }

  RequestField(String wire, Treatment treatment, @Nullable CallerPermission permission) {
    this.wire = wire;
    this.treatment = treatment;
    this.permission = permission;
  }

  /** Finds a field by its name; empty for one that the OpenAI API does not have. */
  public static Optional<RequestField> find(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }

  public String wireName() {
    return wire;
  }

  /**
   * Checks a value that is sent on.
   *
   * @throws InvalidCall when it asks for too much, or for tools that the caller does not execute
   */
  public void requireValid(JsonNode value) {
    if (treatment == Treatment.LOWERED && !(value.isIntegralNumber() && value.asDouble() >= 1)) {
      throw new InvalidCall(wire, wire + " must be a whole number of at least 1.");
    }
    if (this == N
        && !(value.isIntegralNumber()
            && value.asDouble() >= 1
            && value.asDouble() <= MAX_CHOICES)) {
      throw new InvalidCall(wire, "n must be a whole number from 1 to %d.".formatted(MAX_CHOICES));
    }
    if (this == TOOLS
        && !(value.isArray()
            && value
                .valueStream()
                .allMatch(tool -> TOOL_TYPES.contains(tool.path("type").asString(""))))) {
      throw new InvalidCall(wire, "tools must be a list of tools of the type function or custom.");
    }
  }

  Treatment treatment() {
    return treatment;
  }

  /** Returns the permission with which the field is sent on; absent where there is none. */
  @Nullable CallerPermission permission() {
    return permission;
  }
}
