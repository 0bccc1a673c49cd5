package io.plumbline.promptregistry.diff;

import io.plumbline.prompttemplate.content.Message;
import io.plumbline.prompttemplate.content.Placeholder;
import io.plumbline.prompttemplate.content.PromptMessage;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The difference at one position of the messages of two versions: a message or a placeholder each.
 *
 * @param index the position, counted from 0
 * @param fromRole absent when the older version has no message there
 * @param toRole absent when the newer version has no message there
 * @param fromPlaceholder the name of the older version's placeholder; absent when it has none
 * @param toPlaceholder the name of the newer version's placeholder; absent when it has none
 * @param changed whether anything differs
 */
public record MessageDiff(
    int index,
    Message.@Nullable Role fromRole,
    Message.@Nullable Role toRole,
    @Nullable String fromPlaceholder,
    @Nullable String toPlaceholder,
    boolean changed,
    List<DiffLine> lines) {

  static MessageDiff between(
      Edits edits,
      int index,
      @Nullable PromptMessage older,
      @Nullable PromptMessage newer,
      Map<String, String> renamed) {
    List<DiffLine> lines = LineDiff.between(edits, linesOf(older), linesOf(newer), renamed);
    Message.Role fromRole = roleOf(older);
    Message.Role toRole = roleOf(newer);
    String fromPlaceholder = placeholderName(older);
    String toPlaceholder = placeholderName(newer);
    boolean changed =
        fromRole != toRole
            || !Objects.equals(fromPlaceholder, toPlaceholder)
            || lines.stream().anyMatch(line -> line.kind() != DiffLine.Kind.EQUAL);
    return new MessageDiff(index, fromRole, toRole, fromPlaceholder, toPlaceholder, changed, lines);
  }

  private static Message.@Nullable Role roleOf(@Nullable PromptMessage entry) {
    return entry instanceof Message message ? message.role() : null;
  }

  private static @Nullable String placeholderName(@Nullable PromptMessage entry) {
    return entry instanceof Placeholder placeholder ? placeholder.name() : null;
  }

  private static List<List<Word>> linesOf(@Nullable PromptMessage entry) {
    if (entry instanceof Message message) {
      return Word.linesOf(message.content());
    }
    return List.of();
  }
}
