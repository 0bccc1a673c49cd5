package io.plumbline.datasetregistry.document;

import static io.plumbline.platform.test.hostile.HostileParts.SIZE;
import static io.plumbline.platform.test.hostile.HostileParts.each;
import static io.plumbline.platform.test.hostile.HostileParts.filled;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.plumbline.platform.test.hostile.HostileTexts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.DeflaterOutputStream;
import org.slf4j.LoggerFactory;

/** Hostile files of 100 KB, as an upload of documents has them. */
public final class HostileDocuments implements HostileTexts.Table {

  private final Map<String, HostileTexts.Reading> readings = new LinkedHashMap<>();

  @Override
  public Map<String, HostileTexts.Reading> readings() {
    // Its warnings quote the files.
    ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.OFF);
    markdown();
    html();
    pdf();
    return readings;
  }

  private void markdown() {
    add(FileType.MARKDOWN, "spaces before a closing hash", "# x" + filled(" ", SIZE) + "y");
    add(FileType.MARKDOWN, "spaces after the hash", "#" + filled(" ", SIZE));
    add(FileType.MARKDOWN, "hashes", filled("#", SIZE));
    add(FileType.MARKDOWN, "hashes and spaces", "# x" + filled(" #", SIZE) + "y");
    add(FileType.MARKDOWN, "fences", filled("```\n", SIZE));
    add(FileType.MARKDOWN, "front matter that does not end", "---\n" + filled("title:\n", SIZE));
    add(FileType.MARKDOWN, "underlines", "a\n" + filled("-", SIZE));
    add(FileType.MARKDOWN, "line feeds", filled("\n", SIZE));
    add(FileType.MARKDOWN, "link brackets", filled("[", SIZE));
    add(FileType.MARKDOWN, "quotations within each other", filled("> ", SIZE));
  }

  private void html() {
    add(FileType.HTML, "elements within each other", filled("<div>", SIZE));
    add(FileType.HTML, "one-letter elements within each other", filled("<b>", SIZE));
    add(FileType.HTML, "links that are not closed", filled("<a>", SIZE));
    add(FileType.HTML, "formatting that is not closed", filled("<b><i><u>", SIZE) + "<p>x</b>");
    add(
        FileType.HTML,
        "formatting with attributes of its own across paragraphs",
        each(3_000, i -> "<b id=%d>".formatted(i)) + filled("<p>", 50_000));
    add(FileType.HTML, "formatting that ends in another order", filled("<b><p></b>", SIZE));
    add(FileType.HTML, "links within tables", filled("<table><a>", SIZE));
    add(FileType.HTML, "tables within each other", filled("<table><tr><td>", SIZE));
    add(FileType.HTML, "text where a table has none", filled("<table>x", SIZE));
    add(FileType.HTML, "forms and lists", filled("<form><ul><li>", SIZE));
    add(FileType.HTML, "options within select", "<select>" + filled("<option>", SIZE));
    add(FileType.HTML, "templates within each other", filled("<template>", SIZE));
    add(FileType.HTML, "paragraphs", filled("<p>", SIZE));
    add(FileType.HTML, "end tags", filled("</p>", SIZE));
    add(FileType.HTML, "opening brackets", filled("<", SIZE));
    add(FileType.HTML, "a tag that does not end", "<a " + filled("b ", SIZE));
    add(
        FileType.HTML,
        "attributes of one hash",
        "<a " + each(6_000, HostileDocuments::colliding) + ">");
    add(FileType.HTML, "attributes", "<a " + each(14_000, i -> "a%d ".formatted(i)) + ">");
    add(FileType.HTML, "entities", filled("&amp;", SIZE));
    add(FileType.HTML, "entities that are none", filled("&x", SIZE));
    add(FileType.HTML, "comments that do not end", filled("<!--", SIZE));
    add(FileType.HTML, "declared entities", "<!DOCTYPE a [<!ENTITY a 'a'>]>" + filled("&a;", SIZE));
    add(FileType.HTML, "a script that does not end", "<script>" + filled("<!--<script", SIZE));
    add(FileType.HTML, "SVG within each other", filled("<svg><a>", SIZE));
    add(FileType.HTML, "styles that hide nothing", filled("<a style='display  '>", SIZE));
    add(FileType.HTML, "a style of spaces", "<a style='display" + filled(" ", SIZE) + "'>x");
    add(FileType.HTML, "spaces", "<p>" + filled(" ", SIZE) + "x");
    add(FileType.HTML, "preformatted lines", "<pre>" + filled("a\n", SIZE));
    add(FileType.HTML, "preformatted within each other", filled("<pre>a", SIZE));
    add(FileType.HTML, "headings within each other", filled("<h1>", SIZE));
    add(FileType.HTML, "cells", "<table><tr>" + filled("<td>", SIZE));
    add(FileType.HTML, "NUL", filled("\0", SIZE));
    add(FileType.HTML, "a charset that is none", "<meta charset='" + filled("x", SIZE) + "'>");
    add(FileType.HTML, "charsets", filled("<meta charset=utf-16>", SIZE));
  }

  private void pdf() {
    addPdf("a page tree that is its own child", "", 2, "<</Type/Pages/Kids[2 0 R]/Count 1>>");
    addPdf(
        "a page that is the child of 10,000",
        "",
        2,
        "<</Type/Pages/Kids[%s]/Count 10000>>".formatted(filled("3 0 R ", 60_000)));
    addPdf("arrays within each other", "", 5, filled("[", SIZE));
    addPdf("dictionaries within each other", "", 5, filled("<</A", SIZE));
    addPdf("parentheses within each other", "", 5, filled("(", SIZE));
    addPdf("numbers of the content", filled("1 ", SIZE), 5, "null");
    addPdf("arrays of the content", filled("[", SIZE), 5, "null");
    addPdf("saved states", filled("q ", SIZE), 5, "null");
    addPdf("letters at one place", text(filled("(aaaaaaaaaa) Tj ", SIZE)), 5, "null");
    addPdf(
        "letters at descending places",
        text(each(5_000, i -> "1 0 0 1 %d %d Tm (a) Tj ".formatted(i % 500, 5_000 - i))),
        5,
        "null");
    addPdf("words of the content", filled("BT ET ", SIZE), 5, "null");
    addPdf("inline images that do not end", filled("BI ID ", SIZE), 5, "null");
    addPdf(
        "a form that draws itself twice",
        "/X Do",
        5,
        "<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 5 0 R>>>>/Length 12>>"
            + "stream\n/X Do /X Do \nendstream");
    addPdf("names", each(10_000, i -> "/N%d ".formatted(i)), 5, "null");
    add(FileType.PDF, "object numbers", "%PDF-1.7\n" + filled("1 0 obj ", SIZE) + "%%EOF");
    add(FileType.PDF, "trailers", "%PDF-1.7\n" + filled("trailer<</Root 1 0 R>>", SIZE) + "%%EOF");
    add(
        FileType.PDF,
        "a cross-reference that refers to itself",
        "%PDF-1.7\nxref\n0 1\n0000000000 65535 f \ntrailer<</Size 1/Prev 9/Root 1 0 R>>\n"
            + "startxref\n9\n%%EOF");
    add(
        FileType.PDF,
        "cross-references of two billion objects",
        "%PDF-1.7\nxref\n0 2000000000\n"
            + filled("0000000000 65535 f \n", SIZE)
            + "trailer<</Size 2000000000/Root 1 0 R>>\nstartxref\n9\n%%EOF");
    add(
        FileType.PDF,
        "start of cross-references",
        "%PDF-1.7\n" + filled("startxref ", SIZE) + "%%EOF");
    add(FileType.PDF, "ends of files", "%PDF-1.7\n" + filled("%%EOF\n", SIZE));
    addCompressed("compressed numbers", "", "1 ", 90, "");
    addCompressed("compressed letters", "BT /F 12 Tf 72 700 Td (", "a", 20, ") Tj ET");
    addCompressed("compressed states", "", "q ", 90, "");
    addCompressed("compressed arrays", "", "[", 90, "");
  }

  private static String text(String operators) {
    return "BT /F 12 Tf 72 700 Td " + operators + " ET";
  }

  /** Adds a file of one page, whose object 2 is the page tree. */
  private void addPdf(String name, String content, int number, String object) {
    add(FileType.PDF, name, pdf(content.getBytes(StandardCharsets.ISO_8859_1), "", number, object));
  }

  /** Adds a file whose content is a part again and again, in so many megabytes. */
  private void addCompressed(String name, String start, String part, int megabytes, String end) {
    ByteArrayOutputStream small = new ByteArrayOutputStream();
    try (OutputStream deflated = new DeflaterOutputStream(small)) {
      deflated.write(start.getBytes(StandardCharsets.ISO_8859_1));
      for (int i = 0; i < megabytes; i++) {
        deflated.write(filled(part, 1 << 20).getBytes(StandardCharsets.ISO_8859_1));
      }
      deflated.write(end.getBytes(StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    add(FileType.PDF, name, pdf(small.toByteArray(), "/Filter/FlateDecode", 5, "null"));
  }

  private static byte[] pdf(byte[] content, String filter, int number, String object) {
    String start =
        "%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
            + (number == 2 ? "" : "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n")
            + "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R"
            + "/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>"
            + "/XObject<</X 5 0 R>>/Extra 5 0 R>>>>endobj\n4 0 obj<</Length %d%s>>stream\n"
                .formatted(content.length, filter);
    String rest =
        "\nendstream endobj\n%d 0 obj %s endobj\ntrailer<</Root 1 0 R/Size 6/Info 5 0 R>>\n"
                .formatted(number, object)
            + "startxref\n0\n%%EOF\n";
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(start.getBytes(StandardCharsets.ISO_8859_1));
    bytes.writeBytes(content);
    bytes.writeBytes(rest.getBytes(StandardCharsets.ISO_8859_1));
    return bytes.toByteArray();
  }

  private void add(FileType type, String name, String content) {
    add(type, name, content.getBytes(StandardCharsets.UTF_8));
  }

  private void add(FileType type, String name, byte[] content) {
    try {
      Path file = Files.createTempFile("hostile", null);
      file.toFile().deleteOnExit();
      Files.write(file, content);
      readings.put("%s: %s".formatted(type, name), () -> ReaderMain.replyTo(type, file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns a name of 13 letters; all of them have one hash. */
  private static String colliding(int number) {
    return IntStream.range(0, 13)
            .mapToObj(i -> (number >> i & 1) == 0 ? "aa" : "bB")
            .collect(Collectors.joining())
        + " ";
  }
}
