package io.plumbline.prompttemplate.content;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.Locale;

/**
 * A message of a chat prompt.
 *
 * @param content a Mustache template
 */
public record Message(
    @NotNull Role role, @NotBlank @Size(max = PromptContent.MAX_MESSAGE) String content)
    implements PromptMessage {

  /** The role of a message, by its name in the OpenAI API. */
  public enum Role {
    @JsonProperty("system")
    SYSTEM,
    @JsonProperty("user")
    USER,
    @JsonProperty("assistant")
    ASSISTANT;

    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
