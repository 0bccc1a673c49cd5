package io.plumbline.inference.local;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;
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
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Reads trained heads from the blob store on first use, and keeps them. */
@Component
class TrainedHeads {

  private static final int CAPACITY = 500;

  /** The key of a head, with the workspace, because knowing a digest grants no access. */
  private record Key(UUID workspace, Digest artifact) {}

  private final BlobStore blobs;
  private final Cache<Key, Classifier> heads =
      Caffeine.newBuilder().maximumSize(CAPACITY).recordStats().build();

  TrainedHeads(BlobStore blobs, MeterRegistry meters) {
    this.blobs = blobs;
    CaffeineCacheMetrics.monitor(meters, heads, "heads");
  }

  Classifier openHead(ModelVersion model) {
    return heads.get(
        new Key(Caller.current().workspace(), model.artifactDigest()), key -> readHead(model));
  }

  private Classifier readHead(ModelVersion model) {
    try (InputStream artifact = blobs.open(model.artifactDigest())) {
      return Classifier.read(artifact);
    } catch (ArtifactException e) {
      throw new Problem(
          CommonProblem.UNPROCESSABLE,
          model.name() + " cannot be served. " + e.getMessage() + "; train and register it again.");
    } catch (IOException e) {
      throw new UncheckedIOException("The artifact of " + model.name() + " cannot be read", e);
    }
  }
}
