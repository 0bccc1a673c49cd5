package io.plumbline.platform.web;

import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;

/** Holds JSON bodies in memory, up to a limit, so that their hash can be taken; refuses larger ones before anything else sees them. */
final class BufferedBody extends OncePerRequestFilter {

  static final int LIMIT = 2 * 1024 * 1024;

  private final ProblemWriter problems;

  BufferedBody(ProblemWriter problems) {
    this.problems = problems;
  }

  /** @return the body as it arrived; empty for one that is not JSON */
  static byte[] of(ServletRequest request) {
    return switch (request) {
      case Buffered buffered -> buffered.body;
      case ServletRequestWrapper wrapper -> of(wrapper.getRequest());
      default -> new byte[0];
    };
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    String type = request.getContentType();
    return type == null || !type.startsWith(MediaType.APPLICATION_JSON_VALUE);
  }

  @Override
  protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    byte[] body = request.getInputStream().readNBytes(LIMIT + 1);
    if (body.length > LIMIT) {
      problems.write(response, CommonProblem.TOO_LARGE, "A JSON body has at most " + LIMIT + " bytes.");
      return;
    }
    chain.doFilter(new Buffered(request, body), response);
  }

  private static final class Buffered extends HttpServletRequestWrapper {

    private final byte[] body;

    Buffered(HttpServletRequest request, byte[] body) {
      super(request);
      this.body = body;
    }

    @Override
    public ServletInputStream getInputStream() {
      return new Stream(new ByteArrayInputStream(body));
    }
  }

  private static final class Stream extends ServletInputStream {

    private final ByteArrayInputStream bytes;

    Stream(ByteArrayInputStream bytes) {
      this.bytes = bytes;
    }

    @Override
    public int read() {
      return bytes.read();
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      return bytes.read(target, offset, length);
    }

    @Override
    public boolean isFinished() {
      return bytes.available() == 0;
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setReadListener(ReadListener listener) {
      throw new IllegalStateException("The body is already in memory");
    }
  }
}
