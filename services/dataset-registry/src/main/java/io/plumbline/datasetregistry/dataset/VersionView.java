package io.plumbline.datasetregistry.dataset;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.plumbline.datasetregistry.quality.Report;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A version as the API shows it.
 *
 * @param sourceBytes the size of all sources of the rows: the upload, and the drafts added to it;
 *     masking does not change it
 * @param rowsDigest the blob of normalised rows in the workspace's store
 * @param derivedFrom the version that was masked, or continued with a draft's items, to make this
 *     one
 * @param problems the reasons why the version FAILED
 * @param admission the latest decision about its admission; absent before the first one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record VersionView(
    String dataset,
    int version,
    DatasetVersion.State state,
    String format,
    long sourceBytes,
    long rows,
    @Nullable String versionDigest,
    @Nullable String rowsDigest,
    @Nullable String reportDigest,
    @Nullable Integer derivedFrom,
    boolean masked,
    List<String> maskedKinds,
    @Schema(implementation = Report.class) @Nullable JsonNode report,
    List<DatasetVersion.Fault> problems,
    @Nullable AdmissionView admission,
    @Nullable UUID jobId,
    String createdBy,
    Instant createdAt,
    @Nullable Instant publishedAt) {

  /**
   * @param purposes TRAIN, INDEX, EVALUATE; empty when refused
   */
  public record AdmissionView(
      String outcome,
      List<String> purposes,
      List<String> reasons,
      @Nullable String policyDigest,
      String decidedBy,
      Instant decidedAt) {}
}
