package io.plumbline.datasetregistry.ingest;

import io.plumbline.datasetregistry.row.ChatSchema;
import io.plumbline.datasetregistry.row.DocumentSchema;
import io.plumbline.datasetregistry.row.PreferenceSchema;
import io.plumbline.datasetregistry.row.QuestionSchema;
import io.plumbline.datasetregistry.upload.Format;
import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.web.Idempotent;
import io.plumbline.sensitivedata.SensitiveKind;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import java.io.IOException;
import java.net.URI;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The API that makes versions by upload or by masking. */
@RestController
@RequestMapping("/api/datasets/{name}/versions")
class UploadController {

  private final UploadService uploads;
  private final IngestService ingest;

  UploadController(UploadService uploads, IngestService ingest) {
    this.uploads = uploads;
    this.ingest = ingest;
  }

  /**
   * @param kinds the kinds of sensitive values to mask; absent or empty for all
   */
  record MaskVersion(@Nullable Set<SensitiveKind> kinds, boolean numbered) {}

  @PostMapping
  @ResponseStatus(HttpStatus.ACCEPTED)
  @PreAuthorize("hasRole('DATA_STEWARD')")
  @Operation(
      summary =
          "Upload a dataset version as text/csv or application/x-ndjson, plain or gzip, or as"
              + " application/zip",
      description =
          "CSV is for CLASSIFICATION datasets, and for QUESTION_ANSWER datasets with the columns"
              + " question, answer or answers (a JSON list), document and section. A line of a CHAT"
              + " dataset is a conversation such as `"
              + ChatSchema.EXAMPLE
              + "`, or a line of OpenAI's chat fine-tuning or evals, Langfuse or MLflow; of a"
              + " QUESTION_ANSWER dataset a question such as `"
              + QuestionSchema.EXAMPLE
              + "`, or with `input` as a conversation has it in the place of `question`; of a"
              + " PREFERENCE dataset a conversation with two answers such as `"
              + PreferenceSchema.EXAMPLE
              + "`, or a line of OpenAI's preference fine-tuning; of a"
              + " DOCUMENTS dataset a document such as `"
              + DocumentSchema.EXAMPLE
              + "`, or a file of an archive, application/zip, of text, Markdown, HTML and PDF: it"
              + " is known by its path. A row of any other kind than DOCUMENTS may have a `subset`:"
              + " train, validation or test.")
  public ResponseEntity<IngestService.StartedVersion> uploadDatasetVersion(
      @PathVariable String name,
      @Parameter(description = UploadService.DOCUMENTS) @RequestParam(required = false)
          @Nullable String documents,
      HttpServletRequest request)
      throws IOException {
    Format format =
        Format.of(request.getContentType()).orElseThrow(() -> uploads.unknownType(name));
    String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
    boolean gzip = "gzip".equalsIgnoreCase(encoding);
    if (encoding != null && !gzip && !"identity".equalsIgnoreCase(encoding)) {
      throw new Problem(
          IngestProblem.UNKNOWN_TYPE,
          "The Content-Encoding of the upload is not supported. Send the body plain, or with"
              + " Content-Encoding: gzip.");
    }
    return accepted(
        uploads.accept(
            name,
            new UploadService.ReadOptions(format, gzip, documents),
            request.getContentLengthLong(),
            request.getInputStream()));
  }

  @PostMapping("/{number}/mask")
  @ResponseStatus(HttpStatus.ACCEPTED)
  @PreAuthorize("hasRole('DATA_STEWARD')")
  @Idempotent
  @Operation(summary = "Create a new dataset version with personal data and secrets masked")
  public ResponseEntity<IngestService.StartedVersion> maskDatasetVersion(
      @PathVariable String name,
      @PathVariable int number,
      @RequestBody @Valid MaskVersion command) {
    return accepted(
        ingest.startMasked(
            name,
            number,
            Objects.requireNonNullElse(command.kinds(), Set.of()),
            command.numbered()));
  }

  private static ResponseEntity<IngestService.StartedVersion> accepted(
      IngestService.StartedVersion started) {
    return ResponseEntity.accepted()
        .location(
            URI.create("/api/datasets/" + started.dataset() + "/versions/" + started.version()))
        .body(started);
  }
}
