package io.plumbline.platform.web;

import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.Problem;
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
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;
import tools.jackson.databind.json.JsonMapper;

/**
 * Buffers bodies in memory, up to a limit, so that their hash can be computed; refuses larger ones,
 * and what cannot be stored, before any handler reads them. Only the types that a service declares
 * as streamed pass unbuffered: a limit that depended on the content type the sender names would be
 * no limit.
 */
final class BufferedBody extends OncePerRequestFilter {

  static final int LIMIT = 2 * 1024 * 1024;

  private final ProblemWriter problems;
  private final JsonMapper json;
  private final List<MediaType> streamed;

  BufferedBody(ProblemWriter problems, JsonMapper json, List<MediaType> streamed) {
    this.problems = problems;
    this.json = json;
    this.streamed = List.copyOf(streamed);
  }

  /**
   * @return the body as it arrived; empty for one that is streamed
   */
  static byte[] of(ServletRequest request) {
    return switch (request) {
      case Buffered buffered -> buffered.body;
      case ServletRequestWrapper wrapper -> of(wrapper.getRequest());
      default -> new byte[0];
    };
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    boolean empty =
        request.getContentLengthLong() <= 0
            && request.getHeader(HttpHeaders.TRANSFER_ENCODING) == null;
    return empty || isStreamed(request.getContentType());
  }

  private boolean isStreamed(@Nullable String type) {
    try {
      MediaType sent =
          type == null ? MediaType.APPLICATION_OCTET_STREAM : MediaType.parseMediaType(type);
      return streamed.stream().anyMatch(each -> each.includes(sent));
    } catch (InvalidMediaTypeException unknown) {
      return false;
    }
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    byte[] body = request.getInputStream().readNBytes(LIMIT + 1);
    if (body.length > LIMIT) {
      problems.write(
          response, CommonProblem.TOO_LARGE, "Send a body of at most " + LIMIT + " bytes.");
      return;
    }
    Optional<Problem.FieldError> flaw = JsonText.flaw(body, json);
    if (flaw.isPresent()) {
      problems.write(response, Problem.invalid(flaw.get().pointer(), flaw.get().detail()));
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
