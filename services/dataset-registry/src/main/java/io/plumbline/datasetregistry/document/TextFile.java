package io.plumbline.datasetregistry.document;

import io.plumbline.datasetregistry.row.RowProblem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads a file of plain text in UTF-8. */
final class TextFile {

  /** The maximum bytes in UTF-8 for each {@code char} of a string. */
  private static final int BYTES_PER_CHAR = 3;

  private TextFile() {}

  static ExtractedText read(Path file) throws IOException, UnreadableFile {
    return new ExtractedText("", content(file));
  }

  static String content(Path file) throws IOException, UnreadableFile {
    if (Files.size(file) > (long) ExtractedText.MAX_TEXT * BYTES_PER_CHAR) {
      throw UnreadableFile.tooLong();
    }
    String text = decoded(Files.readAllBytes(file));
    if (text.length() > ExtractedText.MAX_TEXT) {
      throw UnreadableFile.tooLong();
    }
    if (text.indexOf('\0') >= 0) {
      throw notTextFault("contains a NUL");
    }
    String unmarked = text.startsWith("\ufeff") ? text.substring(1) : text;
    return unmarked.replace("\r\n", "\n").replace('\r', '\n');
  }

  private static String decoded(byte[] bytes) throws UnreadableFile {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw notTextFault("is not valid UTF-8");
    }
  }

  private static UnreadableFile notTextFault(String reason) {
    return new UnreadableFile(RowProblem.Code.ENCODING, reason, "Save it as UTF-8");
  }
}
