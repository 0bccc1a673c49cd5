package io.plumbline.prompttemplate.content;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/**
 * The place of messages that come with a call, in the form in which Langfuse writes it.
 *
 * @param name the name of the messages; only {@value #CALLERS}, the messages of the caller
 */
public record Placeholder(@NotNull Type type, @NotBlank @Size(max = 64) String name)
    implements PromptMessage {

  public static final String CALLERS = "conversation";

  /** The placeholder for the caller's messages. */
  public static final Placeholder CONVERSATION = new Placeholder(Type.PLACEHOLDER, CALLERS);

  /** Distinguishes a placeholder from a message on the wire. */
  public enum Type {
    @JsonProperty("placeholder")
    PLACEHOLDER
  }
}
