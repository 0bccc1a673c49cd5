package io.plumbline.bench.load;

import io.plumbline.bench.load.HttpConnection.Message;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls one application, one request after the other. */
public final class Client implements AutoCloseable {

  private final int port;
  private final String token;
  private HttpConnection connection;

  public Client(int port, String token) throws IOException {
    this.port = port;
    this.token = token;
    this.connection = HttpConnection.open(port);
  }

  /**
   * Sends a request, and returns its answer, whatever the status.
   *
   * @param json the body, empty for none
   */
  public Message call(String method, String path, String json) throws IOException {
    Message answer =
        connection.exchange(HttpConnection.requestBytes(method, path, port, token, json));
    if (answer.last()) {
      connection.close();
      connection = HttpConnection.open(port);
    }
    return answer;
  }

  /** Returns the answer's JSON. Any answer but a success stops the measurement. */
  public JsonNode requestJson(String method, String path, String json) throws IOException {
    Message answer = call(method, path, json);
    if (!answer.first().startsWith("HTTP/1.1 2")) {
      throw new IOException(
          method
              + " "
              + path
              + ": "
              + answer.first()
              + ": "
              + new String(answer.body(), StandardCharsets.UTF_8));
    }
    return JsonMapper.shared().readTree(answer.body());
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }
}
