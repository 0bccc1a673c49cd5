package io.plumbline.inference.local;

import io.plumbline.contracts.Digest;
import io.plumbline.inference.projection.ModelVersion;
import io.plumbline.localmodels.ArtifactException;
import io.plumbline.localmodels.Classifier;
import io.plumbline.platform.blob.BlobStore;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** Trained heads, read from the blob store when first asked. */
@Component
class Heads {

  /** By workspace too: knowing a digest is no permission. */
  private record Key(UUID workspace, Digest artifact) {}

  private final BlobStore blobs;
  private final Encoders encoders;
  private final Map<Key, Classifier> opened = new ConcurrentHashMap<>();

  Heads(BlobStore blobs, Encoders encoders) {
    this.blobs = blobs;
    this.encoders = encoders;
  }

  Classifier open(ModelVersion model) {
    return opened.computeIfAbsent(
        new Key(Caller.current().workspace(), model.artifactDigest()), key -> read(model));
  }

  private Classifier read(ModelVersion model) {
    try (InputStream artifact = blobs.open(model.artifactDigest())) {
      Classifier head = Classifier.read(artifact);
      if (!head.encoderDigest().equals(encoders.open(head.encoder()).digest())) {
        throw new Problem(
            CommonProblem.UNPROCESSABLE,
            model.name()
                + " was trained on another build of "
                + head.encoder().id()
                + "; train it again on the one installed.");
      }
      return head;
    } catch (ArtifactException e) {
      throw new Problem(
          CommonProblem.UNPROCESSABLE,
          model.name() + " cannot be served. " + e.getMessage() + "; train and register it again.");
    } catch (IOException e) {
      throw new UncheckedIOException("The artifact of " + model.name() + " cannot be read", e);
    }
  }
}
