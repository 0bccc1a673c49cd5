package io.plumbline.datasetregistry.document;

import io.plumbline.datasetregistry.row.RowProblem;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.io.MemoryUsageSetting;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.apache.pdfbox.text.PDFTextStripper;

/** A PDF, whose pages become sections of its text. What its pictures show is not read. */
final class PdfFile {

  static final int MAX_PAGES = 2_000;

  /** Bytes of the file in which PDFBox keeps what it does not keep in memory. */
  static final long MAX_SCRATCH = 512L * 1024 * 1024;

  private static final int END = 1_024;

  private PdfFile() {}

  static ReadFile read(Path file) throws IOException, UnreadableFile {
    try (PDDocument pdf =
        Loader.loadPDF(
            file.toFile(), MemoryUsageSetting.setupTempFileOnly(MAX_SCRATCH).streamCache)) {
      if (!hasEnd(file)) {
        throw new UnreadableFile(
            RowProblem.Code.SYNTAX,
            "is cut: its last part is missing",
            "Save it again, and compare its size with that of the original");
      }
      if (!pdf.getCurrentAccessPermission().canExtractContent()) {
        throw encrypted("does not permit that its text is copied");
      }
      if (pdf.getNumberOfPages() > MAX_PAGES) {
        throw new UnreadableFile(
            RowProblem.Code.TOO_LARGE,
            "has more than %,d pages".formatted(MAX_PAGES),
            "Divide it into several files");
      }
      String title = pdf.getDocumentInformation().getTitle();
      return new ReadFile(ReadFile.printable(title == null ? "" : title), text(pdf));
    } catch (InvalidPasswordException e) {
      throw encrypted("is encrypted");
    }
  }

  /**
   * Of a file that was cut PDFBox still reads what it finds, with fonts that may be missing: text
   * that nobody wrote. Its marker has to be in the last {@value #END} bytes, as in Adobe's own
   * reader (PDF Reference 1.7, appendix H, implementation note 18).
   */
  private static boolean hasEnd(Path file) throws IOException {
    try (InputStream bytes = Files.newInputStream(file)) {
      bytes.skipNBytes(Math.max(0, Files.size(file) - END));
      return new String(bytes.readAllBytes(), StandardCharsets.ISO_8859_1).contains("%%EOF");
    }
  }

  private static UnreadableFile encrypted(String reason) {
    return new UnreadableFile(
        RowProblem.Code.ENCODING, reason, "Save it without a password and without restrictions");
  }

  private static String text(PDDocument pdf) throws IOException, UnreadableFile {
    PDFTextStripper stripper = new PDFTextStripper();
    stripper.setLineSeparator("\n");
    StringBuilder text = new StringBuilder();
    for (int page = 1; page <= pdf.getNumberOfPages(); page++) {
      stripper.setStartPage(page);
      stripper.setEndPage(page);
      StringWriter said = new StringWriter();
      stripper.writeText(pdf, said);
      String lines = ReadFile.printable(said.toString()).strip();
      if (!lines.isEmpty()) {
        text.append("# Page ").append(page).append("\n\n");
        lines.lines().map(ReadFile::noHeading).forEach(line -> text.append(line).append('\n'));
        text.append('\n');
      }
      if (text.length() > ReadFile.MAX_TEXT) {
        throw UnreadableFile.tooLong();
      }
    }
    if (text.isEmpty()) {
      throw new UnreadableFile(
          RowProblem.Code.MISSING_VALUE,
          "has no text on its pages",
          "Recognise the text of its pictures first, and save it with that");
    }
    return text.toString().strip();
  }
}
