package io.plumbline.datasetregistry.row;

import io.plumbline.datasetregistry.upload.Format;
import io.plumbline.datasetregistry.upload.StandardLimits;
import io.plumbline.datasetregistry.upload.Upload;
import io.plumbline.items.Item;
import io.plumbline.items.ItemFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A reader of uploads that reads them as the service does. */
record Lines(RecordSchema schema, Format format) {

  /** The directory for temporary files, which records do not need. */
  private static final Path NOWHERE = Path.of("nowhere");

  Lines(RecordSchema schema) {
    this(schema, Format.JSON_LINES);
  }

  /** Returns the accepted rows as lines of a file of items, without their ids. */
  String items(String content) throws IOException {
    StringBuilder items = new StringBuilder();
    for (RecordSchema.Checked row : read(content)) {
      if (!(row instanceof RecordSchema.Accepted accepted)) {
        throw new AssertionError(row);
      }
      Item item = new Item("-", accepted.input(), accepted.expected(), accepted.metadata());
      items.append(new String(ItemFile.toJsonBytes(item), StandardCharsets.UTF_8)).append('\n');
    }
    return items.toString().replace("\"itemId\":\"-\",", "");
  }

  List<RecordSchema.Checked> read(String content) throws IOException {
    List<RecordSchema.Checked> rows = new ArrayList<>();
    try (Upload upload =
        Upload.of(bytes(content), format, schema, null, StandardLimits.LIMITS, NOWHERE)) {
      for (RecordSchema.Checked row = upload.next(); row != null; row = upload.next()) {
        rows.add(row);
      }
    }
    return rows;
  }

  /** Returns the problems that the sender receives; empty if there are none. */
  List<RowProblem> problems(String content) throws IOException {
    try {
      Upload.spool(
          bytes(content),
          false,
          format,
          schema,
          StandardLimits.LIMITS,
          OutputStream.nullOutputStream());
      return List.of();
    } catch (Upload.RowsRefused refused) {
      return refused.problems();
    }
  }

  static String resource(String name) throws IOException {
    try (InputStream in = Objects.requireNonNull(Lines.class.getResourceAsStream(name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static InputStream bytes(String content) {
    return new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8));
  }
}
