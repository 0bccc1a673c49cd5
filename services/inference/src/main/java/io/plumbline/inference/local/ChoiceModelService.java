package io.plumbline.inference.local;

import io.plumbline.inference.UnsupportedRequest;
import io.plumbline.inference.local.LocalModels.LocalModel;
import io.plumbline.inference.projection.ModelVersion;
import io.plumbline.localmodels.ChoiceModel;
import io.plumbline.localmodels.ChoiceOption;
import io.plumbline.localmodels.Classifier;
import io.plumbline.localmodels.Embedding;
import io.plumbline.localmodels.EncoderModel;
import io.plumbline.localmodels.Urgency;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Answers chat requests with the choice models and with trained heads. */
@Component
class ChoiceModelService {

  /** The smallest logarithm that is written, because JSON has no infinity. */
  private static final double SMALLEST_LOG = -100;

  private final Encoders encoders;
  private final TrainedHeads trainedHeads;
  private final JsonMapper json;

  ChoiceModelService(Encoders encoders, TrainedHeads trainedHeads, JsonMapper json) {
    this.encoders = encoders;
    this.trainedHeads = trainedHeads;
    this.json = json;
  }

  /**
   * Answers with a choice model.
   *
   * @throws UnsupportedRequest naming the field that the model does not support
   */
  Answer choose(LocalModel model, JsonNode request, int maxTokens) {
    ChoiceRequest choice = ChoiceRequest.read(request, model.name());
    List<String> texts = new ArrayList<>();
    texts.add(choice.input());
    choice.options().forEach(option -> texts.add(option.text()));
    choice.examples().forEach(example -> texts.add(example.input()));
    List<Embedding> embedded = encoders.embed(model.encoder(), texts, maxTokens, Urgency.SERVING);
    int firstExample = 1 + choice.options().size();
    List<Embedding> options = embedded.subList(1, firstExample);
    List<ChoiceModel.Example> examples =
        IntStream.range(0, choice.examples().size())
            .mapToObj(i ->
                new ChoiceModel.Example(
                    embedded.get(firstExample + i), choice.examples().get(i).option()))
            .toList();
    double[] scores = ChoiceModel.probabilities(embedded.getFirst(), options, examples);
    return toAnswer(request, choice, scores, embedded, model.encoder());
  }

  /**
   * Answers with a trained head. The options must be labels of the head; examples in the messages
   * do not change its answer.
   */
  Answer classify(ModelVersion model, JsonNode request) {
    ChoiceRequest choice = ChoiceRequest.read(request, model.name());
    Classifier head = trainedHeads.openHead(model);
    int[] positions = new int[choice.options().size()];
    for (int i = 0; i < positions.length; i++) {
      ChoiceOption option = choice.options().get(i);
      positions[i] = head.labels().indexOf(option.label());
      if (positions[i] < 0) {
        throw new UnsupportedRequest(
            "unknown_option",
            "response_format",
            "%s was not trained on the option '%s'; its labels are %s."
                .formatted(model.name(), option.label(), String.join(", ", head.labels())));
      }
    }
    Embedding input = encoders.embed(head.encoder(), choice.input(), head.maxTokens());
    double[] all = head.probabilities(input);
    double[] scores = IntStream.of(positions).mapToDouble(position -> all[position]).toArray();
    double sum = IntStream.range(0, scores.length).mapToDouble(i -> scores[i]).sum();
    for (int i = 0; i < scores.length; i++) {
      scores[i] = sum > 0 ? scores[i] / sum : 1.0 / scores.length;
    }
    return toAnswer(request, choice, scores, List.of(input), head.encoder());
  }

  private Answer toAnswer(
      JsonNode request,
      ChoiceRequest choice,
      double[] scores,
      List<Embedding> read,
      EncoderModel encoder) {
    int picked = pickOption(scores, request);
    String label = choice.options().get(picked).label();
    String content = json.writeValueAsString(json.createObjectNode().put(choice.property(), label));
    List<Answer.Scored> scored =
        IntStream.range(0, scores.length)
            .mapToObj(i ->
                new Answer.Scored(
                    choice.options().get(i).label(),
                    Math.max(SMALLEST_LOG, Math.log(scores[i])),
                    i == picked))
            .sorted(Comparator.comparingDouble(Answer.Scored::logProbability).reversed())
            .toList();
    long tokens = read.stream().mapToLong(Embedding::tokens).sum();
    return new Answer(
        content,
        scores[picked],
        scored,
        tokens,
        encoders.open(encoder).countTokens(label) - 2L,
        truncatedKinds(choice, read));
  }

  private static int pickOption(double[] scores, JsonNode request) {
    double temperature = request.path("temperature").asDouble(0);
    if (temperature > 0) {
      double[] sharpened = new double[scores.length];
      double sum = 0;
      for (int i = 0; i < scores.length; i++) {
        sharpened[i] = Math.pow(scores[i], 1 / temperature);
        sum += sharpened[i];
      }
      double at = seededRandom(request.path("seed")).nextDouble() * sum;
      for (int i = 0; i < scores.length; i++) {
        at -= sharpened[i];
        if (at < 0) {
          return i;
        }
      }
    }
    return IntStream.range(0, scores.length)
        .boxed()
        .max(Comparator.comparingDouble(i -> scores[i]))
        .orElseThrow();
  }

  private static SplittableRandom seededRandom(JsonNode seed) {
    if (seed.isIntegralNumber()) {
      return new SplittableRandom(seed.asLong());
    }
    return new SplittableRandom();
  }

  private static List<String> truncatedKinds(ChoiceRequest choice, List<Embedding> read) {
    List<String> kinds = new ArrayList<>();
    if (read.getFirst().truncated()) {
      kinds.add("input");
    }
    int firstExample = 1 + choice.options().size();
    if (read.size() > 1 && read.subList(1, firstExample).stream().anyMatch(Embedding::truncated)) {
      kinds.add("options");
    }
    if (read.size() > firstExample
        && read.subList(firstExample, read.size()).stream().anyMatch(Embedding::truncated)) {
      kinds.add("examples");
    }
    return List.copyOf(kinds);
  }
}
