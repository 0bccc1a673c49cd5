package io.plumbline.inference.provider;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.jspecify.annotations.Nullable;

/** An answer that is under way. */
public final class Upstream implements AutoCloseable {

  private static final int MAX_LINE = 1 << 20;

  private final HttpPost request;
  private final ClassicHttpResponse response;
  private @Nullable Reader text;
  private final char[] buffer = new char[8 * 1024];
  private int position;
  private int filled;
  private volatile boolean ended;

  Upstream(HttpPost request, ClassicHttpResponse response) {
    this.request = request;
    this.response = response;
  }

  /**
   * @return the next line; null at the end
   * @throws IOException too when the line has no end within reason: a reader that gathers it would
   *     gather all memory
   */
  public @Nullable String readLine() throws IOException {
    StringBuilder line = new StringBuilder();
    while (position < filled || fill()) {
      int from = position;
      while (position < filled && buffer[position] != '\n') {
        position++;
      }
      line.append(buffer, from, position - from);
      if (line.length() > MAX_LINE) {
        throw new IOException("A line is longer than " + MAX_LINE + " characters");
      }
      if (position < filled) {
        position++;
        return withoutReturn(line);
      }
    }
    return line.isEmpty() ? null : withoutReturn(line);
  }

  private boolean fill() throws IOException {
    if (text == null) {
      text = new InputStreamReader(content(), StandardCharsets.UTF_8);
    }
    position = 0;
    filled = Math.max(0, text.read(buffer, 0, buffer.length));
    ended = filled == 0;
    return !ended;
  }

  private static String withoutReturn(StringBuilder line) {
    int end = line.length() - 1;
    return end >= 0 && line.charAt(end) == '\r' ? line.substring(0, end) : line.toString();
  }

  byte[] readAll(int limit) throws IOException {
    byte[] bytes = content().readNBytes(limit + 1);
    if (bytes.length > limit) {
      throw new IOException("The answer is longer than " + limit + " bytes");
    }
    ended = true;
    return bytes;
  }

  private InputStream content() throws IOException {
    HttpEntity entity = response.getEntity();
    return entity == null ? InputStream.nullInputStream() : entity.getContent();
  }

  /** Breaks the connection off at once, whoever is reading. */
  public void cancel() {
    request.abort();
  }

  /**
   * Gives the connection back when all was read; otherwise breaks it off, for the client would read
   * the rest before it closes.
   */
  @Override
  public void close() {
    if (!ended) {
      cancel();
    }
    try {
      response.close();
    } catch (IOException brokenOff) {
      // Nobody waits for anything more of it.
    }
  }
}
