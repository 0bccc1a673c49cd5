package io.plumbline.inference.retrieval.chunk;

import io.plumbline.platform.body.StorableText;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.Heading;
import org.commonmark.node.ListBlock;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SourceSpan;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;

/**
 * The structure of a document: its headings and the blocks under them, by their places in its text.
 * Every text is Markdown; one without marks is paragraphs.
 */
final class Outline {

  /** Lists and quotations that are looked into; what is deeper is divided by its lines. */
  private static final int MAX_DEPTH = 16;

  private static final int MAX_HEADING = 200;

  /** Lines in which front matter ends, if the text begins with it. */
  private static final Pattern FRONT_MATTER =
      Pattern.compile("\\A---[ \\t]*\\R(?:[^\\n]{0,1000}\\n){0,100}?---[ \\t]*(?:\\R|\\z)");

  private static final Pattern OPENING = Pattern.compile("^ {0,3}#{1,6}(?=[ \\t]|$)");
  private static final Pattern UNDERLINE = Pattern.compile(" {0,3}(?:=+|-+)[ \\t]*");

  /** How a block is divided that is too long for one chunk. */
  enum Division {
    /** Into the blocks in it. */
    BLOCKS,
    SENTENCES,
    LINES
  }

  /**
   * A block of text.
   *
   * @param start where its first line begins, or what it is in
   * @param parts the blocks in it
   */
  record Block(int start, Division division, List<Block> parts) {}

  /**
   * What stands under one heading, up to the next.
   *
   * @param headings outermost first
   * @param blocks may be none, where the text is that of the heading itself
   */
  record Section(List<String> headings, int start, int end, List<Block> blocks) {}

  private record Title(int level, String text, int start, int end) {}

  private static final Parser PARSER =
      Parser.builder()
          .includeSourceSpans(IncludeSourceSpans.BLOCKS)
          .maxOpenBlockParsers(MAX_DEPTH)
          // Only blocks matter here.
          .inlineParserFactory(context -> (lines, node) -> {})
          .build();

  private final String text;
  private final List<Title> titles = new ArrayList<>();

  /** Of the text before the first heading, then of each. */
  private final List<List<Block>> blocks = new ArrayList<>();

  private Outline(String text) {
    this.text = text;
    blocks.add(new ArrayList<>());
    var frontMatter = FRONT_MATTER.matcher(text);
    int body = frontMatter.find() ? frontMatter.end() : 0;
    for (Node node : children(PARSER.parse(text))) {
      if (node.getSourceSpans().isEmpty()) {
        continue;
      }
      if (node instanceof Heading heading && start(node) >= body) {
        titles.add(
            new Title(heading.getLevel(), headingText(node), lineStart(start(node), 0), end(node)));
        blocks.add(new ArrayList<>());
      } else {
        blocks.getLast().add(block(node, 0, 0));
      }
    }
  }

  /** In the order of the text; none has nothing but white space. */
  static List<Section> of(String text) {
    return new Outline(text).sections();
  }

  private List<Section> sections() {
    List<Section> sections = new ArrayList<>();
    List<Title> open = new ArrayList<>();
    add(List.of(), 0, titles.isEmpty() ? text.length() : titles.getFirst().start(), 0, sections);
    for (int i = 0; i < titles.size(); i++) {
      Title title = titles.get(i);
      open.removeIf(outer -> outer.level >= title.level);
      open.add(title);
      List<String> headings = open.stream().map(Title::text).toList();
      boolean last = i + 1 == titles.size();
      int end = last ? text.length() : titles.get(i + 1).start();
      boolean written = add(headings, title.end, end, i + 1, sections);
      // Else the heading would be nowhere: those of what stands under it name it.
      if (!written && (last || titles.get(i + 1).level <= title.level)) {
        sections.add(new Section(headings, title.start, title.end, List.of()));
      }
    }
    return sections;
  }

  private boolean add(List<String> headings, int from, int to, int of, List<Section> sections) {
    int start = Words.skipSpace(text, from);
    int end = Words.trimmedEnd(text, from, to);
    if (start >= end) {
      return false;
    }
    sections.add(new Section(headings, start, end, List.copyOf(blocks.get(of))));
    return true;
  }

  private Block block(Node node, int within, int depth) {
    int start = lineStart(start(node), within);
    List<Block> parts = new ArrayList<>();
    if (depth < MAX_DEPTH
        && (node instanceof ListBlock || node instanceof ListItem || node instanceof BlockQuote)) {
      for (Node child : children(node)) {
        if (!child.getSourceSpans().isEmpty()) {
          parts.add(block(child, start, depth + 1));
        }
      }
    }
    Division division =
        !parts.isEmpty()
            ? Division.BLOCKS
            : node instanceof Paragraph && !isTable(node) ? Division.SENTENCES : Division.LINES;
    return new Block(start, division, parts);
  }

  /** Lines with cells; what they mean is an extension that the parser need not know. */
  private boolean isTable(Node node) {
    List<SourceSpan> lines = node.getSourceSpans();
    return lines.size() > 1 && lines.stream().allMatch(line -> text(line).contains("|"));
  }

  private String headingText(Node node) {
    List<String> lines = node.getSourceSpans().stream().map(this::text).toList();
    List<String> said =
        lines.size() > 1 && UNDERLINE.matcher(lines.getLast()).matches()
            ? lines.subList(0, lines.size() - 1)
            : lines;
    String heading =
        said.stream()
            .map(line -> withoutClosing(OPENING.matcher(line).replaceFirst("")).strip())
            .collect(Collectors.joining(" "));
    return heading.length() <= MAX_HEADING
        ? heading
        : StorableText.head(heading, MAX_HEADING).strip();
  }

  /** By hand: a pattern would look at all white space anew from each of its characters. */
  private static String withoutClosing(String line) {
    int end = line.length();
    while (end > 0 && isBlank(line.charAt(end - 1))) {
      end--;
    }
    int hashes = end;
    while (hashes > 0 && line.charAt(hashes - 1) == '#') {
      hashes--;
    }
    return hashes < end && hashes > 0 && isBlank(line.charAt(hashes - 1))
        ? line.substring(0, hashes)
        : line;
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }

  private String text(SourceSpan span) {
    return text.substring(span.getInputIndex(), span.getInputIndex() + span.getLength());
  }

  /** With the marks before it, unless what it is in begins after them. */
  private int lineStart(int offset, int within) {
    int start = offset;
    while (start > within && text.charAt(start - 1) != '\n' && text.charAt(start - 1) != '\r') {
      start--;
    }
    return start;
  }

  private static int start(Node node) {
    return node.getSourceSpans().getFirst().getInputIndex();
  }

  private static int end(Node node) {
    SourceSpan last = node.getSourceSpans().getLast();
    return last.getInputIndex() + last.getLength();
  }

  private static List<Node> children(Node parent) {
    List<Node> children = new ArrayList<>();
    for (Node child = parent.getFirstChild(); child != null; child = child.getNext()) {
      children.add(child);
    }
    return children;
  }
}
