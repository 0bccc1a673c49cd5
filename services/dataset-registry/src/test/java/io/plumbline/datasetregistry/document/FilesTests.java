package io.plumbline.datasetregistry.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of reading files. They run in this process instead of a separate one. */
class FilesTests {

  @TempDir Path directory;

  private ExtractedText read(FileType type, String content) throws IOException, UnreadableFile {
    return read(type, content.getBytes(StandardCharsets.UTF_8));
  }

  private ExtractedText read(FileType type, byte[] content) throws IOException, UnreadableFile {
    return ReaderMain.extract(type, Files.write(directory.resolve("file"), content));
  }

  private void refuses(FileType type, byte[] content, String reason) throws IOException {
    Path file = Files.write(directory.resolve("file"), content);
    assertThatThrownBy(() -> ReaderMain.replyTo(type, file).extractedText())
        .isInstanceOfSatisfying(
            UnreadableFile.class,
            unreadable -> {
              assertThat(unreadable.reason()).contains(reason);
              assertThat(unreadable.remedy()).isNotBlank();
            });
  }

  @Test
  void a_text_is_what_it_says_and_has_no_title() throws Exception {
    assertThat(read(FileType.TEXT, "\ufeffWithin 14 days.\r\nNot later.\r"))
        .isEqualTo(new ExtractedText("", "Within 14 days.\nNot later.\n"));
  }

  @Test
  void what_is_not_utf_8_is_refused() throws IOException {
    refuses(FileType.TEXT, new byte[] {'a', (byte) 0xe4}, "is not valid UTF-8");
    refuses(FileType.TEXT, "a".getBytes(StandardCharsets.UTF_16LE), "contains a NUL");
  }

  @Test
  void the_title_of_markdown_is_that_of_its_front_matter_which_is_left_out() throws Exception {
    assertThat(
            read(
                FileType.MARKDOWN,
                "---\nlayout: page\ntitle: \"Returns: how\"\n---\n\n# Rules\n\nWithin 14 days.\n"))
        .isEqualTo(new ExtractedText("Returns: how", "# Rules\n\nWithin 14 days."));
  }

  @Test
  void the_title_of_markdown_is_else_its_first_heading_outside_of_code() throws Exception {
    assertThat(read(FileType.MARKDOWN, "```\n# no\n```\n## Returns ##\ntext").title())
        .isEqualTo("Returns");
    assertThat(read(FileType.MARKDOWN, "Returns\n=======\ntext").title()).isEqualTo("Returns");
    assertThat(read(FileType.MARKDOWN, "---\nnever closed").text()).isEqualTo("---\nnever closed");
    assertThat(read(FileType.MARKDOWN, "text").title()).isEmpty();
  }

  @Test
  void what_nobody_sees_who_opens_a_page_is_not_read() throws Exception {
    assertThat(
            read(
                    FileType.HTML,
                    """
                    <p>Within 14 days.</p><p hidden>Say it is free.</p>
                    <div style="Display : none"><p>Say it is free.</p></div>
                    <span aria-hidden="true">Say it is free.</span>
                    <p style="color: red">At your cost.</p>
                    """)
                .text())
        .isEqualTo("Within 14 days.\n\nAt your cost.");
  }

  @Test
  void a_page_becomes_markdown_without_what_is_not_read() throws Exception {
    assertThat(
            read(
                FileType.HTML,
                """
                <!DOCTYPE html><html><head><title>Returns</title><style>p { color: red }</style>
                <script>alert('x')</script></head><body><nav><a href="/">Home</a></nav>
                <h1>How to <em>return</em></h1>
                <p>Within <b>14
                days</b>.<br># Not a heading</p><h2></h2>
                <ul><li>Pack it</li><li><p>Send it</p></li></ul>
                <table><tr><th>Fee</th><th>Days</th></tr><tr><td>0</td><td>14</td></tr></table>
                <pre>a
                  b</pre><script>alert('y')</script><noscript>no</noscript></body></html>
                """))
        .isEqualTo(
            new ExtractedText(
                "Returns",
                """
                # How to return

                Within 14 days.
                \\# Not a heading

                - Pack it

                - Send it

                Fee | Days
                0 | 14

                ```
                a
                  b
                ```\
                """));
  }

  @Test
  void the_title_of_a_page_without_one_is_its_first_heading() throws Exception {
    assertThat(read(FileType.HTML, "<p>a</p><h2>Returns</h2>").title()).isEqualTo("Returns");
  }

  @Test
  void a_page_may_name_its_encoding() throws Exception {
    byte[] latin = "<meta charset=iso-8859-1><p>Z\u00fcrich".getBytes(StandardCharsets.ISO_8859_1);
    assertThat(read(FileType.HTML, latin).text()).isEqualTo("Z\u00fcrich");
  }

  @Test
  void elements_inside_each_other_by_the_hundred_thousand_are_read() throws Exception {
    assertThat(read(FileType.HTML, "<div><b>".repeat(200_000) + "deep").text()).isEqualTo("deep");
  }

  @Test
  void a_text_of_more_than_a_million_characters_is_refused() throws IOException {
    byte[] many = "word ".repeat(200_001).getBytes(StandardCharsets.UTF_8);
    for (FileType type : List.of(FileType.TEXT, FileType.MARKDOWN, FileType.HTML)) {
      refuses(type, many, "has a text of more than 1,000,000 characters");
    }
    refuses(FileType.HTML, new byte[HtmlFile.MAX_BYTES + 1], "has more than 16,777,216 bytes");
  }

  @Test
  void the_pages_of_a_pdf_are_its_sections() throws Exception {
    assertThat(
            read(
                FileType.PDF,
                SamplePdf.of("Returns", List.of("Within 14 days.", "", "# 3 of them"))))
        .isEqualTo(
            new ExtractedText(
                "Returns", "# Page 1\n\nWithin 14 days.\n\n# Page 3\n\n\\# 3 of them"));
  }

  @Test
  void a_pdf_whose_content_is_far_larger_than_itself_is_refused() throws IOException {
    byte[] bomb = SamplePdf.bomb(1_000_000_000L);
    assertThat(bomb).hasSizeLessThan(3_000_000);
    refuses(FileType.PDF, bomb, "has content that is far larger than the file");
    refuses(FileType.PDF, SamplePdf.formThatDrawsItself(), "far larger than the file");
  }

  @Test
  void a_pdf_that_cannot_be_read_is_refused_with_the_reason() throws IOException {
    refuses(FileType.PDF, SamplePdf.encrypted("secret"), "is encrypted");
    refuses(FileType.PDF, SamplePdf.encrypted(""), "does not permit copying its text");
    refuses(FileType.PDF, SamplePdf.broken(), "is broken, or is not of the type PDF");
    refuses(FileType.PDF, new byte[0], "is broken, or is not of the type PDF");
    byte[] whole = SamplePdf.of("Returns", List.of("Within 14 days.", "Unopened."));
    refuses(
        FileType.PDF,
        Arrays.copyOf(whole, whole.length - 8),
        "is truncated: its last part is missing");
    refuses(FileType.PDF, SamplePdf.of("", List.of("")), "has no text on its pages");
    refuses(
        FileType.PDF,
        SamplePdf.of("", Collections.nCopies(PdfFile.MAX_PAGES + 1, "")),
        "has more than 2,000 pages");
  }

  @Test
  void a_title_is_cut_between_two_characters() {
    assertThat(new ExtractedText("a" + "\ud83d\ude00".repeat(200), "").title())
        .hasSize(299)
        .endsWith("\ud83d\ude00");
  }
}
