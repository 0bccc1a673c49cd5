package io.plumbline.inference.serving.protocol;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

/** Holds the body of a problem back, so that it can be rewritten; passes everything else on. */
final class ProblemCapture extends HttpServletResponseWrapper {

  private final ByteArrayOutputStream problem = new ByteArrayOutputStream();
  private boolean capturing;

  ProblemCapture(HttpServletResponse response) {
    super(response);
  }

  /** Returns the body of the problem; empty unless the answer is a problem. */
  byte[] problem() {
    return problem.toByteArray();
  }

  @Override
  public void setContentType(@Nullable String type) {
    capturing = type != null && type.startsWith(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
    super.setContentType(capturing ? MediaType.APPLICATION_JSON_VALUE : type);
  }

  @Override
  public void setHeader(String name, String value) {
    if (name.equalsIgnoreCase(HttpHeaders.CONTENT_TYPE)) {
      setContentType(value);
    } else if (!isHiddenLength(name)) {
      super.setHeader(name, value);
    }
  }

  @Override
  public void addHeader(String name, String value) {
    if (name.equalsIgnoreCase(HttpHeaders.CONTENT_TYPE)) {
      setContentType(value);
    } else if (!isHiddenLength(name)) {
      super.addHeader(name, value);
    }
  }

  private boolean isHiddenLength(String name) {
    return capturing && name.equalsIgnoreCase(HttpHeaders.CONTENT_LENGTH);
  }

  @Override
  public void setContentLength(int length) {
    if (!capturing) {
      super.setContentLength(length);
    }
  }

  @Override
  public void setContentLengthLong(long length) {
    if (!capturing) {
      super.setContentLengthLong(length);
    }
  }

  @Override
  public ServletOutputStream getOutputStream() throws IOException {
    return capturing ? new Capture() : super.getOutputStream();
  }

  @Override
  public PrintWriter getWriter() throws IOException {
    return capturing ? new PrintWriter(problem, true, StandardCharsets.UTF_8) : super.getWriter();
  }

  /** Flushes only other answers: a flush commits the response before the problem is translated. */
  @Override
  public void flushBuffer() throws IOException {
    if (!capturing) {
      super.flushBuffer();
    }
  }

  @Override
  public void reset() {
    problem.reset();
    capturing = false;
    super.reset();
  }

  @Override
  public void resetBuffer() {
    problem.reset();
    super.resetBuffer();
  }

  private final class Capture extends ServletOutputStream {

    @Override
    public void write(int value) {
      problem.write(value);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      problem.write(bytes, offset, length);
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setWriteListener(WriteListener listener) {
      throw new IllegalStateException("Problems are written synchronously");
    }
  }
}
