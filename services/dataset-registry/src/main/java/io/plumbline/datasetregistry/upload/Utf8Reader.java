package io.plumbline.datasetregistry.upload;

import io.plumbline.datasetregistry.row.RowProblem;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * A reader that decodes UTF-8 (RFC 3629) strictly. Overlong forms, surrogates, truncated sequences
 * and NUL end the reading with a fault that names the position of the byte.
 */
final class Utf8Reader extends Reader {

  private final InputStream in;
  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT);
  private final ByteBuffer bytes = ByteBuffer.allocate(1 << 16).flip();
  private long consumed;
  private boolean ended;

  Utf8Reader(InputStream in) {
    this.in = in;
  }

  @Override
  public int read(char[] target, int offset, int length) throws IOException {
    CharBuffer chars = CharBuffer.wrap(target, offset, length);
    while (true) {
      int before = bytes.position();
      CoderResult result = decoder.decode(bytes, chars, ended);
      consumed += bytes.position() - before;
      if (result.isError()) {
        throw new UploadFault(
            RowProblem.Code.ENCODING,
            "is not valid UTF-8: byte " + (consumed + 1) + " does not start a character",
            "Save it as UTF-8 and send it again");
      }
      if (chars.position() > offset) {
        return chars.position() - offset;
      }
      if (ended) {
        return -1;
      }
      fill();
    }
  }

  private void fill() throws IOException {
    bytes.compact();
    int from = bytes.position();
    int read = in.read(bytes.array(), from, bytes.remaining());
    if (read < 0) {
      ended = true;
    } else {
      for (int i = from; i < from + read; i++) {
        if (bytes.get(i) == 0) {
          throw new UploadFault(
              RowProblem.Code.ENCODING,
              "contains a NUL at byte " + (consumed + i + 1),
              "Send text in UTF-8; UTF-16 and binary files are not accepted");
        }
      }
      bytes.position(from + read);
    }
    bytes.flip();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
