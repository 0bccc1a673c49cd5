package io.plumbline.datasetregistry.admission;

import dev.cel.common.types.CelType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a policy can ask about a version: the vocabulary of target {@code dataset-admission} in
 * {@code docs/services/compliance.md}.
 */
record AdmissionInput(
    String name,
    int version,
    String kind,
    long rows,
    long piiFindings,
    boolean masked,
    long exactDuplicates,
    long nearDuplicates,
    String licence,
    String legalBasis,
    long leakage,
    Map<String, Long> labels) {

  static final String PURPOSE = "purpose";

  static Map<String, CelType> vocabulary() {
    Map<String, CelType> types = new LinkedHashMap<>();
    types.put("dataset.name", SimpleType.STRING);
    types.put("dataset.version", SimpleType.INT);
    types.put("dataset.kind", SimpleType.STRING);
    types.put("dataset.rows", SimpleType.INT);
    types.put("dataset.piiFindings", SimpleType.INT);
    types.put("dataset.masked", SimpleType.BOOL);
    types.put("dataset.exactDuplicates", SimpleType.INT);
    types.put("dataset.nearDuplicates", SimpleType.INT);
    types.put("dataset.licence", SimpleType.STRING);
    types.put("dataset.legalBasis", SimpleType.STRING);
    types.put("dataset.leakage", SimpleType.INT);
    types.put("dataset.labels", MapType.create(SimpleType.STRING, SimpleType.INT));
    types.put(PURPOSE, SimpleType.STRING);
    return types;
  }

  Map<String, Object> values(Purpose purpose) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("dataset.name", name);
    values.put("dataset.version", (long) version);
    values.put("dataset.kind", kind);
    values.put("dataset.rows", rows);
    values.put("dataset.piiFindings", piiFindings);
    values.put("dataset.masked", masked);
    values.put("dataset.exactDuplicates", exactDuplicates);
    values.put("dataset.nearDuplicates", nearDuplicates);
    values.put("dataset.licence", licence);
    values.put("dataset.legalBasis", legalBasis);
    values.put("dataset.leakage", leakage);
    values.put("dataset.labels", labels);
    values.put(PURPOSE, purpose.name());
    return values;
  }
}
