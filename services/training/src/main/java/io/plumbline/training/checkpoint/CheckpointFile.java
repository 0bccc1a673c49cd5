package io.plumbline.training.checkpoint;

import io.plumbline.contracts.Digest;
import io.plumbline.training.head.Epoch;
import io.plumbline.training.head.TrainingState;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The file format of a training state: mark, recipe, epochs, parameters, moments, and the SHA-256
 * of all these. A file that is truncated or belongs to another recipe reads as absent, because
 * starting again is always right and continuing from a wrong state never is.
 */
public final class CheckpointFile {

  private static final int MARK = 0x504C4331;
  private static final int DIGEST_LENGTH = 32;

  private CheckpointFile() {}

  /**
   * @param recipe the digest of everything that determines the run: data, hyperparameters, seed
   */
  public static byte[] bytes(Digest recipe, TrainingState state) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(content)) {
      out.writeInt(MARK);
      out.write(recipe.bytes());
      out.writeInt(state.epochs().size());
      for (Epoch epoch : state.epochs()) {
        writeEpoch(out, epoch);
      }
      out.writeInt(state.parameters().length);
      for (float[] values :
          List.of(state.parameters(), state.firstMoment(), state.secondMoment())) {
        for (float value : values) {
          out.writeFloat(value);
        }
      }
    } catch (IOException e) {
      throw new AssertionError("A stream in memory cannot fail", e);
    }
    content.writeBytes(Digest.of(content.toByteArray()).bytes());
    return content.toByteArray();
  }

  public static Optional<TrainingState> read(Digest recipe, byte[] content) {
    if (content.length < DIGEST_LENGTH) {
      return Optional.empty();
    }
    byte[] body = Arrays.copyOf(content, content.length - DIGEST_LENGTH);
    if (!Arrays.equals(
        Digest.of(body).bytes(), 0, DIGEST_LENGTH, content, body.length, content.length)) {
      return Optional.empty();
    }
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(body))) {
      if (in.readInt() != MARK || !Arrays.equals(in.readNBytes(DIGEST_LENGTH), recipe.bytes())) {
        return Optional.empty();
      }
      List<Epoch> epochs = new ArrayList<>();
      for (int remaining = in.readInt(); remaining > 0; remaining--) {
        epochs.add(readEpoch(in));
      }
      int length = in.readInt();
      return Optional.of(
          new TrainingState(
              readFloats(in, length), readFloats(in, length), readFloats(in, length), epochs));
    } catch (IOException e) {
      throw new AssertionError("Content that matches its digest is as it was written", e);
    }
  }

  public static Optional<TrainingState> read(Digest recipe, Path file) throws IOException {
    return Files.exists(file) ? read(recipe, Files.readAllBytes(file)) : Optional.empty();
  }

  private static void writeEpoch(DataOutputStream out, Epoch epoch) throws IOException {
    out.writeInt(epoch.number());
    for (double value :
        new double[] {
          epoch.learningRate(),
          epoch.trainLoss(),
          epoch.trainAccuracy(),
          epoch.validationLoss(),
          epoch.validationAccuracy(),
          epoch.validationMacroF1()
        }) {
      out.writeDouble(value);
    }
  }

  private static Epoch readEpoch(DataInputStream in) throws IOException {
    return new Epoch(
        in.readInt(),
        in.readDouble(),
        in.readDouble(),
        in.readDouble(),
        in.readDouble(),
        in.readDouble(),
        in.readDouble());
  }

  private static float[] readFloats(DataInputStream in, int length) throws IOException {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = in.readFloat();
    }
    return values;
  }
}
