package io.plumbline.inference.provider;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.jspecify.annotations.Nullable;

/** An answer that is under way. */
public final class Upstream implements AutoCloseable {

  private final HttpPost request;
  private final ClassicHttpResponse response;
  private @Nullable BufferedReader lines;

  Upstream(HttpPost request, ClassicHttpResponse response) {
    this.request = request;
    this.response = response;
  }

  /** @return the next line; null at the end */
  public @Nullable String readLine() throws IOException {
    if (lines == null) {
      lines = new BufferedReader(new InputStreamReader(content(), StandardCharsets.UTF_8));
    }
    return lines.readLine();
  }

  byte[] readAll(int limit) throws IOException {
    try (InputStream content = content()) {
      byte[] bytes = content.readNBytes(limit + 1);
      if (bytes.length > limit) {
        throw new IOException("The answer is longer than " + limit + " bytes");
      }
      return bytes;
    }
  }

  private InputStream content() throws IOException {
    HttpEntity entity = response.getEntity();
    return entity == null ? InputStream.nullInputStream() : entity.getContent();
  }

  /** Breaks the connection off at once, whoever is reading. */
  public void cancel() {
    request.abort();
  }

  @Override
  public void close() throws IOException {
    response.close();
  }
}
