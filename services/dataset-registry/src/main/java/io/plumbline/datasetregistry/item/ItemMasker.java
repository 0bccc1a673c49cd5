package io.plumbline.datasetregistry.item;

import io.plumbline.contracts.Digest;
import io.plumbline.items.Input;
import io.plumbline.items.Item;
import io.plumbline.platform.identity.Caller;
import io.plumbline.sensitivedata.Finding;
import io.plumbline.sensitivedata.Masking;
import io.plumbline.sensitivedata.SensitiveKind;
import io.plumbline.sensitivedata.SensitiveScanner;
import io.plumbline.sensitivedata.SensitiveScanners;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Masks an item as a masked version would, and replaces each image by its digest. */
@Component
public class ItemMasker {

  private static final Set<SensitiveKind> ALL = EnumSet.allOf(SensitiveKind.class);

  private final Supplier<SensitiveScanner> scanners;

  @Autowired
  ItemMasker(SensitiveScanners scanners) {
    this(() -> scanners.of(Caller.current().workspace()));
  }

  /**
   * @param scanners returns the scanner of the caller's workspace
   */
  public ItemMasker(Supplier<SensitiveScanner> scanners) {
    this.scanners = scanners;
  }

  /**
   * @param kinds the kinds of sensitive values that were found in the item, each once
   */
  public record Masked(Item item, List<SensitiveKind> kinds) {}

  public Masked mask(Item item) {
    Set<SensitiveKind> kinds = EnumSet.noneOf(SensitiveKind.class);
    SensitiveScanner scanner = scanners.get();
    Masking masking = new Masking(ALL, false);
    ItemTexts.Change change =
        (field, text) -> {
          List<Finding> found = scanner.scan(text);
          found.forEach(finding -> kinds.add(finding.kind()));
          return masking.mask(text, found);
        };
    Item masked =
        new Item(
            item.itemId(),
            withImageDigests(ItemTexts.map(item.input(), change)),
            ItemTexts.map(item.expected(), change),
            ItemTexts.map(item.metadata(), change));
    return new Masked(masked, List.copyOf(kinds));
  }

  /** Replaces images by their digests, because the content of images is not scanned. */
  private static Input withImageDigests(Input input) {
    return new Input(
        input.messages().stream().map(ItemMasker::withImageDigests).toList(),
        input.tools(),
        input.variables(),
        input.document());
  }

  private static ObjectNode withImageDigests(ObjectNode message) {
    if (!message.path("content").isArray()) {
      return message;
    }
    ObjectNode changed = message.deepCopy();
    for (JsonNode part : changed.path("content")) {
      if (part.path("image_url") instanceof ObjectNode image
          && image.path("url").asString("").startsWith("data:")) {
        image.put("url", "sha256:" + Digest.ofText(image.path("url").asString()).hex());
      }
    }
    return changed;
  }
}
