package io.plumbline.datasetregistry.admission;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The data about a version that an admission policy can read: the variables of the target {@code
 * dataset-admission}.
 */
record AdmissionInput(
    String name,
    int version,
    String kind,
    long rows,
    long piiFindings,
    long instructionFindings,
    boolean masked,
    long exactDuplicates,
    long nearDuplicates,
    String licence,
    String legalBasis,
    long leakage,
    Map<String, Long> labels) {

  Map<String, Object> policyVariables(Purpose purpose) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("dataset.name", name);
    values.put("dataset.version", (long) version);
    values.put("dataset.kind", kind);
    values.put("dataset.rows", rows);
    values.put("dataset.piiFindings", piiFindings);
    values.put("dataset.instructionFindings", instructionFindings);
    values.put("dataset.masked", masked);
    values.put("dataset.exactDuplicates", exactDuplicates);
    values.put("dataset.nearDuplicates", nearDuplicates);
    values.put("dataset.licence", licence);
    values.put("dataset.legalBasis", legalBasis);
    values.put("dataset.leakage", leakage);
    values.put("dataset.labels", labels);
    values.put("purpose", purpose.name());
    return values;
  }
}
