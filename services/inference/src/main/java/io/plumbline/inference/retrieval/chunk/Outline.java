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
 * Every text is read as Markdown; a text without markup consists of paragraphs.
 */
final class Outline {

  /** The maximum nesting of lists and quotations; deeper text is divided by its lines. */
  private static final int MAX_DEPTH = 16;

  private static final int MAX_HEADING = 200;

  /** The front matter that a text may begin with. */
  private static final Pattern FRONT_MATTER =
      Pattern.compile("\\A---[ \\t]*\\R(?:[^\\n]{0,1000}\\n){0,100}?---[ \\t]*(?:\\R|\\z)");

  private static final Pattern OPENING = Pattern.compile("^ {0,3}#{1,6}(?=[ \\t]|$)");
  private static final Pattern UNDERLINE = Pattern.compile(" {0,3}(?:=+|-+)[ \\t]*");

  /** The way in which a block is divided that is too long for one chunk. */
  enum Division {
    /** The block is divided into the blocks that it contains. */
    BLOCKS,
    SENTENCES,
    LINES
  }

  /**
   * A block of text.
   *
   * @param start the start of its first line, or of its part of the block that it is in
   * @param parts the blocks that the block contains
   */
  record Block(int start, Division division, List<Block> parts) {}

  /**
   * The text under one heading, up to the next heading.
   *
   * @param headings the headings that it stands under, outermost first
   * @param blocks the blocks of the text; empty where the text is that of the heading itself
   */
  record Section(List<String> headings, int start, int end, List<Block> blocks) {}

  private record Title(int level, String text, int start, int end) {}

  private static final Parser PARSER =
      Parser.builder()
          .includeSourceSpans(IncludeSourceSpans.BLOCKS)
          .maxOpenBlockParsers(MAX_DEPTH)
          // Only blocks matter here, so inline markup is not parsed.
          .inlineParserFactory(context -> (lines, node) -> {})
          .build();

  private final String text;
  private final List<Title> titles = new ArrayList<>();

  /** The blocks of the text before the first heading, then the blocks under each heading. */
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
      if (node instanceof Heading heading && startOf(node) >= body) {
        titles.add(
            new Title(
                heading.getLevel(), headingText(node), lineStart(startOf(node), 0), endOf(node)));
        blocks.add(new ArrayList<>());
      } else {
        blocks.getLast().add(toBlock(node, 0, 0));
      }
    }
  }

  /** Returns the sections in the order of the text; none consists of white space alone. */
  static List<Section> of(String text) {
    return new Outline(text).sections();
  }

  private List<Section> sections() {
    List<Section> sections = new ArrayList<>();
    List<Title> open = new ArrayList<>();
    addSection(List.of(), 0, titleStart(0), 0, sections);
    for (int i = 0; i < titles.size(); i++) {
      Title title = titles.get(i);
      open.removeIf(outer -> outer.level >= title.level);
      open.add(title);
      List<String> headings = open.stream().map(Title::text).toList();
      boolean last = i + 1 == titles.size();
      boolean written = addSection(headings, title.end, titleStart(i + 1), i + 1, sections);
      // A heading with sections under it is named by them. Any other heading without text would be
      // lost.
      if (!written && (last || titles.get(i + 1).level <= title.level)) {
        sections.add(new Section(headings, title.start, title.end, List.of()));
      }
    }
    return sections;
  }

  /** Returns the start of a title; the end of the text for the index after the last title. */
  private int titleStart(int index) {
    return index < titles.size() ? titles.get(index).start() : text.length();
  }

  private boolean addSection(
      List<String> headings, int from, int to, int index, List<Section> sections) {
    int start = Words.skipSpace(text, from);
    int end = Words.trimmedEnd(text, from, to);
    if (start >= end) {
      return false;
    }
    sections.add(new Section(headings, start, end, List.copyOf(blocks.get(index))));
    return true;
  }

  private Block toBlock(Node node, int within, int depth) {
    int start = lineStart(startOf(node), within);
    List<Block> parts = new ArrayList<>();
    if (depth < MAX_DEPTH
        && (node instanceof ListBlock || node instanceof ListItem || node instanceof BlockQuote)) {
      for (Node child : children(node)) {
        if (!child.getSourceSpans().isEmpty()) {
          parts.add(toBlock(child, start, depth + 1));
        }
      }
    }
    return new Block(start, divisionOf(node, parts), parts);
  }

  private Division divisionOf(Node node, List<Block> parts) {
    if (!parts.isEmpty()) {
      return Division.BLOCKS;
    }
    return node instanceof Paragraph && !isTable(node) ? Division.SENTENCES : Division.LINES;
  }

  /**
   * Returns whether each line has cells. The parser reads tables as paragraphs, because it runs
   * without the extension for tables.
   */
  private boolean isTable(Node node) {
    List<SourceSpan> lines = node.getSourceSpans();
    return lines.size() > 1 && lines.stream().allMatch(line -> spanText(line).contains("|"));
  }

  private String headingText(Node node) {
    List<String> lines = node.getSourceSpans().stream().map(this::spanText).toList();
    String heading =
        withoutUnderline(lines).stream()
            .map(line -> withoutClosing(OPENING.matcher(line).replaceFirst("")).strip())
            .collect(Collectors.joining(" "));
    if (heading.length() <= MAX_HEADING) {
      return heading;
    }
    return StorableText.truncate(heading, MAX_HEADING).strip();
  }

  private static List<String> withoutUnderline(List<String> lines) {
    if (lines.size() > 1 && UNDERLINE.matcher(lines.getLast()).matches()) {
      return lines.subList(0, lines.size() - 1);
    }
    return lines;
  }

  /**
   * Returns a heading without its closing hashes. This is no regular expression, because one would
   * scan all white space again from each of its characters.
   */
  private static String withoutClosing(String line) {
    int end = line.length();
    while (end > 0 && isBlank(line.charAt(end - 1))) {
      end--;
    }
    int hashes = end;
    while (hashes > 0 && line.charAt(hashes - 1) == '#') {
      hashes--;
    }
    if (hashes < end && hashes > 0 && isBlank(line.charAt(hashes - 1))) {
      return line.substring(0, hashes);
    }
    return line;
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }

  private String spanText(SourceSpan span) {
    return text.substring(span.getInputIndex(), span.getInputIndex() + span.getLength());
  }

  /**
   * Returns the start of the line of an offset, with the markup before it, but never a place before
   * the start of the enclosing block.
   */
  private int lineStart(int offset, int within) {
    int start = offset;
    while (start > within && text.charAt(start - 1) != '\n' && text.charAt(start - 1) != '\r') {
      start--;
    }
    return start;
  }

  private static int startOf(Node node) {
    return node.getSourceSpans().getFirst().getInputIndex();
  }

  private static int endOf(Node node) {
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
