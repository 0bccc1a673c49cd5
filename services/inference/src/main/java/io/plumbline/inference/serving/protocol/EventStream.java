package io.plumbline.inference.serving.protocol;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A response of server-sent events, each of which is sent at once. */
public final class EventStream {

  private static final byte[] DATA = "data: ".getBytes(StandardCharsets.UTF_8);
  private static final byte[] END = "\n\n".getBytes(StandardCharsets.UTF_8);
  private static final byte[] DONE = "data: [DONE]\n\n".getBytes(StandardCharsets.UTF_8);
  private static final byte[] COMMENT = ": \n\n".getBytes(StandardCharsets.UTF_8);

  private final OutputStream out;
  private final JsonMapper json;

  private EventStream(OutputStream out, JsonMapper json) {
    this.out = out;
    this.json = json;
  }

  public static EventStream start(HttpServletResponse response, JsonMapper json)
      throws IOException {
    response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
    response.setCharacterEncoding(StandardCharsets.UTF_8.name());
    response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    // Without this header, some proxies buffer the stream.
    response.setHeader("X-Accel-Buffering", "no");
    return new EventStream(response.getOutputStream(), json);
  }

  public void sendEvent(JsonNode data) throws IOException {
    out.write(DATA);
    out.write(json.writeValueAsBytes(data));
    out.write(END);
    out.flush();
  }

  public void sendError(OpenAiError error) throws IOException {
    sendEvent(json.valueToTree(error.body()));
  }

  /**
   * Writes a comment, which clients ignore. Only a write detects that the client has disconnected.
   */
  public void sendComment() throws IOException {
    out.write(COMMENT);
    out.flush();
  }

  public void sendDone() throws IOException {
    out.write(DONE);
    out.flush();
  }
}
