package io.plumbline.datasetregistry.export;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.springframework.http.HttpHeaders;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * The API of exports. An export has all rows with nothing masked, so it is for the roles that
 * upload data or review it.
 */
@RestController
class ExportController {

  private final VersionExport exports;

  ExportController(VersionExport exports) {
    this.exports = exports;
  }

  @GetMapping("/api/datasets/{name}/versions/{number}/export")
  @PreAuthorize("hasAnyRole('DATA_STEWARD', 'COMPLIANCE_OFFICER')")
  @Operation(
      summary = "Export the rows of a dataset version as they are; the export is recorded",
      description =
          "JSONL is what an upload to a dataset of the kind takes for the same rows. CSV is for"
              + " CLASSIFICATION and QUESTION_ANSWER, with metadata in columns; a cell that a"
              + " spreadsheet would calculate begins with an apostrophe. OPENAI is for CHAT: lines"
              + " of OpenAI's chat fine-tuning, with the first reference as the answer, without"
              + " rubrics and other metadata; and for PREFERENCE: lines of its preference"
              + " fine-tuning.")
  @ApiResponse(
      responseCode = "200",
      description = "One row a line",
      content = {
        @Content(mediaType = "application/x-ndjson", schema = @Schema(type = "string")),
        @Content(mediaType = "text/csv", schema = @Schema(type = "string"))
      })
  public void exportDatasetVersion(
      @PathVariable String name,
      @PathVariable int number,
      @RequestParam(defaultValue = "JSONL") ExportFormat format,
      HttpServletResponse response)
      throws IOException {
    VersionExport.Export export = exports.prepare(name, number, format);
    response.setContentType(format.mediaType());
    response.setCharacterEncoding("UTF-8");
    response.setHeader(
        HttpHeaders.CONTENT_DISPOSITION,
        "attachment; filename=\"%s-v%d.%s\"".formatted(name, number, format.extension()));
    OutputStream out = new BufferedOutputStream(response.getOutputStream(), 1 << 16);
    export.write(out);
    out.flush();
  }
}
