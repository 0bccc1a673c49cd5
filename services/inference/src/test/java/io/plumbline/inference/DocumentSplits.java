package io.plumbline.inference;

import io.plumbline.contracts.DatasetRegistryEvent.AdmissionDecided;
import io.plumbline.contracts.DatasetRegistryEvent.SplitDefined;
import io.plumbline.contracts.DatasetRegistryEvent.Subset;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.state.Outcome;
import io.plumbline.items.Item;
import io.plumbline.platform.blob.BlobStore;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.test.TestEventClient;
import io.plumbline.platform.test.Workspaces;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/** Splits of documents that are admitted to be indexed, as dataset-registry would publish them. */
final class DocumentSplits {

  private final TestEventClient testEventClient;
  private final BlobStore blobs;
  private final JsonMapper json;

  DocumentSplits(TestEventClient testEventClient, BlobStore blobs, JsonMapper json) {
    this.testEventClient = testEventClient;
    this.blobs = blobs;
    this.json = json;
  }

  Digest publish(List<Item> items) throws Exception {
    String rows = items.stream().map(json::writeValueAsString).collect(Collectors.joining("\n"));
    Digest blob =
        Caller.system(Workspaces.ACME).call(() -> blobs.put(rows.getBytes(StandardCharsets.UTF_8)));
    Digest dataset = Digest.ofText("dataset of " + UUID.randomUUID());
    Digest split = Digest.ofText("split of " + UUID.randomUUID());
    testEventClient.publish(
        new SplitDefined(
            "docs", 1, dataset, split, Map.of("documents", new Subset(blob, items.size())), 0),
        split.hex(),
        1);
    testEventClient.publish(
        new AdmissionDecided("docs", 1, dataset, Outcome.PASS, List.of("INDEX"), List.of(), null),
        dataset.hex(),
        5);
    return split;
  }
}
