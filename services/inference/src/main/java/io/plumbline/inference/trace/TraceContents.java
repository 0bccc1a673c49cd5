package io.plumbline.inference.trace;

import io.plumbline.platform.body.StorableText;
import io.plumbline.sensitivedata.SensitiveDataSettings;
import io.plumbline.sensitivedata.SensitiveScanner;
import io.plumbline.sensitivedata.SensitiveScanners;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Selects and masks the contents of a request that the policy of its workspace keeps. It masks them
 * before they reach the journal, so that content that must not be kept is on no disk.
 */
@Component
public class TraceContents {

  /** The maximum number of characters of the input, and of the output. */
  static final int MAX_CHARACTERS = 16_384;

  /** The maximum number of characters of a question and of an answer in a list. */
  static final int MAX_EXCERPT = 200;

  /** The field of a call that has contents beside its messages. */
  static final String VARIABLES = "plumbline_variables";

  private final TracePolicies policies;
  private final SensitiveScanners scanners;

  TraceContents(TracePolicies policies, SensitiveDataSettings settings) {
    this.policies = policies;
    this.scanners = new SensitiveScanners(settings);
  }

  /** Returns whether answers must be collected at all. */
  public boolean keepsContents(UUID workspace) {
    return policies.contentsPolicy(workspace) != ContentPolicy.NONE;
  }

  /**
   * Returns the contents of a request that are kept.
   *
   * @param call an OpenAI chat request
   * @param messages the messages of the answer; absent without an answer
   * @return the contents; absent when nothing is kept
   */
  public TraceRecord.@Nullable Content keptContents(
      UUID workspace, ObjectNode call, @Nullable ArrayNode messages) {
    ContentPolicy policy = policies.contentsPolicy(workspace);
    if (policy == ContentPolicy.NONE) {
      return null;
    }
    SensitiveScanner scanner = policy == ContentPolicy.MASKED ? scanners.of(workspace) : null;
    ContentCopier input = new ContentCopier(scanner, MAX_CHARACTERS);
    ObjectNode asked = JsonNodeFactory.instance.objectNode();
    if (call.has(VARIABLES)) {
      asked.set(VARIABLES, input.copy(call.path(VARIABLES)));
    }
    if (call.has("messages")) {
      asked.set("messages", newestMessages(call.path("messages"), input));
    }
    ContentCopier output = new ContentCopier(scanner, MAX_CHARACTERS);
    String answered = messages == null ? null : output.copy(messages).toString();
    return new TraceRecord.Content(
        policy, asked.toString(), answered, input.isCut() || output.isCut());
  }

  /**
   * A caller's text about an answer, in the form in which it is kept.
   *
   * @param contents the policy that was applied to the text
   */
  public record RetainedText(ContentPolicy contents, String text) {}

  /**
   * Applies the policy of the workspace to a caller's text about an answer, as it is applied to the
   * answer itself.
   *
   * @return the text; absent when the policy keeps nothing
   */
  public @Nullable RetainedText retainedText(UUID workspace, String text) {
    ContentPolicy policy = policies.contentsPolicy(workspace);
    return switch (policy) {
      case NONE -> null;
      case MASKED -> new RetainedText(policy, maskText(workspace, text));
      case FULL -> new RetainedText(policy, copy(null, text));
    };
  }

  /** Returns a text with placeholders where personal data and secrets were found. */
  public String maskText(UUID workspace, String text) {
    return copy(scanners.of(workspace), text);
  }

  /**
   * Returns the beginning of a text, masked and on one line; a cut one ends with an ellipsis.
   *
   * @return the excerpt; absent where nothing can be read
   */
  @Nullable String excerpt(UUID workspace, String text) {
    ContentCopier copier = new ContentCopier(scanners.of(workspace), MAX_EXCERPT);
    String masked = copier.copy(JsonNodeFactory.instance.stringNode(text)).asString();
    String line = StorableText.oneLine(masked);
    if (line.isEmpty()) {
      return null;
    }
    return copier.isCut() ? line + "…" : line;
  }

  private static String copy(@Nullable SensitiveScanner scanner, String text) {
    return new ContentCopier(scanner, MAX_CHARACTERS)
        .copy(JsonNodeFactory.instance.stringNode(text))
        .asString();
  }

  /** Returns the newest messages that fit, because the end of a long conversation matters most. */
  private static ArrayNode newestMessages(JsonNode messages, ContentCopier input) {
    List<JsonNode> kept = new ArrayList<>();
    for (int i = messages.size() - 1; i >= 0 && !input.isCut(); i--) {
      kept.add(input.copy(messages.get(i)));
    }
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    kept.reversed().forEach(all::add);
    return all;
  }
}
