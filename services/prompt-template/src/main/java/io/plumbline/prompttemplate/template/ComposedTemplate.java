package io.plumbline.prompttemplate.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * A template with the texts that it includes, down to the last. A name means what the text that
 * includes it says, so that the same name may stand for different texts in two of them.
 *
 * @param partials by the name under which the template includes them
 */
public record ComposedTemplate(Template template, Map<String, ComposedTemplate> partials) {

  public ComposedTemplate {
    partials = Map.copyOf(partials);
  }

  /** A template that includes nothing. */
  public static ComposedTemplate of(Template template) {
    return new ComposedTemplate(template, Map.of());
  }

  /**
   * The tokens as they are rendered: those of a partial in place of its tag. Positions are those in
   * the text that a token comes from.
   */
  public List<Token> tokens() {
    List<Token> tokens = new ArrayList<>();
    collect(tokens::add);
    return List.copyOf(tokens);
  }

  /** The text without variables and other tags, which are left as gaps. */
  public String words() {
    return texts(" ");
  }

  /**
   * The text without variables and other tags.
   *
   * @param gap what follows each piece of text
   */
  public String texts(String gap) {
    return tokens().stream()
        .filter(token -> token.kind() == Token.Kind.TEXT)
        .map(token -> token.text() + gap)
        .collect(Collectors.joining());
  }

  /**
   * The characters of the template and of each partial as often as it is included, with their
   * indentation.
   *
   * @param limit above which it does not matter how many there are: partials of partials multiply
   */
  public long length(long limit) {
    return length(0, 0, limit);
  }

  private long length(int indent, long before, long limit) {
    long total = before + Indentation.length(template.source(), indent);
    for (Token tag : template.partials()) {
      if (total > limit) {
        break;
      }
      Optional<String> own = Indentation.of(template.source(), tag);
      int inner = own.map(String::length).orElse(0) + (own.isPresent() ? indent : 0);
      ComposedTemplate partial = partials.get(tag.name());
      total = partial == null ? total : partial.length(inner, total, limit);
    }
    return total;
  }

  private void collect(Consumer<Token> tokens) {
    for (Token token : template.tokens()) {
      ComposedTemplate partial =
          token.kind() == Token.Kind.PARTIAL ? partials.get(token.name()) : null;
      if (partial == null) {
        tokens.accept(token);
      } else {
        partial.collect(tokens);
      }
    }
  }
}
