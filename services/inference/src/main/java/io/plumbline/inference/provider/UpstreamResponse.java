package io.plumbline.inference.provider;

import io.plumbline.inference.provider.protocol.StreamTranslation;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.jspecify.annotations.Nullable;

/** A provider's answer, read as it arrives. */
public final class UpstreamResponse implements AutoCloseable {

  private static final int MAX_LINE = 1 << 20;
  private static final int BUFFER = 8 * 1024;

  /** The failure that an answer is too long to be held in memory. */
  static final class TooLong extends IOException {

    TooLong(String message) {
      super(message);
    }
  }

  private final HttpUriRequestBase request;
  private final ClassicHttpResponse response;
  private final StreamTranslation translation;
  private final UpstreamPolicies.CallPermit callPermit;
  private final Deadline deadline;
  private final Duration idle;
  private @Nullable Reader text;
  private char[] buffer = {};
  private int position;
  private int filled;
  private volatile boolean ended;

  /**
   * Creates an answer.
   *
   * @param translation the translation of the answer, if it is a stream
   * @param callPermit the permit of the call, which is left once the answer is closed
   * @param idle the maximum silence of a stream that has started
   */
  UpstreamResponse(
      HttpUriRequestBase request,
      ClassicHttpResponse response,
      StreamTranslation translation,
      UpstreamPolicies.CallPermit callPermit,
      Deadline deadline,
      Duration idle) {
    this.request = request;
    this.response = response;
    this.translation = translation;
    this.callPermit = callPermit;
    this.deadline = deadline;
    this.idle = idle;
  }

  /** Returns the translation of the events of a stream. */
  public StreamTranslation translation() {
    return translation;
  }

  /** Reports to the circuit breaker that a streamed answer begins as it should. */
  public void reportSuccess() {
    callPermit.reportSuccess();
  }

  /**
   * Reports to the circuit breaker that a whole answer is as it should be.
   *
   * @param tokens the number of its tokens; 0 if it is not known
   */
  void reportSuccess(int tokens) {
    callPermit.reportSuccess(tokens);
  }

  /** Reports an invalid answer to the circuit breaker; ignored after {@link #reportSuccess()}. */
  public void reportFailure() {
    callPermit.reportFailure();
  }

  Duration idleTimeout() {
    return idle;
  }

  /** Returns whether the call was ended because its deadline passed. */
  public boolean pastDeadline() {
    return deadline.hasPassed();
  }

  boolean isAbandoned() {
    return deadline.isAbandoned();
  }

  /**
   * Reads a line.
   *
   * @return the next line; null at the end
   * @throws IOException also when the line is longer than {@link #MAX_LINE}, so that an endless
   *     line does not fill the memory
   */
  public @Nullable String readLine() throws IOException {
    StringBuilder line = new StringBuilder();
    while (position < filled || fillBuffer()) {
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
        return withoutCarriageReturn(line);
      }
    }
    return line.isEmpty() ? null : withoutCarriageReturn(line);
  }

  private boolean fillBuffer() throws IOException {
    if (text == null) {
      text = new InputStreamReader(contentStream(), StandardCharsets.UTF_8);
      buffer = new char[BUFFER];
    }
    position = 0;
    filled = Math.max(0, text.read(buffer, 0, buffer.length));
    ended = filled == 0;
    return !ended;
  }

  private static String withoutCarriageReturn(StringBuilder line) {
    int end = line.length() - 1;
    if (end >= 0 && line.charAt(end) == '\r') {
      return line.substring(0, end);
    }
    return line.toString();
  }

  byte[] readAll(int limit) throws IOException {
    HttpEntity entity = response.getEntity();
    long announced = entity == null ? 0 : entity.getContentLength();
    // The buffer has the announced size, if there is one. One byte more is requested, which shows
    // the end of the answer.
    int most = announced < 0 || announced > limit ? limit : (int) announced;
    byte[] bytes = contentStream().readNBytes(most + 1);
    if (bytes.length > limit) {
      throw new TooLong("The answer is longer than " + limit + " bytes");
    }
    ended = true;
    return bytes;
  }

  private InputStream contentStream() throws IOException {
    HttpEntity entity = response.getEntity();
    return entity == null ? InputStream.nullInputStream() : entity.getContent();
  }

  /** Aborts the connection immediately, even while another thread reads from it. */
  public void cancel() {
    request.abort();
  }

  /**
   * Closes the answer. The connection returns to the pool when everything was read. Otherwise it is
   * aborted, because the client would read the rest before closing.
   */
  @Override
  public void close() {
    if (!ended) {
      cancel();
    }
    try {
      response.close();
    } catch (IOException aborted) {
      // The connection was aborted, and nothing more is read from it.
    } finally {
      deadline.close();
      callPermit.close();
    }
  }
}
