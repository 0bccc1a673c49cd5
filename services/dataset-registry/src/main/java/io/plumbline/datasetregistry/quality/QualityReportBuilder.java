package io.plumbline.datasetregistry.quality;

import io.plumbline.datasetregistry.item.ItemIds;
import io.plumbline.items.Document;
import io.plumbline.items.Item;
import io.plumbline.platform.similarity.MinHash;
import io.plumbline.platform.similarity.NormalText;
import io.plumbline.sensitivedata.Finding;
import io.plumbline.sensitivedata.SensitiveKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Measures a version's rows one after the other for its report. It keeps about 60 bytes of heap per
 * row, and the rest in temporary files.
 */
public final class QualityReportBuilder implements AutoCloseable {

  /** The report and the findings that can be listed. */
  public record Outcome(Report report, List<RowFinding> findings) {}

  private static final int UNLABELLED = -1;

  private final DuplicateIndex duplicates;
  private final ItemIds ids;
  private final List<String> regions;
  private final FindingList findings = new FindingList();
  private final IntList characters = new IntList();
  private final IntList words = new IntList();
  private final IntList tokens = new IntList();
  private final IntList labelOf = new IntList();
  private final List<String> labelNames = new ArrayList<>();
  private final Map<String, Integer> labelNumbers = new HashMap<>();
  private final Map<SensitiveKind, Long> sensitive = new EnumMap<>(SensitiveKind.class);
  private long affectedRows;
  private long emptyRows;
  private long cutRows;
  private long documents;
  private final RowsWithoutExpectation rowsWithoutExpectation = new RowsWithoutExpectation();

  /**
   * @param directory the directory for temporary files
   * @param ids the ids of the rows, in the same order
   * @param regions the countries whose national numbers the rows are scanned for
   */
  public QualityReportBuilder(Path directory, ItemIds ids, List<String> regions)
      throws IOException {
    this.duplicates = new DuplicateIndex(directory);
    this.ids = ids;
    this.regions = List.copyOf(regions);
  }

  /**
   * Adds the next row.
   *
   * @param scanned the texts with findings; only the shapes of the found values are kept
   */
  public void add(Item item, List<TextFindings> scanned) {
    int index = labelOf.size();
    String text = item.text();
    NormalText normal = NormalText.of(text);
    duplicates.add(normal);
    characters.add(text.codePointCount(0, text.length()));
    int count = wordCount(normal);
    words.add(count);
    if (count > MinHash.MAX_WORDS) {
      cutRows++;
    }
    tokens.add(TokenEstimate.of(text));
    labelOf.add(item.label().map(this::labelNumber).orElse(UNLABELLED));
    if (normal.isEmpty()) {
      emptyRows++;
      findings.add(new RowFinding(RowFinding.EMPTY_ROW, index + 1L, item.itemId(), Map.of()));
    }
    Document document = item.input().document();
    if (document == null) {
      rowsWithoutExpectation.add(item);
    } else {
      findInstructions(index, item.itemId(), document, normal);
    }
    boolean affected = false;
    for (TextFindings each : scanned) {
      for (Finding finding : each.findings()) {
        addSensitive(index, item.itemId(), each.field(), each.text(), finding);
        affected = true;
      }
    }
    if (affected) {
      affectedRows++;
    }
  }

  /**
   * Finds instructions to a model in a document. Other kinds of items are not checked, because only
   * documents are given to models to answer from.
   */
  private void findInstructions(int index, String itemId, Document document, NormalText normal) {
    documents++;
    Set<String> phrases =
        new TreeSet<>(ModelInstructionDetector.findPhraseNames(document.text(), normal));
    String title = document.title();
    if (title != null) {
      phrases.addAll(ModelInstructionDetector.findPhraseNames(title, NormalText.of(title)));
    }
    if (!phrases.isEmpty()) {
      findings.add(
          new RowFinding(
              RowFinding.MODEL_INSTRUCTION,
              index + 1L,
              itemId,
              Map.of("phrases", List.copyOf(phrases))));
    }
  }

  /** A text of an item with the findings in it. */
  public record TextFindings(String field, String text, List<Finding> findings) {}

  private void addSensitive(int index, String itemId, String field, String text, Finding finding) {
    sensitive.merge(finding.kind(), 1L, Long::sum);
    String kind = finding.kind().name();
    if (findings.hasRoomFor(kind)) {
      Map<String, Object> detail = new LinkedHashMap<>();
      detail.put("field", field);
      detail.put("offset", finding.start());
      detail.put("length", finding.length());
      detail.put("preview", finding.preview(text));
      findings.add(new RowFinding(kind, index + 1L, itemId, detail));
    } else {
      findings.countOnly(kind);
    }
  }

  private int labelNumber(String label) {
    Integer known = labelNumbers.get(label);
    if (known == null) {
      known = labelNames.size();
      labelNumbers.put(label, known);
      labelNames.add(label);
    }
    return known;
  }

  private static int wordCount(NormalText normal) {
    if (normal.isEmpty()) {
      return 0;
    }
    int count = 1;
    for (int i = 0; i < normal.value().length(); i++) {
      if (normal.value().charAt(i) == ' ') {
        count++;
      }
    }
    return count;
  }

  /** Returns the number of different labels so far. */
  public int labelCount() {
    return labelNames.size();
  }

  public Outcome finish() {
    DuplicateClusters duplicateClusters = duplicates.cluster();
    Report.Duplicates counted = countDuplicates(duplicateClusters);
    Report.Labels labels =
        labelNames.isEmpty()
            ? null
            : LabelCheck.measure(duplicateClusters, labelOf, labelNames, ids, findings);
    Report report =
        new Report(
            labelOf.size(),
            emptyRows,
            counted,
            labels,
            new Report.Lengths(
                Distribution.of(characters),
                Distribution.of(words),
                Distribution.of(tokens),
                TokenEstimate.NAME),
            privacyReport(),
            findings.counts(),
            reportNotes());
    return new Outcome(report, findings.listed());
  }

  private Report.Duplicates countDuplicates(DuplicateClusters duplicateClusters) {
    long exact = 0;
    long near = 0;
    boolean[] grouped = new boolean[duplicateClusters.size()];
    long groups = 0;
    for (int row = 0; row < duplicateClusters.size(); row++) {
      int first = duplicateClusters.firstConnectedRow(row);
      if (first != row && !grouped[first]) {
        grouped[first] = true;
        groups++;
      }
      if (duplicateClusters.isExactDuplicate(row)) {
        exact++;
        findings.add(
            newFinding(
                RowFinding.EXACT_DUPLICATE,
                row,
                Map.of("of", ids.idOfRow(duplicateClusters.firstEqualRow(row)))));
      } else if (duplicateClusters.isNearDuplicate(row)) {
        near++;
        double similarity = duplicates.similarity(first, row);
        findings.add(
            newFinding(
                RowFinding.NEAR_DUPLICATE,
                row,
                Map.of("of", ids.idOfRow(first), "similarity", similarity)));
      }
    }
    return new Report.Duplicates(exact, near, groups, DuplicateIndex.THRESHOLD);
  }

  private RowFinding newFinding(String kind, int row, Map<String, Object> detail) {
    return new RowFinding(kind, row + 1L, ids.idOfRow(row), detail);
  }

  private Report.Privacy privacyReport() {
    Map<String, Long> kinds = new TreeMap<>();
    sensitive.forEach((kind, count) -> kinds.put(kind.name(), count));
    return new Report.Privacy(
        kinds,
        countSensitive(SensitiveKind.Category.PERSONAL),
        countSensitive(SensitiveKind.Category.SECRET),
        affectedRows,
        regions);
  }

  private long countSensitive(SensitiveKind.Category category) {
    return sensitive.entrySet().stream()
        .filter(entry -> entry.getKey().category() == category)
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  private List<String> reportNotes() {
    List<String> notes = new ArrayList<>();
    notes.add("Tokens are an estimate (" + TokenEstimate.NAME + "), not a provider's count.");
    notes.add(
        "Sensitive values are found by their form and check digits; names and postal addresses are"
            + " not detected.");
    notes.add(
        "Telephone numbers without a country code and national numbers of digits alone are found"
            + " for "
            + String.join(", ", regions)
            + " only.");
    if (documents > 0) {
      notes.add(
          "Instructions to a language model are found by a list of English phrases; what is said"
              + " otherwise is not.");
    }
    rowsWithoutExpectation.note().ifPresent(notes::add);
    if (cutRows > 0) {
      notes.add(
          cutRows
              + " rows are longer than "
              + MinHash.MAX_WORDS
              + " words; near-duplicates were compared by these first words only.");
    }
    return List.copyOf(notes);
  }

  @Override
  public void close() throws IOException {
    duplicates.close();
  }
}
