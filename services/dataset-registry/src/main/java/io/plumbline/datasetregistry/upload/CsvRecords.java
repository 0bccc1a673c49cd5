package io.plumbline.datasetregistry.upload;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import de.siegmar.fastcsv.reader.RecordType;
import io.plumbline.datasetregistry.row.RawRecord;
import io.plumbline.datasetregistry.row.RowProblem;
import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads CSV (RFC 4180) with a header. Lines may also end in a bare line feed or carriage return,
 * and a byte order mark is skipped. FastCSV parses the records. This class adds two checks that
 * FastCSV lacks: the length of a whole record, and quotes inside unquoted fields.
 */
final class CsvRecords implements RecordReader {

  /** The number of characters that FastCSV reads at a time. */
  private static final int READ_AHEAD = 8_192;

  /** The separators that spreadsheets in many countries write instead of the comma. */
  private static final Pattern OTHER_SEPARATOR = Pattern.compile("[;\\t]");

  private record Fields(long line, List<String> values) {}

  private final UploadLimits limits;
  private final BoundedReader in;
  private final Handler handler = new Handler();
  private final Iterator<Fields> lines;
  private List<String> header = List.of();
  private long row;

  CsvRecords(Reader in, UploadLimits limits) throws IOException {
    this.limits = limits;
    this.in = new BoundedReader(in);
    this.lines =
        CsvReader.builder()
            .allowUnclosedQuote(false)
            .skipEmptyLines(false)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            // The buffer exceeds the limit of a record, so that this limit ends a long field.
            .maxBufferSize(limits.maxRecordChars() + 4 * READ_AHEAD)
            .build(handler, this.in)
            .iterator();
    Fields names = read();
    if (names == null) {
      throw new UploadFault(
          RowProblem.Code.EMPTY, "is empty", "Send a header line and at least one record");
    }
    header = List.copyOf(names.values());
    checkHeader();
  }

  private void checkHeader() throws UploadFault {
    if (header.size() == 1 && OTHER_SEPARATOR.matcher(header.getFirst()).find()) {
      throw new UploadFault(
          new RowProblem(
              RowProblem.Code.SYNTAX,
              0,
              1,
              null,
              "separates its columns by a semicolon or a tab",
              "Separate them by commas"));
    }
    HashSet<String> seen = new HashSet<>();
    for (String name : header) {
      if (name.isBlank()) {
        throw headerFault(null, "has a column without a name");
      }
      if (!seen.add(name)) {
        throw headerFault(name, "appears twice in the header");
      }
    }
  }

  private static UploadFault headerFault(@Nullable String column, String reason) {
    return new UploadFault(
        new RowProblem(
            RowProblem.Code.SYNTAX, 0, 1, column, reason, "Give every column a name of its own"));
  }

  List<String> header() {
    return header;
  }

  @Override
  public @Nullable RawRecord next() throws IOException {
    row++;
    Fields read = read();
    if (read == null) {
      return null;
    }
    List<String> values = read.values();
    if (values.size() != header.size()) {
      throw faultAt(
          read.line(),
          "has " + values.size() + " fields where the header has " + header.size(),
          "Quote fields that contain commas or line breaks");
    }
    Map<String, Object> fields = LinkedHashMap.newLinkedHashMap(values.size());
    for (int i = 0; i < values.size(); i++) {
      fields.put(header.get(i), values.get(i));
    }
    return new RawRecord(row, read.line(), fields);
  }

  private @Nullable Fields read() throws IOException {
    try {
      return lines.hasNext() ? lines.next() : null;
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (CsvParseException e) {
      // FastCSV wraps exceptions of the handler.
      if (e.getCause() instanceof UncheckedIOException thrown) {
        throw thrown.getCause();
      }
      // At the end of the input only an open quote can be wrong. FastCSV's own message is not
      // shown, because it quotes the upload.
      if (in.ended) {
        throw faultAt(
            handler.line,
            "opens a quote that is never closed",
            "Close it; quotes inside a quoted field are doubled (RFC 4180)");
      }
      throw faultAt(
          handler.line,
          "has text after a closing quote",
          "Double quotes that belong to the field (RFC 4180)");
    }
  }

  private UploadFault faultAt(long line, String reason, String remedy) {
    return new UploadFault(new RowProblem(RowProblem.Code.SYNTAX, row, line, null, reason, remedy));
  }

  private UploadFault recordTooLongFault() {
    return new UploadFault(
        new RowProblem(
            RowProblem.Code.TOO_LARGE,
            row,
            handler.line,
            null,
            "is longer than " + limits.maxRecordChars() + " characters",
            "Shorten the text, or close a quote that was left open"));
  }

  /** Collects the fields of a record, and ends the reading at the first fault. */
  private final class Handler extends AbstractBaseCsvCallbackHandler<Fields> {

    private final List<String> values = new ArrayList<>();
    private long line = 1;
    private int chars;

    @Override
    protected void handleBegin(long startingLine) {
      values.clear();
      line = startingLine;
      chars = 0;
      in.beginRecord();
    }

    @Override
    protected void handleField(int index, char[] buffer, int offset, int length, boolean quoted) {
      chars += length;
      if (chars > limits.maxRecordChars()) {
        throw new UncheckedIOException(recordTooLongFault());
      }
      if (index >= limits.maxColumns()) {
        throw new UncheckedIOException(
            faultAt(
                line,
                "has more than " + limits.maxColumns() + " fields",
                "Remove the columns that are not needed"));
      }
      String value = new String(buffer, offset, length);
      if (!quoted && value.indexOf('"') >= 0) {
        throw new UncheckedIOException(
            faultAt(
                line,
                "has a quote inside an unquoted field",
                "Put the whole field in quotes and double those inside (RFC 4180)"));
      }
      values.add(value);
    }

    @Override
    protected void handleEmpty() {
      values.add("");
    }

    /**
     * Builds a record. A blank line is a record of one empty field if there is one column;
     * otherwise it is skipped.
     */
    @Override
    protected @Nullable Fields buildRecord() {
      if (getRecordType() == RecordType.EMPTY && header.size() > 1) {
        return null;
      }
      return new Fields(line, List.copyOf(values));
    }
  }

  /**
   * A reader that skips a byte order mark and ends the reading inside a record that is too long.
   * FastCSV reads further only while a record continues, so all characters that are read during a
   * record belong to it, except some of the last block.
   */
  private final class BoundedReader extends FilterReader {

    private long read;
    private long recordStart;
    private boolean ended;

    BoundedReader(Reader in) {
      super(in);
    }

    void beginRecord() {
      recordStart = read;
    }

    @Override
    public int read(char[] target, int offset, int length) throws IOException {
      if (read - recordStart > limits.maxRecordChars()) {
        throw recordTooLongFault();
      }
      int count = in.read(target, offset, length);
      if (count > 0 && read == 0 && target[offset] == '\ufeff') {
        read = 1;
        count--;
        System.arraycopy(target, offset + 1, target, offset, count);
        return count > 0 ? count : read(target, offset, length);
      }
      ended = count < 0;
      read += Math.max(count, 0);
      return count;
    }
  }
}
