package io.plumbline.datasetregistry.quality;

import java.util.Map;

/**
 * A finding and the row it concerns.
 *
 * @param kind EXACT_DUPLICATE, NEAR_DUPLICATE, EMPTY_ROW, CONTRADICTING_LABEL, MODEL_INSTRUCTION or
 *     a kind of sensitive value
 * @param row the row's number in the version, from 1
 * @param detail the other row, the names of phrases, or offset, field and a preview of the shape
 *     only
 */
public record RowFinding(String kind, long row, String itemId, Map<String, Object> detail) {

  public static final String EXACT_DUPLICATE = "EXACT_DUPLICATE";
  public static final String NEAR_DUPLICATE = "NEAR_DUPLICATE";
  public static final String EMPTY_ROW = "EMPTY_ROW";
  public static final String CONTRADICTING_LABEL = "CONTRADICTING_LABEL";
  public static final String MODEL_INSTRUCTION = "MODEL_INSTRUCTION";
}
