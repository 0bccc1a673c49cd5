package io.plumbline.inference.serving.protocol;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The routes of OpenAI's and Anthropic's APIs that are not served, and their replacements. */
final class UnservedRoutes {

  private static final String CHAT = "use POST /v1/chat/completions";
  private static final String NOTHING = "nothing takes its place here";

  private static final List<String> SERVED =
      List.of("chat/completions", "embeddings", "models", "prompts", "feedback");

  /** The advice, by the first segment below {@code /v1}. */
  private static final Map<String, String> INSTEAD =
      Map.ofEntries(
          Map.entry(
              "responses",
              CHAT
                  + ": in Vercel's AI SDK provider.chat(model), in LangChain useResponsesApi: false"
                  + " or use_responses_api=False, in pydantic-ai OpenAIChatModel, in OpenAI's"
                  + " clients chat.completions"),
          Map.entry("messages", CHAT + " with a client of OpenAI"),
          Map.entry("complete", CHAT + " with a client of OpenAI"),
          Map.entry("completions", CHAT),
          Map.entry("engines", CHAT),
          Map.entry("conversations", CHAT + " and send the history with each call"),
          Map.entry("assistants", CHAT + " with a prompt version and a released variant"),
          Map.entry("threads", CHAT + " and send the history with each call"),
          Map.entry("files", "upload data as a version of a dataset: POST /api/datasets"),
          Map.entry("uploads", "upload data as a version of a dataset: POST /api/datasets"),
          Map.entry("vector_stores", "build an index of documents: POST /api/indexes"),
          Map.entry("fine_tuning", "start a training job: POST /api/training-jobs"),
          Map.entry("fine-tunes", "start a training job: POST /api/training-jobs"),
          Map.entry("evals", "start an evaluation run: POST /api/runs"),
          Map.entry("batches", "send the calls singly, or start an evaluation run: POST /api/runs"),
          Map.entry("moderations", NOTHING),
          Map.entry("images", NOTHING),
          Map.entry("audio", NOTHING),
          Map.entry("videos", NOTHING),
          Map.entry("realtime", NOTHING),
          Map.entry("containers", NOTHING),
          Map.entry("v1", "the base URL has to end with one /v1, so that a call has it once"));

  private UnservedRoutes() {}

  /**
   * Returns the message for a path that is not served; empty for a path that is served.
   *
   * @param path the path of the request
   */
  static Optional<String> unservedMessage(String method, String path) {
    String rest = path.replaceFirst("^/v1/?", "");
    if (SERVED.stream().anyMatch(each -> rest.equals(each) || rest.startsWith(each + "/"))) {
      return Optional.empty();
    }
    String first = rest.split("/", 2)[0];
    String route = method + " /v1/" + printable(rest);
    if (INSTEAD.containsKey(first)) {
      return Optional.of("%s is not served: %s.".formatted(route, INSTEAD.get(first)));
    }
    return Optional.of(
        "%s is not served: below /v1 there are %s. The clients' page of the documentation has a table."
            .formatted(route, String.join(", ", SERVED)));
  }

  private static String printable(String path) {
    String visible = path.replaceAll("[^!-~]", "?");
    return visible.length() <= 100 ? visible : visible.substring(0, 100) + "…";
  }
}
