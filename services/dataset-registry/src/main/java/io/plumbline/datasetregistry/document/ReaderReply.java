package io.plumbline.datasetregistry.document;

import io.plumbline.datasetregistry.row.RowProblem;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The reply of the reader about a file.
 *
 * @param parts title and text if the file was read; otherwise code, reason and remedy
 */
record ReaderReply(boolean read, List<String> parts) {

  /** The maximum bytes of a part; a character of a text takes at most three. */
  private static final int MAX_PART = 3 * ExtractedText.MAX_TEXT + 1_024;

  static ReaderReply of(ExtractedText file) {
    return new ReaderReply(true, List.of(file.title(), file.text()));
  }

  static ReaderReply of(UnreadableFile file) {
    return new ReaderReply(false, List.of(file.code().name(), file.reason(), file.remedy()));
  }

  ExtractedText extractedText() throws UnreadableFile {
    if (!read) {
      throw new UnreadableFile(RowProblem.Code.valueOf(parts.get(0)), parts.get(1), parts.get(2));
    }
    return new ExtractedText(parts.get(0), parts.get(1));
  }

  void writeTo(DataOutputStream out) throws IOException {
    out.writeBoolean(read);
    for (String part : parts) {
      byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
      out.writeInt(bytes.length);
      out.write(bytes);
    }
  }

  static ReaderReply read(DataInputStream in) throws IOException {
    boolean read = in.readBoolean();
    List<String> parts = new ArrayList<>();
    for (int part = 0; part < (read ? 2 : 3); part++) {
      int length = in.readInt();
      if (length < 0 || length > MAX_PART) {
        throw new IOException(
            "The process that reads documents announced a part of %d bytes".formatted(length));
      }
      parts.add(new String(in.readNBytes(length), StandardCharsets.UTF_8));
    }
    return new ReaderReply(read, parts);
  }
}
