package io.plumbline.prompttemplate.rendering;

import io.plumbline.prompttemplate.content.Variables;
import io.plumbline.prompttemplate.content.Violation;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The way in which a call fits a prompt: which of its messages fill a variable, and which go to the
 * prompt's place for the caller's messages.
 */
sealed interface CallFit {

  /**
   * A call that fits.
   *
   * @param values the values with the variable that a message filled
   * @param conversation the messages that go to the caller's place
   * @param asker the message that filled the prompt's question instead of following it
   */
  record Fits(ObjectNode values, Conversation conversation, @Nullable ObjectNode asker)
      implements CallFit {}

  /** A call that does not fit. */
  record Misfit(Violation violation) implements CallFit {}

  /** Fits a call to a prompt that ends with a question and has no place for caller's messages. */
  static CallFit fitQuestion(Variables variables, ObjectNode values, Conversation conversation) {
    Set<String> open = variables.unfilled(values);
    if (conversation.isEmpty()) {
      if (open.isEmpty()) {
        return new Fits(values, conversation, null);
      }
      return misfit("/variables", "lack %s: pass values, or send a user message".formatted(open));
    }
    if (open.isEmpty()) {
      return misfit(
          "/conversation", "must be omitted: the prompt's question has all of its values already");
    }
    Optional<ObjectNode> asked = conversation.lastUserMessage();
    if (conversation.messages().size() > 1 || asked.isEmpty()) {
      return misfit(
          "/conversation",
          "must be one user message and no other, since it fills the prompt's question; a version"
              + " with the placeholder 'conversation' takes a history");
    }
    return fillVariable(
        open, values, asked, () -> new Fits(values, Conversation.EMPTY, asked.get()));
  }

  /** Fits a call to a prompt without a question, which the caller's messages follow. */
  static CallFit fitFollowingMessages(
      Variables variables, ObjectNode values, Conversation conversation) {
    Set<String> open = variables.unfilled(values);
    if (open.isEmpty()) {
      if (conversation.isEmpty()) {
        return missingMessageMisfit();
      }
      return new Fits(values, conversation, null);
    }
    return fillVariable(
        open, values, conversation.lastUserMessage(), () -> new Fits(values, conversation, null));
  }

  /** Fits a call to a prompt with a placeholder: the caller's messages fill no variable. */
  static CallFit fitPlaceholder(boolean hasQuestion, ObjectNode values, Conversation conversation) {
    if (conversation.isEmpty() && !hasQuestion) {
      return missingMessageMisfit();
    }
    return new Fits(values, conversation, null);
  }

  private static Misfit missingMessageMisfit() {
    return misfit(
        "/conversation", "must have a message: the prompt has no user message of its own");
  }

  private static CallFit fillVariable(
      Set<String> open, ObjectNode values, Optional<ObjectNode> message, Supplier<Fits> fits) {
    if (open.size() > 1 || message.isEmpty()) {
      return misfit(
          "/variables", "lack %s: pass values%s".formatted(open, missingValueRemedy(message)));
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

  private static String missingValueRemedy(Optional<ObjectNode> message) {
    if (message.isEmpty()) {
      return ", or send a user message";
    }
    return "; a user message fills only one variable";
  }

  private static Misfit misfit(String pointer, String detail) {
    return new Misfit(new Violation(pointer, detail));
  }
}
