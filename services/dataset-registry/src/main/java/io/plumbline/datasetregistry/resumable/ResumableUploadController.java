package io.plumbline.datasetregistry.resumable;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.plumbline.datasetregistry.ingest.IngestService.StartedVersion;
import io.plumbline.datasetregistry.ingest.UploadService;
import io.plumbline.datasetregistry.upload.Format;
import io.plumbline.platform.ledger.LedgerExempt;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * The API of uploads in parts, by the tus protocol. The bytes of an unfinished upload are not
 * content of a dataset yet, so beginning, sending and removing them is exempt from the ledger. The
 * version that is made of them is not exempt.
 */
@RestController
@RequestMapping("/api/datasets/{name}/uploads")
class ResumableUploadController {

  private final ResumableUploadService uploads;

  ResumableUploadController(ResumableUploadService uploads) {
    this.uploads = uploads;
  }

  /**
   * An upload in parts.
   *
   * @param offset the number of bytes that are stored, which is where the next part begins
   * @param version the version that was made of it; absent until then
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record ResumableUploadView(
      UUID uploadId,
      String dataset,
      Format format,
      boolean gzip,
      long length,
      long offset,
      Instant expiresAt,
      @Nullable Integer version) {

    static ResumableUploadView from(ResumableUpload upload) {
      return new ResumableUploadView(
          upload.id(),
          upload.dataset(),
          upload.format(),
          upload.gzip(),
          upload.length(),
          upload.offset(),
          upload.expiresAt(),
          upload.version());
    }
  }

  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  @PreAuthorize("hasRole('DATA_STEWARD')")
  @LedgerExempt
  @Operation(
      summary = "Begin an upload in parts, which goes on where it is cut off (tus 1.0)",
      description =
          "Upload-Length has the bytes of the file, Upload-Metadata its filetype, such as text/csv,"
              + " and encoding, gzip or none, each in base64. Then PATCH its Location part by part,"
              + " and make the version when all is sent. An upload of which nothing more comes for"
              + " 24 hours is removed. Only the person who began it goes on with it.",
      parameters = {
        @Parameter(
            name = TusRequest.LENGTH,
            in = ParameterIn.HEADER,
            required = true,
            schema = @Schema(type = "integer", format = "int64")),
        @Parameter(
            name = TusRequest.METADATA,
            in = ParameterIn.HEADER,
            required = true,
            schema = @Schema(type = "string"))
      })
  public ResponseEntity<ResumableUploadView> createUpload(
      @PathVariable String name, HttpServletRequest request, HttpServletResponse response) {
    addTusHeaders(response);
    ResumableUpload upload = uploads.create(name, tusRequest(request));
    return ResponseEntity.created(URI.create("/api/datasets/" + name + "/uploads/" + upload.id()))
        .header(TusRequest.EXPIRES, expiryDate(upload))
        .body(ResumableUploadView.from(upload));
  }

  @GetMapping("/{uploadId}")
  @PreAuthorize("hasRole('DATA_STEWARD')")
  @Operation(
      summary = "Get an upload in parts; HEAD answers in Upload-Offset where it goes on (tus 1.0)")
  public ResponseEntity<ResumableUploadView> getUpload(
      @PathVariable String name,
      @PathVariable UUID uploadId,
      HttpServletRequest request,
      HttpServletResponse response) {
    addTusHeaders(response);
    ResumableUpload upload = uploads.find(name, uploadId);
    tusRequest(request).requireVersion();
    return ResponseEntity.ok()
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .header(TusRequest.OFFSET, Long.toString(upload.offset()))
        .header(TusRequest.LENGTH, Long.toString(upload.length()))
        .header(TusRequest.EXPIRES, expiryDate(upload))
        .body(ResumableUploadView.from(upload));
  }

  @PatchMapping("/{uploadId}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @PreAuthorize("hasRole('DATA_STEWARD')")
  @LedgerExempt
  @Operation(
      summary = "Send the next part of an upload as application/offset+octet-stream (tus 1.0)",
      description =
          "Upload-Offset says where it begins, which has to be where the upload goes on. A part is"
              + " stored whole or not at all; each but the last has at least 1 MiB, and at most 64"
              + " MiB.",
      parameters =
          @Parameter(
              name = TusRequest.OFFSET,
              in = ParameterIn.HEADER,
              required = true,
              schema = @Schema(type = "integer", format = "int64")))
  public ResponseEntity<Void> uploadPart(
      @PathVariable String name,
      @PathVariable UUID uploadId,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    addTusHeaders(response);
    ResumableUpload upload = uploads.find(name, uploadId);
    TusRequest tus = tusRequest(request);
    tus.requireVersion();
    tus.requirePartType(request.getContentType());
    ResumableUpload changed =
        uploads.appendPart(
            upload, tus.uploadOffset(), request.getContentLengthLong(), request.getInputStream());
    return ResponseEntity.noContent()
        .header(TusRequest.OFFSET, Long.toString(changed.offset()))
        .header(TusRequest.EXPIRES, expiryDate(changed))
        .build();
  }

  @DeleteMapping("/{uploadId}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @PreAuthorize("hasRole('DATA_STEWARD')")
  @LedgerExempt
  @Operation(summary = "Remove an upload in parts with its bytes; a version made of it stays")
  public void removeUpload(
      @PathVariable String name,
      @PathVariable UUID uploadId,
      HttpServletRequest request,
      HttpServletResponse response) {
    addTusHeaders(response);
    ResumableUpload upload = uploads.find(name, uploadId);
    tusRequest(request).requireVersion();
    uploads.remove(upload);
  }

  /** Makes the version. A repeated request gets the same answer, so it needs no idempotency key. */
  @PostMapping("/{uploadId}/version")
  @ResponseStatus(HttpStatus.ACCEPTED)
  @PreAuthorize("hasRole('DATA_STEWARD')")
  @Operation(
      summary = "Make a dataset version of an upload whose parts are all there",
      description =
          "It is checked and read as if its bytes had been sent at once; refused for what it"
              + " contains, it is gone. Asked again, the same version is answered.")
  public ResponseEntity<StartedVersion> completeUpload(
      @PathVariable String name,
      @PathVariable UUID uploadId,
      @Parameter(description = UploadService.DOCUMENTS) @RequestParam(required = false)
          @Nullable String documents)
      throws IOException {
    StartedVersion started = uploads.makeVersion(name, uploadId, documents);
    return ResponseEntity.accepted()
        .location(
            URI.create("/api/datasets/" + started.dataset() + "/versions/" + started.version()))
        .body(started);
  }

  private void addTusHeaders(HttpServletResponse response) {
    response.setHeader(TusRequest.RESUMABLE, TusRequest.VERSION);
    response.setHeader(TusRequest.VERSIONS, TusRequest.VERSION);
    response.setHeader(TusRequest.EXTENSION, TusRequest.EXTENSIONS);
    response.setHeader("Tus-Max-Size", Long.toString(uploads.maxBytes()));
  }

  private static TusRequest tusRequest(HttpServletRequest request) {
    return new TusRequest(request::getHeader);
  }

  /** Formats the expiry of an upload as an HTTP date (RFC 9110, section 5.6.7). */
  private static String expiryDate(ResumableUpload upload) {
    return DateTimeFormatter.RFC_1123_DATE_TIME.format(upload.expiresAt().atOffset(ZoneOffset.UTC));
  }
}
