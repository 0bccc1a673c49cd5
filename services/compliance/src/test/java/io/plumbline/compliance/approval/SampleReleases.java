package io.plumbline.compliance.approval;

import io.plumbline.contracts.Criticality;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.InferenceEvent.Refresh;
import io.plumbline.contracts.InferenceEvent.ReleaseRequested;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Creates requested releases for tests. */
public final class SampleReleases {

  public static final Digest SERVING = Digest.ofText("serving");
  public static final Digest NEXT = Digest.ofText("next");

  private SampleReleases() {}

  /** Returns a release that replaces version 2 of the documents by version 3. */
  public static ReleaseRequested refresh(String application) {
    return release(
        application,
        new Refresh(
            UUID.randomUUID(),
            Digest.ofText("former index"),
            Digest.ofText("index"),
            "help-pages",
            2,
            3,
            Criticality.LOW));
  }

  public static ReleaseRequested release(String application, @Nullable Refresh refresh) {
    return new ReleaseRequested(
        UUID.randomUUID(),
        application,
        "production",
        NEXT,
        SERVING,
        UUID.randomUUID(),
        null,
        20,
        "ada",
        List.of("max", "ada"),
        refresh,
        null);
  }
}
