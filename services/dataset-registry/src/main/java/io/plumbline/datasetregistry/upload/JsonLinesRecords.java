package io.plumbline.datasetregistry.upload;

import io.plumbline.datasetregistry.row.RawRecord;
import io.plumbline.datasetregistry.row.RowProblem;
import java.io.IOException;
import java.io.Reader;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Reads JSON Lines, with an object on every line. Blank lines are skipped. */
final class JsonLinesRecords implements RecordReader {

  private static final int MAX_NUMBER_CHARS = 100;
  private static final TypeReference<LinkedHashMap<String, Object>> OBJECT =
      new TypeReference<>() {};

  private final Reader in;
  private final UploadLimits limits;
  private final JsonMapper json;
  private final char[] buffer = new char[1 << 15];
  private final StringBuilder line = new StringBuilder();
  private int position;
  private int limit;
  private long lineNumber;
  private long row;

  JsonLinesRecords(Reader in, UploadLimits limits) {
    this.in = in;
    this.limits = limits;
    StreamReadConstraints constraints =
        StreamReadConstraints.builder()
            .maxNestingDepth(limits.maxJsonDepth())
            .maxStringLength(limits.maxRecordChars())
            .maxNameLength(1_000)
            .maxNumberLength(MAX_NUMBER_CHARS)
            .build();
    json =
        JsonMapper.builder(
                JsonFactory.builder()
                    .streamReadConstraints(constraints)
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(
                DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
                DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
  }

  @Override
  public @Nullable RawRecord next() throws IOException {
    do {
      if (!readLine()) {
        return null;
      }
    } while (line.toString().isBlank());
    row++;
    Map<String, Object> fields = parse(line.toString());
    fields.values().removeIf(Objects::isNull);
    if (fields.size() > limits.maxColumns()) {
      throw faultAtLine(
          "has more than " + limits.maxColumns() + " members",
          "Remove the members that are not needed");
    }
    return new RawRecord(row, lineNumber, fields);
  }

  private Map<String, Object> parse(String text) throws UploadFault {
    if (text.stripLeading().charAt(0) != '{') {
      throw faultAtLine(
          "is not a JSON object",
          "Put one object on each line; an array of objects is not JSON Lines");
    }
    try {
      return json.readValue(text, OBJECT);
    } catch (StreamConstraintsException e) {
      throw faultAtLine(
          "exceeds a limit: objects may nest "
              + limits.maxJsonDepth()
              + " deep, numbers have "
              + MAX_NUMBER_CHARS
              + " digits, names 1000 characters",
          "Flatten or shorten it");
    } catch (JacksonException e) {
      // Jackson's own message is not shown, because it quotes the input, which may be personal. The
      // position is enough to find the fault.
      int column = e.getLocation() == null ? 0 : e.getLocation().getColumnNr();
      throw faultAtLine(
          "is not well-formed JSON near column " + column,
          "Write one complete object per line, with every name once");
    }
  }

  private boolean readLine() throws IOException {
    line.setLength(0);
    lineNumber++;
    while (true) {
      if (position == limit) {
        limit = in.read(buffer, 0, buffer.length);
        position = 0;
        if (limit < 0) {
          limit = 0;
          return !line.isEmpty();
        }
        if (lineNumber == 1 && line.isEmpty() && buffer[0] == '\ufeff') {
          position = 1;
        }
      }
      int from = position;
      while (position < limit && buffer[position] != '\n') {
        position++;
      }
      line.append(buffer, from, position - from);
      if (line.length() > limits.maxRecordChars()) {
        throw new UploadFault(
            new RowProblem(
                RowProblem.Code.TOO_LARGE,
                row + 1,
                lineNumber,
                null,
                "is longer than " + limits.maxRecordChars() + " characters",
                "Shorten the text, or put every object on a line of its own"));
      }
      if (position < limit) {
        position++;
        return true;
      }
    }
  }

  private UploadFault faultAtLine(String reason, String remedy) {
    return new UploadFault(
        new RowProblem(RowProblem.Code.SYNTAX, row, lineNumber, null, reason, remedy));
  }
}
