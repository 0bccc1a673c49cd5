package io.plumbline.promptregistry.diff;

import io.plumbline.prompttemplate.content.Message;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The messages that two versions have at the same position.
 *
 * @param index the position, counted from 0
 * @param fromRole absent where the older version has no such message
 * @param toRole absent where the newer version has no such message
 * @param changed whether role or content differ
 */
public record MessageDiff(
    int index,
    Message.@Nullable Role fromRole,
    Message.@Nullable Role toRole,
    boolean changed,
    List<DiffLine> lines) {

  static MessageDiff between(
      Edits edits,
      int index,
      @Nullable Message older,
      @Nullable Message newer,
      Map<String, String> renamed) {
    List<DiffLine> lines = LineDiff.between(edits, lines(older), lines(newer), renamed);
    Message.Role fromRole = older == null ? null : older.role();
    Message.Role toRole = newer == null ? null : newer.role();
    boolean changed =
        fromRole != toRole || lines.stream().anyMatch(line -> line.kind() != DiffLine.Kind.EQUAL);
    return new MessageDiff(index, fromRole, toRole, changed, lines);
  }

  private static List<List<Word>> lines(@Nullable Message message) {
    return message == null ? List.of() : Word.lines(message.content());
  }
}
