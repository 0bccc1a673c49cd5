package io.plumbline.datasetregistry.document;

import io.plumbline.datasetregistry.row.RowProblem;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.io.MemoryUsageSetting;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.apache.pdfbox.text.PDFTextStripper;

/** Reads a PDF. Its pages become sections of the text; text in its pictures is not recognised. */
final class PdfFile {

  static final int MAX_PAGES = 2_000;

  /** The maximum size, in bytes, of the temporary file that PDFBox uses instead of memory. */
  static final long MAX_SCRATCH = 512L * 1024 * 1024;

  /** The content of any file, in bytes, after decompression. */
  static final int MAX_CONTENT = 4 * 1024 * 1024;

  /** The further bytes of content for each byte of the file; text rarely exceeds 10. */
  static final int MAX_RATIO = 20;

  private static final int MAX_TRAILER = 1_024;

  private PdfFile() {}

  static ExtractedText read(Path file) throws IOException, UnreadableFile {
    try (PDDocument pdf =
        Loader.loadPDF(
            file.toFile(), MemoryUsageSetting.setupTempFileOnly(MAX_SCRATCH).streamCache)) {
      if (!hasEndOfFileMarker(file)) {
        throw new UnreadableFile(
            RowProblem.Code.SYNTAX,
            "is truncated: its last part is missing",
            "Save it again, and compare its size with that of the original");
      }
      if (!pdf.getCurrentAccessPermission().canExtractContent()) {
        throw restrictedFile("does not permit copying its text");
      }
      if (pdf.getNumberOfPages() > MAX_PAGES) {
        throw new UnreadableFile(
            RowProblem.Code.TOO_LARGE,
            "has more than %,d pages".formatted(MAX_PAGES),
            "Divide it into several files");
      }
      String title = pdf.getDocumentInformation().getTitle();
      return new ExtractedText(
          ExtractedText.withoutControlCharacters(Objects.requireNonNullElse(title, "")),
          extractText(pdf, MAX_CONTENT + MAX_RATIO * Files.size(file)));
    } catch (BoundedTextStripper.TooLarge e) {
      throw new UnreadableFile(
          RowProblem.Code.TOO_LARGE,
          "has content that is far larger than the file",
          "Save it again, or divide it into several files");
    } catch (InvalidPasswordException e) {
      throw restrictedFile("is encrypted");
    }
  }

  /**
   * Returns whether the file ends with its end-of-file marker. PDFBox extracts whatever it can from
   * a truncated file, and without its fonts that can be text that nobody wrote. The marker must be
   * in the last {@value #MAX_TRAILER} bytes, as Adobe's own reader requires (PDF Reference 1.7,
   * appendix H, implementation note 18).
   */
  private static boolean hasEndOfFileMarker(Path file) throws IOException {
    try (InputStream bytes = Files.newInputStream(file)) {
      bytes.skipNBytes(Math.max(0, Files.size(file) - MAX_TRAILER));
      return new String(bytes.readAllBytes(), StandardCharsets.ISO_8859_1).contains("%%EOF");
    }
  }

  private static UnreadableFile restrictedFile(String reason) {
    return new UnreadableFile(
        RowProblem.Code.ENCODING, reason, "Save it without a password and without restrictions");
  }

  private static String extractText(PDDocument pdf, long maxContent)
      throws IOException, UnreadableFile {
    PDFTextStripper stripper = new BoundedTextStripper(maxContent);
    StringBuilder text = new StringBuilder();
    for (int page = 1; page <= pdf.getNumberOfPages(); page++) {
      stripper.setStartPage(page);
      stripper.setEndPage(page);
      StringWriter written = new StringWriter();
      stripper.writeText(pdf, written);
      String lines = ExtractedText.withoutControlCharacters(written.toString()).strip();
      if (!lines.isEmpty()) {
        text.append("# Page ").append(page).append("\n\n");
        lines
            .lines()
            .map(ExtractedText::escapeHeading)
            .forEach(line -> text.append(line).append('\n'));
        text.append('\n');
      }
      if (text.length() > ExtractedText.MAX_TEXT) {
        throw UnreadableFile.tooLong();
      }
    }
    if (text.isEmpty()) {
      throw new UnreadableFile(
          RowProblem.Code.MISSING_VALUE,
          "has no text on its pages",
          "Recognise the text in its images (OCR), and save the file with that text");
    }
    return text.toString().strip();
  }
}
