package io.plumbline.promptregistry.diff;

import io.plumbline.prompttemplate.content.PromptContent;
import io.plumbline.prompttemplate.content.PromptMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The differences between two versions of a prompt.
 *
 * @param from number of the older version
 * @param to number of the newer version
 * @param messages every message and placeholder of either version, by position
 * @param renamedVariables variables that only changed their name: the newer name by the older
 * @param partials every partial of either version, by name
 * @param configuration every value of variables, parameters and response format that differs
 */
public record PromptDiff(
    int from,
    int to,
    List<MessageDiff> messages,
    Map<String, String> renamedVariables,
    ExampleDiff examples,
    List<PartialDiff> partials,
    List<SettingDiff> configuration) {

  public static PromptDiff between(int from, PromptContent older, int to, PromptContent newer) {
    Map<String, String> renamed = VariableRenames.between(older, newer);
    Edits edits = new Edits();
    List<MessageDiff> messages = new ArrayList<>();
    for (int i = 0; i < Math.max(older.messages().size(), newer.messages().size()); i++) {
      messages.add(
          MessageDiff.between(edits, i, messageAt(older, i), messageAt(newer, i), renamed));
    }
    return new PromptDiff(
        from,
        to,
        List.copyOf(messages),
        renamed,
        ExampleDiff.between(edits, older.examples(), newer.examples()),
        PartialDiff.between(edits, older.partials(), newer.partials()),
        SettingDiff.between(older, newer));
  }

  private static @Nullable PromptMessage messageAt(PromptContent content, int index) {
    return index < content.messages().size() ? content.messages().get(index) : null;
  }
}
