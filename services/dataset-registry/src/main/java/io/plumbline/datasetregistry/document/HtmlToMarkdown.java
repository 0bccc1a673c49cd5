package io.plumbline.datasetregistry.document;

import java.util.Set;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeFilter;
import org.jsoup.select.NodeTraversor;

/**
 * Converts HTML elements to Markdown. Headings, list items and code are kept; elements that a
 * reader of the page does not read, such as scripts and navigation, are left out.
 */
final class HtmlToMarkdown implements NodeFilter {

  private static final Set<String> SKIPPED_ELEMENTS =
      Set.of(
          "script",
          "style",
          "nav",
          "noscript",
          "template",
          "head",
          "iframe",
          "object",
          "svg",
          "canvas",
          "select",
          "button");

  private static final Set<String> CELLS = Set.of("td", "th");

  /** The elements that are followed by an empty line. */
  private static final Set<String> PARAGRAPH_ELEMENTS =
      Set.of("h1", "h2", "h3", "h4", "h5", "h6", "p", "table", "ul", "ol", "blockquote");

  private static final Pattern HIDING_STYLE =
      Pattern.compile("(display\\s*:\\s*none|visibility\\s*:\\s*hidden)", Pattern.CASE_INSENSITIVE);

  private static final Pattern SPACES = Pattern.compile("\\s+");

  /** Set when the text exceeds its limit, which ends the traversal. */
  private boolean tooLong;

  private final StringBuilder text = new StringBuilder();
  private final StringBuilder line = new StringBuilder();
  private String prefix = "";
  private int preformatted;

  void add(Element element) throws UnreadableFile {
    NodeTraversor.filter(this, element);
    endLine();
    if (tooLong || text.length() > ExtractedText.MAX_TEXT) {
      throw UnreadableFile.tooLong();
    }
  }

  String markdown() {
    return ExtractedText.withoutControlCharacters(text.toString())
        .replaceAll("\n{3,}", "\n\n")
        .strip();
  }

  @Override
  public FilterResult head(Node node, int depth) {
    if (text.length() + line.length() > ExtractedText.MAX_TEXT) {
      tooLong = true;
      return FilterResult.STOP;
    }
    if (node instanceof TextNode textNode) {
      appendText(textNode);
    } else if (node instanceof Element element) {
      String name = element.normalName();
      if (SKIPPED_ELEMENTS.contains(name) || isHidden(element)) {
        return FilterResult.SKIP_ENTIRELY;
      }
      beginElement(element, name);
    }
    return FilterResult.CONTINUE;
  }

  /**
   * Returns whether an element is invisible. Text that no reader of the page sees may be written
   * for a model alone, so it is left out.
   */
  private static boolean isHidden(Element element) {
    return element.hasAttr("hidden")
        || element.attr("aria-hidden").equalsIgnoreCase("true")
        || HIDING_STYLE.matcher(element.attr("style")).find();
  }

  private void appendText(TextNode node) {
    String words = node.getWholeText();
    line.append(preformatted > 0 ? words : SPACES.matcher(words).replaceAll(" "));
  }

  private void beginElement(Element element, String name) {
    if (name.equals("br")) {
      endLine();
    } else if (CELLS.contains(name)) {
      if (!line.isEmpty()) {
        line.append(" | ");
      }
    } else if (element.isBlock() || name.equals("li")) {
      endLine();
      switch (name) {
        case "h1", "h2", "h3", "h4", "h5", "h6" -> {
          addEmptyLine();
          prefix = "#".repeat(name.charAt(1) - '0') + " ";
        }
        case "li" -> prefix = "- ";
        case "pre" -> {
          addEmptyLine();
          text.append("```\n");
          preformatted++;
        }
        case "tr", "dt", "dd" -> {}
        default -> addEmptyLine();
      }
    }
  }

  @Override
  public FilterResult tail(Node node, int depth) {
    if (node instanceof Element element) {
      String name = element.normalName();
      if (name.equals("pre")) {
        text.append(line);
        if (!line.isEmpty() && !line.toString().endsWith("\n")) {
          text.append('\n');
        }
        line.setLength(0);
        preformatted--;
        text.append("```\n\n");
      } else if (element.isBlock() || name.equals("li")) {
        if (!CELLS.contains(name)) {
          endLine();
          prefix = "";
          if (PARAGRAPH_ELEMENTS.contains(name)) {
            addEmptyLine();
          }
        }
      }
    }
    return FilterResult.CONTINUE;
  }

  private void addEmptyLine() {
    if (!text.isEmpty()) {
      text.append('\n');
    }
  }

  private void endLine() {
    if (preformatted > 0) {
      text.append(line);
      line.setLength(0);
      return;
    }
    String content = line.toString().strip();
    line.setLength(0);
    if (!content.isEmpty()) {
      text.append(prefix.isEmpty() ? ExtractedText.escapeHeading(content) : prefix + content)
          .append('\n');
      prefix = "";
    }
  }
}
