package io.plumbline.inference.variant;

import com.fasterxml.jackson.annotation.JsonProperty;

/** A permission that a variant may give its callers, beyond history and plain text. */
public enum CallerPermission {
  /** Messages of the roles system and developer. */
  @JsonProperty("system-messages")
  SYSTEM_MESSAGES("system-messages"),
  /** Tool definitions, tool calls and their results. */
  @JsonProperty("tools")
  TOOLS("tools"),
  /** Images inside a message. */
  @JsonProperty("images")
  IMAGES("images"),
  /** Fields and parts of messages that are not those of the OpenAI API. */
  @JsonProperty("extensions")
  EXTENSIONS("extensions"),
  @JsonProperty("temperature")
  TEMPERATURE("temperature"),
  @JsonProperty("top_p")
  TOP_P("top_p"),
  @JsonProperty("seed")
  SEED("seed"),
  @JsonProperty("stop")
  STOP("stop"),
  @JsonProperty("frequency_penalty")
  FREQUENCY_PENALTY("frequency_penalty"),
  @JsonProperty("presence_penalty")
  PRESENCE_PENALTY("presence_penalty"),
  @JsonProperty("n")
  N("n"),
  @JsonProperty("response_format")
  RESPONSE_FORMAT("response_format"),
  @JsonProperty("logit_bias")
  LOGIT_BIAS("logit_bias"),
  @JsonProperty("reasoning_effort")
  REASONING_EFFORT("reasoning_effort"),
  /** More tokens in the answer than the variant's own limit; fewer are always allowed. */
  @JsonProperty("max_tokens")
  MAX_TOKENS("max_tokens");

  private final String wire;

  CallerPermission(String wire) {
    this.wire = wire;
  }

  public String wireName() {
    return wire;
  }
}
