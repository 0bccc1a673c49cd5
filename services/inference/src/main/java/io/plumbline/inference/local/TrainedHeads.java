package io.plumbline.inference.local;

import io.micrometer.core.instrument.MeterRegistry;
import io.plumbline.contracts.Digest;
import io.plumbline.inference.projection.ModelVersion;
import io.plumbline.localmodels.ArtifactException;
import io.plumbline.localmodels.Classifier;
import io.plumbline.platform.blob.BlobStore;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.limit.FairCache;
import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.springframework.stereotype.Component;

/** Reads trained heads from the blob store on first use, and keeps them. */
@Component
class TrainedHeads {

  /** The bytes of the artifacts of the heads in memory. */
  private static final int MAX_BYTES = 64 << 20;

  /** A head with the bytes of its artifact. */
  private record Head(Classifier classifier, int bytes) {}

  private final BlobStore blobs;

  /** The heads by artifact, of each workspace, because knowing a digest grants no access. */
  private final FairCache<Digest, Head> heads;

  TrainedHeads(BlobStore blobs, MeterRegistry meters) {
    this.blobs = blobs;
    this.heads = new FairCache<>("heads", MAX_BYTES, (artifact, head) -> head.bytes, meters);
  }

  Classifier openHead(ModelVersion model) {
    return heads.get(
            Caller.current().workspace(), model.artifactDigest(), artifact -> readHead(model))
        .classifier;
  }

  private Head readHead(ModelVersion model) {
    try (InputStream artifact = blobs.open(model.artifactDigest())) {
      return new Head(
          Classifier.read(artifact), Math.toIntExact(blobs.size(model.artifactDigest())));
    } catch (ArtifactException e) {
      throw new Problem(
          CommonProblem.UNPROCESSABLE,
          model.name() + " cannot be served. " + e.getMessage() + "; train and register it again.");
    } catch (IOException e) {
      throw new UncheckedIOException("The artifact of " + model.name() + " cannot be read", e);
    }
  }
}
