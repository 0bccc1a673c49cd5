package io.plumbline.platform.body;

import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.identity.CallerId;
import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.Problem;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;
import tools.jackson.databind.json.JsonMapper;

/**
 * Buffers a body in memory, within limits, so that its hash can be computed. Refuses a larger body,
 * and one that cannot be stored, before any handler gets it. The body is read together with the
 * handler's arguments, which is after the caller's role was checked, and not at all when nothing
 * asks for it. Every body has a deadline.
 *
 * <p>Only the types that a service declares as streamed pass unbuffered: a limit that depended on
 * the content type that the sender names would be no limit.
 */
public final class BodyBufferingFilter extends OncePerRequestFilter {

  private static final int CHUNK = 1 << 14;

  private final JsonMapper json;
  private final List<MediaType> streamed;
  private final Function<HttpServletRequest, BodyLimits> limits;
  private final BodyMemory memory;
  private final BodyDeadline deadline;

  /**
   * Lets one body for each processor be checked at a time. The memory that a check takes is small
   * then, and need not be counted: it is known only afterwards what the body will be parsed into.
   */
  private final Semaphore checks = new Semaphore(Runtime.getRuntime().availableProcessors());

  BodyBufferingFilter(
      JsonMapper json,
      List<MediaType> streamed,
      Function<HttpServletRequest, BodyLimits> limits,
      BodyMemory memory,
      BodyDeadline deadline) {
    this.json = json;
    this.streamed = List.copyOf(streamed);
    this.limits = limits;
    this.memory = memory;
    this.deadline = deadline;
  }

  /**
   * Returns the body of a request.
   *
   * @return the body as it arrived; empty for a streamed body
   * @throws Problem when it exceeds a limit or cannot be stored
   */
  public static byte[] bytesOf(ServletRequest request) throws IOException {
    return switch (request) {
      case BufferedRequest bufferedRequest -> bufferedRequest.body();
      case ServletRequestWrapper wrapper -> bytesOf(wrapper.getRequest());
      default -> new byte[0];
    };
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return request.getContentLengthLong() <= 0
        && request.getHeader(HttpHeaders.TRANSFER_ENCODING) == null;
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
    if (isStreamed(request.getContentType())) {
      chain.doFilter(new StreamedRequest(request, deadline), response);
      return;
    }
    CallerId caller = Caller.find().map(Caller::id).orElse(CallerId.NOBODY);
    try (BodyMemory.Share share = memory.openShare(caller)) {
      chain.doFilter(new BufferedRequest(request, share), response);
    }
  }

  private final class BufferedRequest extends HttpServletRequestWrapper {

    private final BodyMemory.Share share;
    private byte @Nullable [] body;
    private @Nullable Problem refusal;

    BufferedRequest(HttpServletRequest request, BodyMemory.Share share) {
      super(request);
      this.share = share;
    }

    byte[] body() throws IOException {
      if (refusal != null) {
        // The part that was read is gone, and the rest is not a body.
        throw refusal;
      }
      if (body == null) {
        try {
          BodyLimits limit = limits.apply((HttpServletRequest) getRequest());
          body = requireValid(read(limit), limit);
        } catch (Problem problem) {
          refusal = problem;
          throw problem;
        }
      }
      return body;
    }

    private byte[] read(BodyLimits limit) throws IOException {
      int most = (int) limit.maxBytes().toBytes();
      long announced = getRequest().getContentLengthLong();
      if (announced > most) {
        throw tooLongProblem(most);
      }
      // Memory for the announced length is taken only as the bytes arrive, so that announcing costs
      // a sender nothing.
      ByteArrayOutputStream arrived = new ByteArrayOutputStream(Math.clamp(announced, 0, CHUNK));
      byte[] chunk = new byte[Math.clamp(announced, 1, CHUNK)];
      InputStream in = getRequest().getInputStream();
      BodyDeadline.Arrival arrival = deadline.start();
      BodyDeadline.Read next = () -> in.read(chunk);
      for (int length = arrival.read(next); length >= 0; length = arrival.read(next)) {
        share.takeForArrival(length);
        arrived.write(chunk, 0, length);
        if (arrived.size() > most) {
          throw tooLongProblem(most);
        }
      }
      return arrived.toByteArray();
    }

    private byte[] requireValid(byte[] read, BodyLimits limit) {
      if (!isUtf8OrUnspecified(getContentType()) || !BodyCheck.canBeUtf8(read)) {
        throw Problem.invalid("", "is not encoded in UTF-8");
      }
      share.takeForParsing(checkAndCountNodes(read, limit));
      return read;
    }

    private int checkAndCountNodes(byte[] read, BodyLimits limit) {
      checks.acquireUninterruptibly();
      try {
        return BodyCheck.checkAndCountNodes(read, json, limit);
      } finally {
        checks.release();
      }
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
      return new InMemoryStream(new ByteArrayInputStream(body()));
    }

    @Override
    public BufferedReader getReader() throws IOException {
      return new BufferedReader(
          new InputStreamReader(new ByteArrayInputStream(body()), StandardCharsets.UTF_8));
    }
  }

  /** A request whose body the service reads as it arrives, within the deadline. */
  private static final class StreamedRequest extends HttpServletRequestWrapper {

    private final BodyDeadline deadline;
    private @Nullable ServletInputStream body;

    StreamedRequest(HttpServletRequest request, BodyDeadline deadline) {
      super(request);
      this.deadline = deadline;
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
      if (body == null) {
        body = new DeadlineInputStream(super.getInputStream(), deadline.start());
      }
      return body;
    }

    @Override
    public BufferedReader getReader() throws IOException {
      return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
    }
  }

  private static Problem tooLongProblem(int most) {
    return new Problem(
        CommonProblem.TOO_LARGE,
        "The body has more than %d bytes, which is the limit. Send a smaller one.".formatted(most));
  }

  /**
   * Returns whether the sender names UTF-8 or no charset. Spring would decode the body in the named
   * charset, whatever it is. A header that names no valid type is refused by Spring itself.
   */
  private static boolean isUtf8OrUnspecified(@Nullable String type) {
    try {
      Optional<Charset> named =
          Optional.ofNullable(type).map(MediaType::parseMediaType).map(MediaType::getCharset);
      return named.isEmpty() || named.get().equals(StandardCharsets.UTF_8);
    } catch (InvalidMediaTypeException refused) {
      return true;
    }
  }

  private static final class InMemoryStream extends ServletInputStream {

    private final ByteArrayInputStream bytes;

    InMemoryStream(ByteArrayInputStream bytes) {
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
