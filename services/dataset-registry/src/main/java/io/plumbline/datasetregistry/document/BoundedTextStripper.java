package io.plumbline.datasetregistry.document;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;
import org.apache.pdfbox.contentstream.operator.Operator;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDStream;
import org.apache.pdfbox.pdmodel.graphics.form.PDFormXObject;
import org.apache.pdfbox.text.PDFTextStripper;

/**
 * Extracts the text of a PDF within a number of bytes of content: a few kilobytes decompress to a
 * thousand times as many, and a form that draws itself twice would be drawn without an end.
 */
final class BoundedTextStripper extends PDFTextStripper {

  /** The bytes that a drawn form counts at least, and an operator counts. */
  private static final int FORM = 1_024;

  private static final int OPERATOR = 4;

  private static final Set<COSName> DEFLATE =
      Set.of(COSName.FLATE_DECODE, COSName.FLATE_DECODE_ABBREVIATION);

  private final byte[] buffer = new byte[1 << 13];
  private long left;

  /** The content is larger than it may be. */
  static final class TooLarge extends RuntimeException {}

  /**
   * @param bytes the decompressed content that is read at most, forms each time that they are drawn
   */
  BoundedTextStripper(long bytes) throws IOException {
    this.left = bytes;
    setLineSeparator("\n");
  }

  @Override
  public void processPage(PDPage page) throws IOException {
    for (Iterator<PDStream> streams = page.getContentStreams(); streams.hasNext(); ) {
      spendAll(streams.next().getCOSObject());
    }
    super.processPage(page);
  }

  @Override
  public void showForm(PDFormXObject form) throws IOException {
    spend(FORM);
    spendAll(form.getCOSObject());
    super.showForm(form);
  }

  @Override
  protected void processOperator(Operator operator, List<COSBase> operands) throws IOException {
    spend(OPERATOR);
    super.processOperator(operator, operands);
  }

  /** Spends the decompressed bytes of a stream, before PDFBox holds them in memory. */
  private void spendAll(COSStream stream) throws IOException {
    try (InputStream content = open(stream)) {
      for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
        spend(read);
      }
    } catch (ZipException | EOFException e) {
      // PDFBox reads what it can of a stream that is damaged or cut off, too.
    }
  }

  private static InputStream open(COSStream stream) throws IOException {
    List<COSName> filters = filters(stream);
    if (!filters.stream().allMatch(DEFLATE::contains)) {
      return stream.createInputStream();
    }
    InputStream content = stream.createRawInputStream();
    for (int i = 0; i < filters.size(); i++) {
      content = new InflaterInputStream(content);
    }
    return content;
  }

  private static List<COSName> filters(COSStream stream) {
    return switch (stream.getFilters()) {
      case COSName name -> List.of(name);
      case COSArray names ->
          names.toList().stream()
              .filter(COSName.class::isInstance)
              .map(COSName.class::cast)
              .toList();
      case null, default -> List.of();
    };
  }

  private void spend(int bytes) {
    left -= bytes;
    if (left < 0) {
      throw new TooLarge();
    }
  }
}
