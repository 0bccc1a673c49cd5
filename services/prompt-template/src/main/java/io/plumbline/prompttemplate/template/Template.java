package io.plumbline.prompttemplate.template;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A template in the subset of Mustache (mustache(5)) that cannot run code and reads only its
 * variables: variables, sections, inverted sections, partials and comments. Inheritance, partials
 * named by a variable and other delimiters are rejected by name, because each would make the text
 * depend on more than the version's own content.
 */
public record Template(String source, List<Token> tokens) implements ParsedTemplate {

  static final int MAX_DEPTH = 16;

  /** The characters of the name in a tag: the pattern of names takes stack for each part. */
  static final int MAX_NAME = 1_000;

  private static final Pattern NAME =
      Pattern.compile("\\.|-first|-last|-index|[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_][A-Za-z0-9_]*)*");
  private static final Pattern PARTIAL = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,62}");

  /** Returns whether a tag can include a partial by this name. */
  public static boolean isPartialName(String name) {
    return PARTIAL.matcher(name).matches();
  }

  public static ParsedTemplate parse(String source) {
    return new Reader(source).read();
  }

  /** Returns the tokens that print a variable, in order. */
  public List<Token> variables() {
    return tokens.stream().filter(token -> token.kind() == Token.Kind.VARIABLE).toList();
  }

  /** Returns the tags that include a partial, in order. */
  public List<Token> partials() {
    return tokens.stream().filter(token -> token.kind() == Token.Kind.PARTIAL).toList();
  }

  /** Parses a source in one pass. */
  private static final class Reader {

    private final String source;
    private final List<Token> tokens = new ArrayList<>();
    private final Deque<Token> open = new ArrayDeque<>();
    private int line = 1;
    private int column = 1;

    Reader(String source) {
      this.source = source;
    }

    ParsedTemplate read() {
      int at = 0;
      while (at < source.length()) {
        int tag = source.indexOf("{{", at);
        if (tag < 0) {
          add(Token.Kind.TEXT, at, source.length(), "");
          break;
        }
        if (tag > at) {
          add(Token.Kind.TEXT, at, tag, "");
        }
        boolean triple = source.startsWith("{{{", tag);
        String closing = triple ? "}}}" : "}}";
        int close = source.indexOf(closing, tag);
        if (close < 0) {
          return malformed("The tag is not closed; close it with }} or write a single brace");
        }
        int end = close + closing.length();
        Malformed problem =
            readTag(source.substring(tag + closing.length(), close), triple, tag, end);
        if (problem != null) {
          return problem;
        }
        at = end;
      }
      if (!open.isEmpty()) {
        Token unclosed = open.element();
        return new Malformed(
            unclosed.line(),
            unclosed.column(),
            "Section '%s' is not closed; add {{/%s}}".formatted(unclosed.name(), unclosed.name()));
      }
      return new Template(source, List.copyOf(tokens));
    }

    // This is the grammar of a tag; null means that the tag is valid.
    private @Nullable Malformed readTag(String inner, boolean triple, int from, int to) {
      char sign = inner.isEmpty() || triple ? ' ' : inner.charAt(0);
      if (sign == '!') {
        add(Token.Kind.COMMENT, from, to, "");
        return null;
      }
      Malformed refused =
          switch (sign) {
            case '<', '$' -> malformed("Template inheritance is not supported; write the text out");
            case '=' -> malformed("Other delimiters are not supported; use {{ and }}");
            default -> null;
          };
      if (refused != null) {
        return refused;
      }
      String name = ("#^/&>".indexOf(sign) >= 0 ? inner.substring(1) : inner).strip();
      if (name.length() > MAX_NAME) {
        return malformed("A name has at most %,d characters; shorten it".formatted(MAX_NAME));
      }
      if (sign == '>') {
        return addPartial(name, from, to);
      }
      if (!NAME.matcher(name).matches()) {
        return malformed(
            "'%s' is not a variable name; use letters, digits, underscores and dots"
                .formatted(name));
      }
      return switch (sign) {
        case '#' -> openSection(Token.Kind.SECTION, from, to, name);
        case '^' -> openSection(Token.Kind.INVERTED, from, to, name);
        case '/' -> closeSection(from, to, name);
        default -> {
          add(Token.Kind.VARIABLE, from, to, name);
          yield null;
        }
      };
    }

    private @Nullable Malformed addPartial(String name, int from, int to) {
      if (!isPartialName(name)) {
        return malformed(
            "'%s' is not the name of a partial; use up to 63 letters, digits, hyphens and"
                    .formatted(name)
                + " underscores, beginning with a letter");
      }
      add(Token.Kind.PARTIAL, from, to, name);
      return null;
    }

    private @Nullable Malformed openSection(Token.Kind kind, int from, int to, String name) {
      if (open.size() == MAX_DEPTH) {
        return malformed("Sections are nested more than %d deep; nest fewer".formatted(MAX_DEPTH));
      }
      open.push(add(kind, from, to, name));
      return null;
    }

    private @Nullable Malformed closeSection(int from, int to, String name) {
      if (open.isEmpty()) {
        return malformed("{{/%s}} closes no open section".formatted(name));
      }
      String expected = open.element().name();
      if (!expected.equals(name)) {
        return malformed(
            "{{/%s}} closes no open section; the open one is '%s'".formatted(name, expected));
      }
      open.pop();
      add(Token.Kind.END, from, to, name);
      return null;
    }

    private Token add(Token.Kind kind, int from, int to, String name) {
      Token token = new Token(kind, source.substring(from, to), name, from, line, column);
      tokens.add(token);
      for (int i = from; i < to; i++) {
        if (source.charAt(i) == '\n') {
          line++;
          column = 1;
        } else {
          column++;
        }
      }
      return token;
    }

    private Malformed malformed(String reason) {
      return new Malformed(line, column, reason);
    }
  }
}
