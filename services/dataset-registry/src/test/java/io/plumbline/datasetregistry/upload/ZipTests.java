package io.plumbline.datasetregistry.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.plumbline.datasetregistry.document.SamplePdf;
import io.plumbline.datasetregistry.row.DocumentSchema;
import io.plumbline.datasetregistry.row.RecordSchema;
import io.plumbline.datasetregistry.row.RowProblem;
import io.plumbline.items.Document;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

class ZipTests {

  private static final UploadLimits LIMITS = StandardLimits.LIMITS;

  @TempDir Path directory;

  @Test
  void files_become_documents_that_are_known_by_their_paths() throws IOException {
    byte[] zip =
        zip(
            "rules/returns.md", bytes("# Returns\n\nWithin 14 days."),
            "rules/fees.txt", bytes("None."),
            "rules/.DS_Store", bytes("x"),
            "__MACOSX/rules/fees.txt", bytes("x"),
            "rules/", new byte[0],
            "index.HTML", bytes("<title>Rules</title><h2>All</h2><p>See rules.</p>"),
            "terms.pdf", SamplePdf.of("Terms", List.of("Page one")));

    assertThat(spool(zip)).isEqualTo(new Upload.Spooled(zip.length, 4));
    assertThat(documents(zip))
        .containsExactly(
            document("rules/returns.md", "Returns", "# Returns\n\nWithin 14 days."),
            document("rules/fees.txt", "fees", "None."),
            document("index.HTML", "Rules", "## All\n\nSee rules."),
            document("terms.pdf", "Terms", "# Page 1\n\nPage one"));
  }

  @Test
  void bad_files_are_named_by_their_paths_and_do_not_stop_the_others() throws IOException {
    byte[] zip =
        zip(
            "latin.txt", new byte[] {'a', (byte) 0xe4},
            "good.txt", bytes("Good."),
            "broken.pdf", SamplePdf.broken(),
            "secret.pdf", SamplePdf.encrypted("secret"),
            "empty.md", bytes("---"),
            "picture.png", bytes("x"),
            "last.txt", bytes("Last."));

    assertThat(spool(zip).rows()).isEqualTo(7);
    List<RecordSchema.Checked> rows = read(zip);
    assertThat(refused(rows).stream().map(problem -> problem.code() + ": " + problem.sentence()))
        .containsExactly(
            "ENCODING: File \"latin.txt\" is not valid UTF-8. Save it as UTF-8.",
            "SYNTAX: File \"broken.pdf\" is broken, or is not of the type PDF. Open it with the"
                + " program that wrote it and save it again.",
            "ENCODING: File \"secret.pdf\" is encrypted. Save it without a password and without"
                + " restrictions.",
            "MISSING_VALUE: File \"empty.md\", field \"document.text\" has no letter and no digit."
                + " Write the text of the document, or omit the document.",
            "WRONG_TYPE: File \"picture.png\" is neither text nor Markdown, HTML or PDF by the"
                + " ending of its name. Leave it out of the archive; nested archives are not"
                + " opened.");
    assertThat(rows.stream().filter(RecordSchema.Accepted.class::isInstance)).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../etc/passwd.txt",
        "/etc/passwd.txt",
        "a//b.txt",
        "a/./b.txt",
        "a/../../b.txt",
        "C:/b.txt",
        "a\\..\\b.txt",
        "a\u0007.txt",
        "inside.zip",
        "inside.txt.gz",
        "picture.png",
        "noending"
      })
  void a_path_that_leads_anywhere_else_or_to_no_document_is_refused(String path)
      throws IOException {
    byte[] zip = zip("good.txt", bytes("Good."), path, bytes("Evil."));

    assertThat(refused(read(zip)))
        .singleElement()
        .satisfies(problem -> {
          assertThat(problem.row()).isEqualTo(2);
          assertThat(problem.place()).isEqualTo("file \"" + path.replace('\u0007', '?') + "\"");
        });
  }

  @Test
  void what_is_no_whole_archive_is_refused() throws IOException {
    byte[] zip = zip("a.txt", bytes("One."), "b.txt", bytes("Two."));
    assertThat(fault(bytes("no archive at all, but long enough for a header"), LIMITS).reason())
        .contains("is not a zip archive with a file in it");
    assertThat(fault(zip(), LIMITS).reason()).contains("is not a zip archive with a file in it");
    for (int cut : List.of(40, 80, zip.length - 22)) {
      assertThat(fault(Arrays.copyOf(zip, cut), LIMITS).reason())
          .as("after " + cut)
          .contains("is not a complete zip archive");
    }
  }

  @Test
  void an_archive_that_decompresses_without_end_is_left_early() throws IOException {
    byte[] bomb = zip("bomb.txt", new byte[200 << 20]);
    assertThat(bomb.length).isLessThan(300_000);
    assertThat(fault(bomb, LIMITS).reason()).contains("decompresses to more than 100 times");

    UploadLimits patient =
        new UploadLimits(
            LIMITS.maxBytes(), DataSize.ofMegabytes(150), 2_000, 2_097_152, 1_000_000, 256, 32, 9);
    assertThat(fault(bomb, patient).reason()).contains("files of more than 157286400 bytes in all");
  }

  @Test
  void a_file_that_is_too_large_is_named_and_the_next_is_read() throws IOException {
    UploadLimits patient =
        new UploadLimits(
            LIMITS.maxBytes(), DataSize.ofGigabytes(1), 2_000, 2_097_152, 1_000_000, 256, 32, 9);
    byte[] zip = zip("large.pdf", new byte[ZipFiles.MAX_FILE + 1], "../b.txt", bytes("Two."));
    assertThat(refused(read(zip, patient)).stream().map(RowProblem::sentence))
        .satisfiesExactly(
            large ->
                assertThat(large).startsWith("File \"large.pdf\" has more than 67,108,864 bytes"),
            next -> assertThat(next).startsWith("File \"../b.txt\" has a path that leads out"));
  }

  @Test
  void entries_without_end_are_counted() throws IOException {
    Object[] many =
        IntStream.rangeClosed(0, ZipFiles.MAX_ENTRIES)
            .boxed()
            .<Object>flatMap(i -> List.<Object>of("folder-" + i + "/", new byte[0]).stream())
            .toArray();
    assertThat(fault(zip(many), LIMITS).reason()).contains("more than 20,000 files and folders");
  }

  @Test
  void a_path_that_is_there_twice_is_refused() throws IOException {
    byte[] zip = zip("a.txt", bytes("One."), "b.txt", bytes("Two."));
    byte[] twice =
        new String(zip, StandardCharsets.ISO_8859_1)
            .replace("b.txt", "a.txt")
            .getBytes(StandardCharsets.ISO_8859_1);
    assertThat(read(twice).get(1))
        .isInstanceOfSatisfying(
            RecordSchema.Refused.class,
            refused ->
                assertThat(refused.problem().sentence())
                    .startsWith(
                        "File \"a.txt\", field \"document.documentId\" is also that of the"
                            + " document on row 1."));
  }

  private static Document document(String id, String title, String text) {
    return new Document(id, title, text, null, null);
  }

  private List<Document> documents(byte[] zip) throws IOException {
    return read(zip).stream()
        .map(row -> ((RecordSchema.Accepted) row).input().document())
        .collect(Collectors.toList());
  }

  private List<RecordSchema.Checked> read(byte[] zip) throws IOException {
    return read(zip, LIMITS);
  }

  private List<RecordSchema.Checked> read(byte[] zip, UploadLimits limits) throws IOException {
    List<RecordSchema.Checked> rows = new ArrayList<>();
    try (Upload upload =
        Upload.of(
            new ByteArrayInputStream(zip),
            Format.ZIP,
            new DocumentSchema(),
            null,
            limits,
            directory)) {
      for (RecordSchema.Checked row = upload.next(); row != null; row = upload.next()) {
        rows.add(row);
      }
    }
    return rows;
  }

  private static Upload.Spooled spool(byte[] zip) throws IOException {
    return spool(zip, LIMITS);
  }

  private static Upload.Spooled spool(byte[] zip, UploadLimits limits) throws IOException {
    return Upload.spool(
        new ByteArrayInputStream(zip),
        false,
        Format.ZIP,
        new DocumentSchema(),
        limits,
        OutputStream.nullOutputStream());
  }

  private static List<RowProblem> refused(List<RecordSchema.Checked> rows) {
    return rows.stream()
        .filter(RecordSchema.Refused.class::isInstance)
        .map(row -> ((RecordSchema.Refused) row).problem())
        .toList();
  }

  private static RowProblem fault(byte[] zip, UploadLimits limits) {
    return catchThrowableOfType(UploadFault.class, () -> spool(zip, limits)).problem();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * @param files paths and contents in turn
   */
  private static byte[] zip(Object... files) throws IOException {
    ByteArrayOutputStream archive = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(archive)) {
      for (int i = 0; i < files.length; i += 2) {
        out.putNextEntry(new ZipEntry((String) files[i]));
        out.write((byte[]) files[i + 1]);
        out.closeEntry();
      }
    }
    return archive.toByteArray();
  }
}
