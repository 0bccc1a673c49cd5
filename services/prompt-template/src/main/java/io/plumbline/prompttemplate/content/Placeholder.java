package io.plumbline.prompttemplate.content;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/**
 * The place of messages that come with a call, in the form in which Langfuse writes it.
 *
 * @param name which messages; only {@value #CALLERS}, those of the caller
 */
public record Placeholder(@NotNull Type type, @NotBlank @Size(max = 64) String name)
    implements PromptMessage {

  public static final String CALLERS = "conversation";

  /** Where the caller's messages go. */
  public static final Placeholder CONVERSATION = new Placeholder(Type.PLACEHOLDER, CALLERS);

  /** Distinguishes a placeholder from a message on the wire. */
  public enum Type {
    @JsonProperty("placeholder")
    PLACEHOLDER
  }
}
