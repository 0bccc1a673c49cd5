package io.plumbline.datasetregistry.upload;

import static io.plumbline.platform.test.hostile.HostileParts.SIZE;
import static io.plumbline.platform.test.hostile.HostileParts.each;
import static io.plumbline.platform.test.hostile.HostileParts.filled;

import io.plumbline.datasetregistry.row.ChatSchema;
import io.plumbline.datasetregistry.row.DocumentSchema;
import io.plumbline.datasetregistry.row.LabelledTextSchema;
import io.plumbline.datasetregistry.row.PreferenceSchema;
import io.plumbline.datasetregistry.row.QuestionSchema;
import io.plumbline.datasetregistry.row.RecordSchema;
import io.plumbline.platform.test.hostile.HostileTexts;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Hostile uploads of 100 KB: CSV, JSON Lines, their rows, archives and compressed bodies. */
public final class HostileUploads implements HostileTexts.Table {

  private static final int MEGABYTE = 1 << 20;

  private static final RecordSchema LABELLED =
      new LabelledTextSchema("text", "label", Set.of("ham", "spam"));

  private final Map<String, HostileTexts.Reading> readings = new LinkedHashMap<>();

  @Override
  public Map<String, HostileTexts.Reading> readings() {
    csv();
    jsonLines();
    rows();
    archives();
    return readings;
  }

  private void csv() {
    addCsv("columns", each(20_000, i -> "c%d,".formatted(i)) + "x");
    addCsv("columns of one hash", each(255, i -> colliding(i) + ",") + "text\n");
    addCsv("quotes", filled("\"\"", SIZE));
    addCsv("a quote that is not closed", "text,label\n\"" + filled("a", SIZE));
    addCsv("quotes within a quoted field", "text,label\n\"" + filled("\"\"", SIZE) + "\",ham");
    addCsv("quotes within an unquoted field", "text,label\n" + filled("a\"", SIZE));
    addCsv("empty lines", "text,label\n" + filled("\n", SIZE));
    addCsv("empty fields", "text,label\n" + filled(",", SIZE));
    addCsv("short rows", "text,label\n" + filled("a,ham\n", SIZE));
    addCsv("rows of another label", "text,label\n" + filled("a,x\n", SIZE));
    addCsv("carriage returns", "text,label\n" + filled("\r", SIZE));
    addCsv("combining marks", "text,label\na" + filled("\u0301", SIZE) + ",ham");
    addCsv("marks in descending order", "text,label\na" + filled("\u0315\u0300", SIZE) + ",ham");
  }

  private void addCsv(String name, String content) {
    add("CSV: " + name, Format.CSV, false, content.getBytes(StandardCharsets.UTF_8), LABELLED);
  }

  private void jsonLines() {
    addLines("arrays within each other", filled("[", SIZE));
    addLines("objects within each other", filled("{\"a\":", SIZE));
    addLines("members", "{" + each(10_000, i -> "\"m%d\":0,".formatted(i)) + "\"a\":0}");
    addLines(
        "members of one hash",
        "{" + each(3_000, i -> "\"%s\":0,".formatted(colliding(i))) + "\"a\":0}");
    addLines(
        "members of an inner object of one hash",
        "{\"text\":\"a\",\"label\":\"ham\",\"x\":{"
            + each(3_000, i -> "\"%s\":0,".formatted(colliding(i)))
            + "\"a\":0}}");
    addLines("digits", "{\"a\":" + filled("9", SIZE) + "}");
    addLines("a large exponent", filled("{\"a\":1e999999999}\n", SIZE));
    addLines(
        "a large exponent that is read", filled("{\"text\":\"a\",\"label\":1e999999}\n", SIZE));
    addLines("escapes", "{\"text\":\"" + filled("\\u0301", SIZE) + "\",\"label\":\"ham\"}");
    addLines("empty lines", filled("\n", SIZE));
    addLines("lines of spaces", filled(" \n", SIZE));
    addLines("one line of spaces", filled(" ", SIZE) + "{}");
    addLines("empty objects", filled("{}\n", SIZE));
    addLines(
        "names of 1,000 characters",
        "{" + each(95, i -> "\"%s%d\":0,".formatted("n".repeat(995), i)) + "\"a\":0}");
  }

  private void addLines(String name, String content) {
    add(
        "JSON Lines: " + name,
        Format.JSON_LINES,
        false,
        content.getBytes(StandardCharsets.UTF_8),
        LABELLED);
  }

  private void rows() {
    String message =
        "{\"role\":\"user\",\"content\":\"a\"},{\"role\":\"assistant\",\"content\":\"b\"},";
    String calls =
        "{\"id\":\"c%d\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}";
    addRow("messages", new ChatSchema(), "{\"messages\":[" + filled(message, SIZE) + "{}]}");
    addRow(
        "calls and their results",
        new ChatSchema(),
        "{\"messages\":[{\"role\":\"user\",\"content\":\"a\"},{\"role\":\"assistant\",\"tool_calls\":["
            + IntStream.range(0, 700).mapToObj(calls::formatted).collect(Collectors.joining(","))
            + "]},"
            + IntStream.range(0, 700)
                .mapToObj(i ->
                    "{\"role\":\"tool\",\"tool_call_id\":\"c%d\",\"content\":\"x\"}"
                        .formatted(699 - i))
                .collect(Collectors.joining(","))
            + "]}");
    addRow(
        "arguments within each other",
        new ChatSchema(),
        "{\"messages\":[{\"role\":\"user\",\"content\":\"a\"},{\"role\":\"assistant\",\"tool_calls\":["
            + "{\"id\":\"c\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\""
            + filled("[", SIZE)
            + "\"}}]}]}");
    addRow(
        "answers",
        new QuestionSchema(),
        "{\"question\":\"a\",\"answers\":["
            + each(20_000, i -> "\"%d\",".formatted(i))
            + "\"a\"]}");
    addRow(
        "passages",
        new QuestionSchema(),
        "{\"question\":\"a\",\"passages\":["
            + each(2_500, i -> "{\"documentId\":\"d%d\",\"text\":\"x\"},".formatted(i))
            + "{}]}");
    addRow(
        "preferences",
        new PreferenceSchema(),
        "{\"prompt\":["
            + filled(message, 50_000)
            + "{\"role\":\"user\",\"content\":\"a\"}],\"chosen\":\"b\",\"rejected\":\"c\"}");
    addRow(
        "a document of marks",
        new DocumentSchema(),
        "{\"id\":\"a\",\"text\":\"" + filled("\u0315\u0300", SIZE / 2) + "\"}");
    addRow(
        "a document of brackets",
        new DocumentSchema(),
        "{\"id\":\"a\",\"text\":\"" + filled("[", SIZE) + "\"}");
  }

  private void addRow(String name, RecordSchema schema, String line) {
    add("rows: " + name, Format.JSON_LINES, false, line.getBytes(StandardCharsets.UTF_8), schema);
  }

  private void archives() {
    add("zip: files of nothing", Format.ZIP, false, zip(800, "", "", 1), LABELLED);
    add(
        "zip: a file of 64 MB of one letter",
        Format.ZIP,
        false,
        zip(1, "", "a".repeat(MEGABYTE), 64),
        LABELLED);
    add(
        "zip: names of 60,000 characters",
        Format.ZIP,
        false,
        zip(1, "n".repeat(60_000), "x", 1),
        LABELLED);
    add(
        "zip: folders within each other",
        Format.ZIP,
        false,
        zip(1, "a/".repeat(30_000), "x", 1),
        LABELLED);
    add("zip: steps upwards", Format.ZIP, false, zip(1, "../".repeat(20_000), "x", 1), LABELLED);
    add(
        "zip: signatures of files",
        Format.ZIP,
        false,
        filled("PK\u0003\u0004", SIZE).getBytes(StandardCharsets.ISO_8859_1),
        LABELLED);
    add(
        "zip: signatures of the end",
        Format.ZIP,
        false,
        zipAnd(filled("PK\u0005\u0006", SIZE).getBytes(StandardCharsets.ISO_8859_1)),
        LABELLED);
    add(
        "gzip: 100 MB of one letter",
        Format.CSV,
        true,
        gzip("text,label\n", "a".repeat(MEGABYTE), 100),
        LABELLED);
    add("gzip: members of nothing", Format.CSV, true, members(), LABELLED);
  }

  private static byte[] zip(int count, String name, String content, int times) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes, StandardCharsets.UTF_8)) {
      for (int i = 0; i < count; i++) {
        zip.putNextEntry(new ZipEntry(name + i + ".txt"));
        for (int part = 0; part < times; part++) {
          zip.write(content.getBytes(StandardCharsets.UTF_8));
        }
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static byte[] zipAnd(byte[] rest) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(zip(1, "a", "b", 1));
    bytes.writeBytes(rest);
    return bytes.toByteArray();
  }

  private static byte[] gzip(String start, String content, int times) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(start.getBytes(StandardCharsets.UTF_8));
      for (int part = 0; part < times; part++) {
        gzip.write(content.getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static byte[] members() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] nothing = gzip("", "", 0);
    while (bytes.size() < SIZE) {
      bytes.writeBytes(nothing);
    }
    return bytes.toByteArray();
  }

  private void add(String name, Format format, boolean gzip, byte[] content, RecordSchema schema) {
    readings.put(
        name,
        () -> {
          try {
            Upload.spool(
                new ByteArrayInputStream(content),
                gzip,
                format,
                schema,
                StandardLimits.LIMITS,
                OutputStream.nullOutputStream());
          } catch (UploadFault | Upload.RowsRefused refused) {
            // A text that is refused is read, too.
          }
        });
  }

  /** Returns a name of 26 letters; all of them have one hash. */
  private static String colliding(int number) {
    return IntStream.range(0, 13)
        .mapToObj(i -> (number >> i & 1) == 0 ? "Aa" : "BB")
        .collect(Collectors.joining());
  }
}
