package io.plumbline.localmodels;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.localmodels.extract.ExtractReader;
import io.plumbline.localmodels.extract.ExtractiveAnswer;
import io.plumbline.localmodels.extract.NumberedPassage;
import io.plumbline.localmodels.extract.Sentence;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Compares the encoders, on whatever processor this runs, with vectors and decisions that were
 * recorded once on a processor with AVX-512: 200 texts of 2 to 512 tokens, other scripts and near
 * ties among them. {@code -Dgolden.update=true} records them anew.
 */
class GoldenTests {

  private static final Path RECORDED = Path.of("src/test/resources/golden");

  /** The largest difference of a coordinate that the same digest may have on two processors. */
  private static final double TOLERANCE = 1e-5;

  /** The threshold below which a variant of the recording would abstain. */
  private static final double THRESHOLD = 0.5;

  private static final List<String> LABELS =
      List.of(
          "billing and payment",
          "delivery and tracking",
          "account and password",
          "returns and refunds",
          "technical fault",
          "something else");

  private static final List<NumberedPassage> PASSAGES =
      List.of(
          new NumberedPassage(
              1,
              "Returns",
              "You may return goods within thirty days. The postage of a return is paid by us when"
                  + " the goods are faulty. Otherwise the customer pays it. A refund arrives within"
                  + " five working days after the parcel reached us."),
          new NumberedPassage(
              2,
              "Delivery",
              "Parcels leave our warehouse on the day after the order. Delivery within the country"
                  + " takes two days. We ship to Norway and Switzerland, where customs may delay a"
                  + " parcel by a week. A courier tries twice, then the parcel waits in a shop"
                  + " nearby."),
          new NumberedPassage(
              3,
              "Payment",
              "We accept cards, bank transfer and vouchers. A voucher pays for one order only. If a"
                  + " card was charged twice, the second charge is taken back within three days."
                  + " Invoices are sent by e-mail and can be changed within a month."),
          new NumberedPassage(
              4,
              "Account",
              "A password is reset by the link under the sign-in form. The link is valid for one"
                  + " hour. An account that was closed cannot be opened again. The address of an"
                  + " order can be changed until the parcel has left."),
          new NumberedPassage(
              5,
              "Repairs",
              "The warranty lasts two years. Spare parts are kept for seven years. A repair costs"
                  + " nothing under warranty, and is offered at a fixed price afterwards."));

  private static final List<String> QUESTIONS =
      List.of(
          "Who pays for the postage of a return?",
          "How long does a refund take?",
          "Do you ship to Norway?",
          "How often does the courier try to deliver?",
          "Can I use a voucher twice?",
          "My card was charged two times.",
          "How do I reset my password?",
          "How long is the link valid?",
          "Can I change the address of my order?",
          "How long is the warranty?",
          "Are spare parts still available for my old lamp?",
          "Can a closed account be opened again?",
          "What is the capital of Peru?",
          "Which colour is the sky on Mars?",
          "Do you sell insurance?",
          "Is there a shop in Hamburg?",
          "Wer zahlt das Porto?",
          "norway",
          "When does the parcel leave?",
          "How can an invoice be corrected?",
          "May I pay by cheque?",
          "Can I return worn shoes?",
          "Is the repair free?",
          "What does a repair cost after the warranty?");

  @ParameterizedTest
  @EnumSource(names = {"BGE_SMALL", "MINILM"})
  void gives_the_recorded_vectors_and_decisions(EncoderModel model) throws IOException {
    List<String> texts = Files.readAllLines(RECORDED.resolve("texts.txt"));
    Path vectors = RECORDED.resolve(model.id() + ".f32");
    Path decisions = RECORDED.resolve(model.id() + ".decisions.txt");
    try (Encoder encoder = Encoder.open(model, 2)) {
      List<Embedding> embedded = encoder.encode(texts);
      List<String> decided = new ArrayList<>(labels(encoder, embedded));
      QUESTIONS.forEach(question -> decided.add(quoted(encoder, question)));
      if (Boolean.getBoolean("golden.update")) {
        write(vectors, embedded);
        Files.write(decisions, decided);
      }

      assertThat(texts).hasSize(200).doesNotHaveDuplicates();
      assertThat(largestDifference(embedded, read(vectors, texts.size())))
          .as("the largest difference of a coordinate from the recorded one")
          .isLessThanOrEqualTo(TOLERANCE);
      assertThat(decided).isEqualTo(Files.readAllLines(decisions));
    }
  }

  /** Returns the nearest label of each text. */
  private static List<String> labels(Encoder encoder, List<Embedding> texts) {
    List<Embedding> labels = encoder.encode(LABELS);
    return texts.stream()
        .map(text -> {
          double[] scores = ChoiceModel.probabilities(text, labels, List.of());
          return LABELS.get(
              IntStream.range(0, scores.length)
                  .reduce((a, b) -> scores[b] > scores[a] ? b : a)
                  .orElseThrow());
        })
        .toList();
  }

  /** Returns the quoted sentences of a question, and whether a variant would abstain. */
  private static String quoted(Encoder encoder, String question) {
    ExtractReader reader = ExtractReader.of(PASSAGES);
    ExtractiveAnswer answer =
        reader.answer(
            encoder.encode(List.of(ExtractReader.questionToEmbed(question))).getFirst(),
            encoder.encode(reader.sentences().stream().map(Sentence::withHeading).toList()));
    return "%s | %s | %s"
        .formatted(
            question,
            answer.confidence() < THRESHOLD ? "abstains" : "answers",
            answer.content().replace("\n", " "));
  }

  private static double largestDifference(List<Embedding> embedded, float[][] recorded) {
    double largest = 0;
    for (int i = 0; i < recorded.length; i++) {
      float[] vector = embedded.get(i).vector();
      for (int d = 0; d < vector.length; d++) {
        largest = Math.max(largest, Math.abs(vector[d] - recorded[i][d]));
      }
    }
    System.out.printf("Golden texts: largest difference of a coordinate %.2e%n", largest);
    return largest;
  }

  private static void write(Path file, List<Embedding> embedded) throws IOException {
    ByteBuffer bytes =
        ByteBuffer.allocate(embedded.size() * EncoderModel.DIMENSIONS * Float.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN);
    embedded.forEach(embedding -> {
      for (float value : embedding.vector()) {
        bytes.putFloat(value);
      }
    });
    Files.write(file, bytes.array());
  }

  private static float[][] read(Path file, int texts) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    float[][] vectors = new float[texts][EncoderModel.DIMENSIONS];
    for (float[] vector : vectors) {
      for (int d = 0; d < vector.length; d++) {
        vector[d] = bytes.getFloat();
      }
    }
    assertThat(bytes.hasRemaining()).isFalse();
    return vectors;
  }
}
