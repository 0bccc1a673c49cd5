package io.plumbline.prompttemplate.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A template with the texts that it includes, down to the last. A name has the meaning that the
 * including text gives it, so the same name may stand for different texts in two of them.
 *
 * @param partials the included templates by the name in the template
 */
public record ComposedTemplate(Template template, Map<String, ComposedTemplate> partials) {

  public ComposedTemplate {
    partials = Map.copyOf(partials);
  }

  /** Returns a template that includes nothing. */
  public static ComposedTemplate of(Template template) {
    return new ComposedTemplate(template, Map.of());
  }

  /**
   * Returns the tokens as they are rendered: those of a partial in place of its tag. Positions are
   * those in the text that a token comes from.
   */
  public List<Token> tokens() {
    List<Token> tokens = new ArrayList<>();
    collect(tokens::add);
    return List.copyOf(tokens);
  }

  /** Returns the text without variables and other tags, which are left as gaps. */
  public String textWithoutTags() {
    return joinTextTokens(" ");
  }

  /**
   * Returns the text without variables and other tags.
   *
   * @param gap the text that follows each piece
   */
  public String joinTextTokens(String gap) {
    return tokens().stream()
        .filter(token -> token.kind() == Token.Kind.TEXT)
        .map(token -> token.text() + gap)
        .collect(Collectors.joining());
  }

  /**
   * Counts the characters of the template and of each partial as often as it is included, with
   * their indentation.
   *
   * @param limit the number above which the exact count does not matter: nested partials multiply
   */
  public long length(long limit) {
    return length(0, 0, limit);
  }

  private long length(int indent, long before, long limit) {
    long total = before + Indentation.indentedLength(template.source(), indent);
    for (Token tag : template.partials()) {
      if (total > limit) {
        break;
      }
      Optional<String> own = Indentation.blanksBefore(template.source(), tag);
      int inner = own.map(blanks -> blanks.length() + indent).orElse(0);
      ComposedTemplate partial = partials.get(tag.name());
      if (partial != null) {
        total = partial.length(inner, total, limit);
      }
    }
    return total;
  }

  private void collect(Consumer<Token> tokens) {
    for (Token token : template.tokens()) {
      ComposedTemplate partial = includedPartial(token);
      if (partial == null) {
        tokens.accept(token);
      } else {
        partial.collect(tokens);
      }
    }
  }

  private @Nullable ComposedTemplate includedPartial(Token token) {
    if (token.kind() != Token.Kind.PARTIAL) {
      return null;
    }
    return partials.get(token.name());
  }
}
