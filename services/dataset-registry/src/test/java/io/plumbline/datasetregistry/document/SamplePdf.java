package io.plumbline.datasetregistry.document;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.common.PDStream;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;
import org.apache.pdfbox.pdmodel.graphics.form.PDFormXObject;

/** PDF files for tests. */
public final class SamplePdf {

  private SamplePdf() {}

  /**
   * Returns a file.
   *
   * @param pages the text of each page; empty for a page without text
   */
  public static byte[] of(String title, List<String> pages) {
    return saved(pdf -> fill(pdf, title, pages));
  }

  /**
   * Returns an encrypted file whose text may not be copied.
   *
   * @param password the password of readers; empty for a file that anybody may open
   */
  public static byte[] encrypted(String password) {
    return saved(pdf -> {
      fill(pdf, "Secret", List.of("Nobody reads this"));
      AccessPermission permission = new AccessPermission();
      permission.setCanExtractContent(false);
      pdf.protect(new StandardProtectionPolicy("owner", password, permission));
    });
  }

  /** Returns a file of a few kilobytes whose only page decompresses to many bytes of numbers. */
  public static byte[] bomb(long bytes) {
    return saved(pdf -> {
      PDPage page = new PDPage();
      pdf.addPage(page);
      PDStream content = new PDStream(pdf);
      try (OutputStream raw = content.getCOSObject().createRawOutputStream()) {
        raw.write(deflatedNumbers(bytes));
      }
      content.getCOSObject().setItem(COSName.FILTER, COSName.FLATE_DECODE);
      page.setContents(content);
    });
  }

  private static byte[] deflatedNumbers(long bytes) throws IOException {
    byte[] numbers = "1 ".repeat(1 << 19).getBytes(StandardCharsets.US_ASCII);
    ByteArrayOutputStream small = new ByteArrayOutputStream();
    try (OutputStream deflated = new DeflaterOutputStream(small)) {
      for (long written = 0; written < bytes; written += numbers.length) {
        deflated.write(numbers);
      }
    }
    return small.toByteArray();
  }

  /** Returns a file of a few kilobytes whose objects decompress to many bytes. */
  public static byte[] largeObjects(long bytes) throws IOException {
    byte[] objects = deflatedNumbers(bytes);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(
        ("%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 3 0 R>>endobj\n"
                + "2 0 obj<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length "
                + objects.length
                + ">>stream\n")
            .getBytes(StandardCharsets.US_ASCII));
    file.writeBytes(objects);
    file.writeBytes(
        "\nendstream endobj\ntrailer<</Root 1 0 R/Size 4>>\nstartxref\n0\n%%EOF\n"
            .getBytes(StandardCharsets.US_ASCII));
    return file.toByteArray();
  }

  /** Returns a file with a form that draws itself twice, and so without an end. */
  public static byte[] formThatDrawsItself() {
    return saved(pdf -> {
      PDPage page = new PDPage();
      pdf.addPage(page);
      PDFormXObject form = new PDFormXObject(pdf);
      form.setBBox(new PDRectangle(9, 9));
      PDResources resources = new PDResources();
      resources.put(COSName.getPDFName("X"), form);
      form.setResources(resources);
      page.setResources(resources);
      try (OutputStream drawing = form.getContentStream().createOutputStream()) {
        drawing.write("/X Do /X Do".getBytes(StandardCharsets.US_ASCII));
      }
      PDStream content = new PDStream(pdf);
      try (OutputStream drawing = content.createOutputStream()) {
        drawing.write("/X Do".getBytes(StandardCharsets.US_ASCII));
      }
      page.setContents(content);
    });
  }

  /** Returns a file that begins like a PDF but is not one. */
  public static byte[] broken() {
    return "%PDF-1.7\n1 0 obj <</Type /Catalog".getBytes(StandardCharsets.US_ASCII);
  }

  @FunctionalInterface
  private interface Filling {
    void fill(PDDocument pdf) throws IOException;
  }

  private static byte[] saved(Filling filling) {
    try (PDDocument pdf = new PDDocument()) {
      filling.fill(pdf);
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      pdf.save(bytes);
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void fill(PDDocument pdf, String title, List<String> pages) throws IOException {
    pdf.getDocumentInformation().setTitle(title);
    for (String text : pages) {
      PDPage page = new PDPage();
      pdf.addPage(page);
      if (text.isEmpty()) {
        continue;
      }
      try (PDPageContentStream content = new PDPageContentStream(pdf, page)) {
        content.beginText();
        content.setFont(new PDType1Font(Standard14Fonts.FontName.HELVETICA), 12);
        content.newLineAtOffset(72, 700);
        content.showText(text);
        content.endText();
      }
    }
  }
}
