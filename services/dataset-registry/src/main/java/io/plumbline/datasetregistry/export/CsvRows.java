package io.plumbline.datasetregistry.export;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.plumbline.datasetregistry.dataset.Dataset;
import io.plumbline.datasetregistry.dataset.DatasetKind;
import io.plumbline.datasetregistry.row.RowVariables;
import io.plumbline.items.Item;
import io.plumbline.items.ItemFile;
import io.plumbline.items.PassageReference;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes rows as CSV (RFC 4180), with columns for variables and metadata after those of the
 * dataset's kind. A cell that a spreadsheet would take for a formula gets an apostrophe in front,
 * which an upload of the file keeps.
 */
final class CsvRows {

  private static final List<String> QUESTION_COLUMNS =
      List.of("question", "answers", "document", "section");

  /** A cell that spreadsheets calculate, unless it is a number. */
  private static final Pattern FORMULA = Pattern.compile("[=+\\-@\\t\\r\\n].*", Pattern.DOTALL);

  private static final Pattern NUMBER = Pattern.compile("[+-]?\\d+([.,]\\d+)?");

  private final List<String> own;
  private final boolean questions;
  private final Set<String> variables = new LinkedHashSet<>();
  private final Set<String> others = new LinkedHashSet<>();

  CsvRows(Dataset dataset) {
    questions = dataset.kind() == DatasetKind.QUESTION_ANSWER;
    own = ownColumns(dataset);
  }

  private static List<String> ownColumns(Dataset dataset) {
    if (dataset.kind() == DatasetKind.QUESTION_ANSWER) {
      return QUESTION_COLUMNS;
    }
    return List.of(
        Objects.requireNonNull(dataset.columns().text()),
        Objects.requireNonNull(dataset.columns().label()));
  }

  /**
   * Adds the columns that a row needs, before the first one is written.
   *
   * @return the reason why the row cannot be written as CSV; empty if it can
   */
  Optional<String> addColumns(Item item, int mostColumns) {
    for (Map.Entry<String, JsonNode> variable : item.input().variables().properties()) {
      if (!variable.getValue().isString() || variable.getValue().asString().isEmpty()) {
        return Optional.of("has a variable that is not a text, or an empty one");
      }
      variables.add(variable.getKey());
    }
    for (String name : item.metadata().keySet()) {
      if (own.contains(name) || (questions && name.equals("answer"))) {
        return Optional.of(
            "has metadata named " + name + ", which is also the name of another column");
      }
      if (name.isBlank()) {
        return Optional.of("has metadata without a name");
      }
      others.add(name);
    }
    if (own.size() + variables.size() + others.size() > mostColumns) {
      return Optional.of(
          "brings variables and metadata to more than "
              + (mostColumns - own.size())
              + " different names");
    }
    return questions ? reasonNotTabular(item) : Optional.empty();
  }

  private static Optional<String> reasonNotTabular(Item item) {
    List<PassageReference> passages = item.expected().passages();
    if (item.input().withoutVariables().onlyText().isEmpty()) {
      return Optional.of("is a conversation, not one text");
    }
    if (item.expected().answers() == null) {
      return Optional.of("has no list of answers, not even an empty one");
    }
    if (passages.size() > 1 || passages.stream().anyMatch(each -> each.text() != null)) {
      return Optional.of("has more than one passage, or a quote");
    }
    return Optional.empty();
  }

  RowWriter openWriter(OutputStream out) throws IOException {
    CsvWriter csv =
        CsvWriter.builder()
            .lineDelimiter(LineDelimiter.CRLF)
            .build(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    List<String> header = new ArrayList<>(own);
    variables.forEach(name -> header.add(RowVariables.columnName(name)));
    header.addAll(others);
    csv.writeRecord(header.stream().map(CsvRows::escapeFormula).toList());
    return new RowWriter() {

      @Override
      public void write(Item item) {
        csv.writeRecord(cells(item).stream().map(CsvRows::escapeFormula).toList());
      }

      @Override
      public void close() throws IOException {
        csv.flush();
      }
    };
  }

  private List<String> cells(Item item) {
    List<String> cells = new ArrayList<>();
    cells.add(item.input().withoutVariables().text());
    if (questions) {
      List<String> answers = Objects.requireNonNull(item.expected().answers());
      cells.add(answers.isEmpty() ? "" : JsonMapper.shared().writeValueAsString(answers));
      Optional<PassageReference> passage = item.expected().passages().stream().findFirst();
      cells.add(passage.map(PassageReference::documentId).orElse(""));
      cells.add(passage.map(PassageReference::section).orElse(""));
    } else {
      cells.add(item.label().orElse(""));
    }
    for (String name : variables) {
      cells.add(item.input().variables().path(name).asString(""));
    }
    for (String name : others) {
      cells.add(
          switch (item.metadata().get(name)) {
            case null -> "";
            case String text -> text;
            case Object other -> toJson(other);
          });
    }
    return cells;
  }

  private static String toJson(Object value) {
    // The mapper of item files writes numbers exactly as they were read.
    String line = new String(ItemFile.toJsonBytes(Map.of("v", value)), StandardCharsets.UTF_8);
    return line.substring("{\"v\":".length(), line.length() - 1);
  }

  static String escapeFormula(String cell) {
    return FORMULA.matcher(cell).matches() && !NUMBER.matcher(cell).matches() ? "'" + cell : cell;
  }
}
