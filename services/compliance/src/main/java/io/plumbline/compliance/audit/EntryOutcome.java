package io.plumbline.compliance.audit;

import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/**
 * Derives the outcome of an entry from its event: DENIED, APPROVED, REJECTED, PASS, FAIL, a state,
 * or RECORDED if the event has none.
 */
final class EntryOutcome {

  static final String RECORDED = "RECORDED";

  private static final List<String> OUTCOME_FIELDS = List.of("decision", "outcome", "state");
  private static final int MAX_LENGTH = 40;

  private EntryOutcome() {}

  static String of(String type, JsonNode payload) {
    if (type.equals("action.denied")) {
      return "DENIED";
    }
    return OUTCOME_FIELDS.stream()
        .map(field -> payload.path(field).asString(""))
        .filter(text -> !text.isEmpty() && text.length() <= MAX_LENGTH)
        .map(text -> text.toUpperCase(Locale.ROOT))
        .findFirst()
        .orElse(RECORDED);
  }
}
