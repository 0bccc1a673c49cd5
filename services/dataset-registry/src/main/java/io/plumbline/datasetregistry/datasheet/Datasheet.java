package io.plumbline.datasetregistry.datasheet;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.plumbline.contracts.DatasetRegistryEvent.Subset;
import io.plumbline.contracts.Digest;
import io.plumbline.datasetregistry.admission.AdmissionHistory;
import io.plumbline.datasetregistry.dataset.DatasetQueries;
import io.plumbline.datasetregistry.dataset.DatasetVersion;
import io.plumbline.datasetregistry.dataset.VersionView;
import io.plumbline.datasetregistry.quality.Report;
import io.plumbline.datasetregistry.split.Split;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The datasheet of a version. It shows what is recorded about the version; nothing is computed for
 * it.
 *
 * @param dataset the dataset as it is described now
 * @param version the version with its report
 * @param origins the versions that it was made of, nearest first; empty for an upload
 * @param splits the READY splits among the latest 100, newest first
 * @param admissions the latest 100 decisions, newest first
 * @param auditObject the object under which the audit lists the events of the version
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Datasheet(
    DatasetQueries.DatasetSummary dataset,
    VersionView version,
    List<DatasheetOrigin> origins,
    List<DatasheetSplit> splits,
    List<AdmissionHistory.PastDecision> admissions,
    String auditObject) {

  /**
   * An earlier version that the version was made of.
   *
   * @param format the format of its source
   * @param sourceDigest the digest of its source
   * @param findings the number of occurrences of each kind of personal data and secrets in it
   */
  record DatasheetOrigin(
      int version,
      String format,
      Digest sourceDigest,
      List<String> maskedKinds,
      Map<String, Long> findings,
      String createdBy,
      Instant createdAt) {

    static DatasheetOrigin from(DatasetVersion version, Report report) {
      return new DatasheetOrigin(
          version.number(),
          version.origin().format(),
          version.origin().digest(),
          version.origin().maskedKinds(),
          report.privacy().findings(),
          version.createdBy(),
          version.createdAt());
    }
  }

  /**
   * A split of the version.
   *
   * @param leakage pairs of rows in different subsets whose texts are equal or nearly equal
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record DatasheetSplit(
      UUID splitId,
      @Nullable Digest splitDigest,
      Map<String, Subset> subsets,
      long leakage,
      String createdBy,
      Instant createdAt) {

    static DatasheetSplit from(Split split) {
      return new DatasheetSplit(
          split.id(),
          split.splitDigest(),
          split.subsets(),
          split.leakage(),
          split.createdBy(),
          split.createdAt());
    }
  }
}
