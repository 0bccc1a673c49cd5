package io.plumbline.prompttemplate.rendering;

import io.plumbline.prompttemplate.content.Variables;
import io.plumbline.prompttemplate.content.Violation;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * How a call fits a prompt: which of its messages fill a variable, and which go where the prompt
 * takes the caller's.
 */
sealed interface Fitting {

  /**
   * @param values with the variable that a message filled
   * @param conversation what goes to the caller's place
   * @param asker the message that filled the prompt's question instead of following it
   */
  record Fits(ObjectNode values, Conversation conversation, @Nullable ObjectNode asker)
      implements Fitting {}

  /** The call does not fit. */
  record Misfit(Violation violation) implements Fitting {}

  /** A prompt whose own last word is a question, without a place for the caller's messages. */
  static Fitting question(Variables variables, ObjectNode values, Conversation conversation) {
    Set<String> open = variables.open(values);
    if (conversation.isEmpty()) {
      return open.isEmpty()
          ? new Fits(values, conversation, null)
          : misfit("/variables", "lack %s: pass values, or send a user message".formatted(open));
    }
    if (open.isEmpty()) {
      return misfit(
          "/conversation",
          "must be left out: the prompt's question takes nothing more from a message");
    }
    Optional<ObjectNode> asked = conversation.question();
    if (conversation.messages().size() > 1 || asked.isEmpty()) {
      return misfit(
          "/conversation",
          "must be one user message and no other, since it fills the prompt's question; a version"
              + " with the placeholder 'conversation' takes a history");
    }
    return filled(open, values, asked, () -> new Fits(values, Conversation.EMPTY, asked.get()));
  }

  /** A prompt without a question: the caller's messages follow it. */
  static Fitting following(Variables variables, ObjectNode values, Conversation conversation) {
    Set<String> open = variables.open(values);
    if (open.isEmpty()) {
      return conversation.isEmpty()
          ? misfit(
              "/conversation", "must have a message: the prompt has no user message of its own")
          : new Fits(values, conversation, null);
    }
    return filled(
        open, values, conversation.question(), () -> new Fits(values, conversation, null));
  }

  /** A prompt that says itself where the caller's messages go: they fill no variable. */
  static Fitting placed(boolean hasQuestion, ObjectNode values, Conversation conversation) {
    return conversation.isEmpty() && !hasQuestion
        ? misfit("/conversation", "must have a message: the prompt has no user message of its own")
        : new Fits(values, conversation, null);
  }

  private static Fitting filled(
      Set<String> open, ObjectNode values, Optional<ObjectNode> message, Supplier<Fits> fits) {
    if (open.size() > 1 || message.isEmpty()) {
      return misfit(
          "/variables",
          "lack %s: pass values%s"
              .formatted(
                  open,
                  message.isEmpty()
                      ? ", or send a user message"
                      : "; a user message fills only one variable"));
    }
    if (!message.get().path("content").isString()) {
      return misfit(
          "/conversation",
          "must be text where a message fills the variable %s: send no parts of other types"
              .formatted(open.iterator().next()));
    }
    values.put(open.iterator().next(), Conversation.text(message.get()));
    return fits.get();
  }

  private static Misfit misfit(String pointer, String detail) {
    return new Misfit(new Violation(pointer, detail));
  }
}
