package io.plumbline.datasetregistry.ingest.web;

import io.plumbline.datasetregistry.ingest.IngestProblem;
import io.plumbline.datasetregistry.ingest.IngestService;
import io.plumbline.datasetregistry.ingest.UploadService;
import io.plumbline.datasetregistry.privacy.SensitiveKind;
import io.plumbline.datasetregistry.upload.Format;
import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.web.Idempotent;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import java.io.IOException;
import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** New versions, by upload or by masking. */
@RestController
@RequestMapping("/api/datasets/{name}/versions")
class UploadController {

  private final UploadService uploads;
  private final IngestService desk;

  UploadController(UploadService uploads, IngestService desk) {
    this.uploads = uploads;
    this.desk = desk;
  }

  /**
   * @param kinds absent or empty for all
   */
  record Mask(@Nullable Set<SensitiveKind> kinds, boolean numbered) {}

  @PostMapping
  @PreAuthorize("hasRole('DATA_STEWARD')")
  @Operation(summary = "Upload a version: text/csv or application/x-ndjson, plain or gzip")
  public ResponseEntity<IngestService.Begun> upload(
      @PathVariable String name, HttpServletRequest request) throws IOException {
    Format format =
        Format.of(request.getContentType())
            .orElseThrow(() ->
                new Problem(
                    IngestProblem.UNKNOWN_TYPE,
                    "Send text/csv or application/x-ndjson in UTF-8 and say so in Content-Type."));
    String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
    boolean gzip = "gzip".equalsIgnoreCase(encoding);
    if (encoding != null && !gzip && !"identity".equalsIgnoreCase(encoding)) {
      throw new Problem(
          IngestProblem.UNKNOWN_TYPE, "Send the body plain or with Content-Encoding gzip.");
    }
    return accepted(
        uploads.accept(
            name, format, gzip, request.getContentLengthLong(), request.getInputStream()));
  }

  @PostMapping("/{number}/mask")
  @PreAuthorize("hasRole('DATA_STEWARD')")
  @Idempotent
  @Operation(summary = "Make a new version with personal data and secrets masked")
  public ResponseEntity<IngestService.Begun> mask(
      @PathVariable String name, @PathVariable int number, @RequestBody @Valid Mask command) {
    return accepted(
        desk.mask(
            name,
            number,
            command.kinds() == null ? Set.of() : command.kinds(),
            command.numbered()));
  }

  private static ResponseEntity<IngestService.Begun> accepted(IngestService.Begun begun) {
    return ResponseEntity.accepted()
        .location(URI.create("/api/datasets/" + begun.dataset() + "/versions/" + begun.version()))
        .body(begun);
  }
}
