package io.plumbline.bench.gateway;

import io.plumbline.bench.load.HttpConnection;
import io.plumbline.bench.load.HttpConnection.Message;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The streamed answer: a JSON object of words, which a response format can be checked against, one
 * word every {@link #PAUSE}.
 */
final class WordStream {

  static final Duration PAUSE = Duration.ofMillis(100);
  private static final int WORDS = 18;
  private static final String DONE = "data: [DONE]\n\n";

  /** The contents of a stream's deltas, in their order. */
  static final List<String> DELTAS =
      Stream.of(
              Stream.of("{\"words\":\""),
              IntStream.range(0, WORDS).mapToObj(number -> "word" + number + " "),
              Stream.of("\"}"))
          .flatMap(each -> each)
          .toList();

  /** The whole answer. */
  static final String TEXT = String.join("", DELTAS);

  static final Duration LENGTH = PAUSE.multipliedBy(DELTAS.size() - 1L);

  private WordStream() {}

  /** Sends the answer in chunks, the first at once. */
  static void stream(Message request, HttpConnection connection)
      throws IOException, InterruptedException {
    connection.write(
        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
            .getBytes(StandardCharsets.US_ASCII));
    for (int i = 0; i < DELTAS.size(); i++) {
      if (i > 0) {
        Thread.sleep(PAUSE);
      }
      boolean last = i == DELTAS.size() - 1;
      connection.write(chunk(event(DELTAS.get(i), last)));
    }
    connection.write(
        chunk(
            """
            data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1700000000,\
            "model":"constant","choices":[],\
            "usage":{"prompt_tokens":40,"completion_tokens":20,"total_tokens":60}}

            """
                + DONE));
    connection.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
  }

  private static String event(String delta, boolean last) {
    return "data:"
        + " {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1700000000,"
        + "\"model\":\"constant\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\""
        + delta.replace("\"", "\\\"")
        + "\"},\"finish_reason\":"
        + (last ? "\"stop\"" : "null")
        + "}]}\n\n";
  }

  private static byte[] chunk(String text) {
    return (Integer.toHexString(text.length()) + "\r\n" + text + "\r\n")
        .getBytes(StandardCharsets.US_ASCII);
  }
}
