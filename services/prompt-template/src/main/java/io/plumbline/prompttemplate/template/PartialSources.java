package io.plumbline.prompttemplate.template;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The texts that a template includes, as the library asks for them. Each is indented and has a name
 * of its own, since the same name can stand for another text in another partial.
 */
final class PartialSources {

  /**
   * A comment that renders to nothing. Without a line before it, the library does not notice that a
   * tag is alone on the first line.
   */
  private static final String LINE_BEFORE = "{{!}}\n";

  private final Map<String, String> sources = new HashMap<>();
  private final IdentityHashMap<ComposedTemplate, Map<String, String>> names =
      new IdentityHashMap<>();

  /**
   * Returns the source of a template in which numbers replace the names of partials. {@link #get}
   * returns the partial of a number.
   */
  String renamedSource(ComposedTemplate composed, String indent) {
    String source = Indentation.indented(composed.template().source(), indent);
    if (composed.partials().isEmpty() || !(Template.parse(source) instanceof Template template)) {
      return source;
    }
    StringBuilder named = new StringBuilder();
    int at = 0;
    for (Token tag : template.partials()) {
      ComposedTemplate partial = composed.partials().get(tag.name());
      if (partial == null) {
        continue;
      }
      Optional<String> alone = Indentation.blanksBefore(source, tag);
      String own = alone.orElse("");
      if (alone.isPresent() && tag.offset() == own.length()) {
        named.append(LINE_BEFORE);
      }
      named
          .append(source, at, tag.offset() - own.length())
          .append("{{>")
          .append(assignName(partial, own))
          .append("}}");
      at = tag.offset() + tag.text().length();
    }
    return named.append(source, at, source.length()).toString();
  }

  /**
   * Returns the source of a partial; null for a name that {@link #renamedSource} did not assign.
   *
   * @param name the number that replaced the partial's own name in a tag
   */
  @Nullable String get(String name) {
    return sources.get(name);
  }

  private String assignName(ComposedTemplate partial, String indent) {
    Map<String, String> byIndent = names.computeIfAbsent(partial, known -> new HashMap<>());
    String known = byIndent.get(indent);
    if (known != null) {
      return known;
    }
    String source = renamedSource(partial, indent);
    String name = Integer.toString(sources.size());
    sources.put(name, source);
    byIndent.put(indent, name);
    return name;
  }
}
