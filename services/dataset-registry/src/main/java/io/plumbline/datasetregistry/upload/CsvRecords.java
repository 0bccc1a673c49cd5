package io.plumbline.datasetregistry.upload;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * CSV by RFC 4180 with a header; lines may also end in a bare line feed, and a byte order mark is
 * passed over. Read by hand because the libraries neither bound a record nor tell where one begins.
 */
final class CsvRecords implements Records {

  private static final int END = -1;

  private final Reader in;
  private final UploadLimits limits;
  private final char[] buffer = new char[1 << 15];
  private int position;
  private int limit;
  private long line = 1;
  private long row;
  private int chars;
  private final StringBuilder field = new StringBuilder();
  private final List<String> header;

  CsvRecords(Reader in, UploadLimits limits) throws IOException {
    this.in = in;
    this.limits = limits;
    if (peek() == '\ufeff') {
      take();
    }
    List<String> names = record();
    if (names == null) {
      throw new UploadFault(
          RowProblem.Code.EMPTY, "is empty", "Send a header line and at least one record");
    }
    header = List.copyOf(names);
    checkHeader();
  }

  private void checkHeader() throws UploadFault {
    HashSet<String> seen = new HashSet<>();
    for (String name : header) {
      if (name.isBlank() || !seen.add(name)) {
        throw new UploadFault(
            new RowProblem(
                RowProblem.Code.SYNTAX,
                0,
                1,
                name.isBlank() ? null : name,
                name.isBlank() ? "has a column without a name" : "stands twice in the header",
                "Give every column a name of its own"));
      }
    }
  }

  List<String> header() {
    return header;
  }

  @Override
  public @Nullable RawRecord next() throws IOException {
    while (header.size() > 1 && (peek() == '\n' || peek() == '\r')) {
      lineEnd(take());
    }
    long begin = line;
    row++;
    List<String> values = record();
    if (values == null) {
      return null;
    }
    if (values.size() != header.size()) {
      throw fault(
          begin,
          "has " + values.size() + " fields where the header has " + header.size(),
          "Quote fields that hold commas or line ends");
    }
    Map<String, Object> fields = LinkedHashMap.newLinkedHashMap(values.size());
    for (int i = 0; i < values.size(); i++) {
      fields.put(header.get(i), values.get(i));
    }
    return new RawRecord(row, begin, fields);
  }

  private @Nullable List<String> record() throws IOException {
    if (peek() == END) {
      return null;
    }
    chars = 0;
    List<String> values = new ArrayList<>();
    while (true) {
      field.setLength(0);
      int after = peek() == '"' ? quoted() : plain();
      values.add(field.toString());
      if (values.size() > limits.maxColumns()) {
        throw fault(
            line,
            "has more than " + limits.maxColumns() + " fields",
            "Leave columns away that are not needed");
      }
      if (after != ',') {
        lineEnd(after);
        return values;
      }
    }
  }

  /** Reads up to the comma or line end, and gives it. */
  private int plain() throws IOException {
    while (true) {
      int c = take();
      if (c == ',' || c == '\n' || c == '\r' || c == END) {
        return c;
      }
      if (c == '"') {
        throw fault(
            line,
            "has a quote inside an unquoted field",
            "Put the whole field in quotes and double those inside (RFC 4180)");
      }
      append(c);
    }
  }

  private int quoted() throws IOException {
    long begin = line;
    take();
    while (true) {
      int c = take();
      if (c == END) {
        throw fault(
            begin,
            "opens a quote that is never closed",
            "Close it; quotes inside a quoted field are doubled (RFC 4180)");
      }
      if (c == '"') {
        if (peek() != '"') {
          break;
        }
        take();
      } else if (c == '\n') {
        line++;
      }
      append(c);
    }
    int after = take();
    if (after != ',' && after != '\n' && after != '\r' && after != END) {
      throw fault(
          line,
          "has text after a closing quote",
          "Double quotes that belong to the field (RFC 4180)");
    }
    return after;
  }

  private void lineEnd(int c) throws IOException {
    if (c == '\r') {
      if (peek() == '\n') {
        take();
      }
      line++;
    } else if (c == '\n') {
      line++;
    }
  }

  private void append(int c) throws UploadFault {
    if (++chars > limits.maxRecordChars()) {
      throw new UploadFault(
          new RowProblem(
              RowProblem.Code.TOO_LARGE,
              row,
              line,
              null,
              "is longer than " + limits.maxRecordChars() + " characters",
              "Shorten the text, or close a quote that was left open"));
    }
    field.append((char) c);
  }

  private UploadFault fault(long at, String reason, String remedy) {
    return new UploadFault(new RowProblem(RowProblem.Code.SYNTAX, row, at, null, reason, remedy));
  }

  private int peek() throws IOException {
    if (position == limit) {
      limit = in.read(buffer, 0, buffer.length);
      position = 0;
      if (limit < 0) {
        limit = 0;
        return END;
      }
    }
    return buffer[position];
  }

  private int take() throws IOException {
    int c = peek();
    if (c != END) {
      position++;
    }
    return c;
  }
}
