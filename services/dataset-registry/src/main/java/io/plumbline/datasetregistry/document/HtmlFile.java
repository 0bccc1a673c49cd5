package io.plumbline.datasetregistry.document;

import io.plumbline.datasetregistry.row.RowProblem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;

/** Reads a page of HTML, in the encoding that the page names, or else in UTF-8. */
final class HtmlFile {

  /** The maximum nesting of elements; the parser treats deeper ones as siblings. */
  static final int MAX_DEPTH = 256;

  static final int MAX_BYTES = 16 * 1024 * 1024;

  private HtmlFile() {}

  static ExtractedText read(Path file) throws IOException, UnreadableFile {
    if (Files.size(file) > MAX_BYTES) {
      throw new UnreadableFile(
          RowProblem.Code.TOO_LARGE,
          "has more than %,d bytes".formatted(MAX_BYTES),
          "Divide it into several files");
    }
    Document page;
    try (InputStream content = Files.newInputStream(file)) {
      // The base address is empty: relative links are not resolved, and nothing is fetched.
      page = Jsoup.parse(content, null, "", Parser.htmlParser().setMaxDepth(MAX_DEPTH));
    }
    HtmlToMarkdown text = new HtmlToMarkdown();
    text.add(page.body());
    return new ExtractedText(
        ExtractedText.withoutControlCharacters(titleOf(page)), text.markdown());
  }

  private static String titleOf(Document page) {
    Element heading = page.selectFirst("h1, h2, h3, h4, h5, h6");
    if (page.title().isBlank() && heading != null) {
      return heading.text();
    }
    return page.title();
  }
}
