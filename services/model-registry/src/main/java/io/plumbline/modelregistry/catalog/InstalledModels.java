package io.plumbline.modelregistry.catalog;

import io.plumbline.contracts.ComplianceEvent.WorkspaceCreated;
import io.plumbline.contracts.Digest;
import io.plumbline.localmodels.ChoiceModel;
import io.plumbline.localmodels.EncoderModel;
import io.plumbline.localmodels.extract.ExtractReader;
import io.plumbline.platform.event.OnEvent;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.workspace.KnownWorkspaces;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;

/**
 * Lists the models that are installed with the platform: in a new workspace as soon as its event
 * arrives, and in every workspace whenever the service starts. A repeated listing changes nothing.
 */
@Component
class InstalledModels {

  private static final Logger log = LoggerFactory.getLogger(InstalledModels.class);

  private final BaseModelCatalog baseModelCatalog;
  private final CatalogSettings settings;
  private final KnownWorkspaces workspaces;

  InstalledModels(
      BaseModelCatalog baseModelCatalog, CatalogSettings settings, KnownWorkspaces workspaces) {
    this.baseModelCatalog = baseModelCatalog;
    this.settings = settings;
    this.workspaces = workspaces;
  }

  @EventListener(ApplicationReadyEvent.class)
  void registerAll() {
    List<Listing> listings = listings();
    for (UUID workspace : workspaces.active()) {
      Caller.system(workspace).run(() -> listings.forEach(this::registerModel));
    }
  }

  /** Lists the models in a new workspace. */
  @OnEvent
  public void onWorkspaceCreated(WorkspaceCreated created) {
    listings().forEach(baseModelCatalog::registerInstalled);
  }

  private void registerModel(Listing listing) {
    try {
      baseModelCatalog.registerInstalled(listing);
    } catch (DataIntegrityViolationException listed) {
      log.info(
          "Another replica has already listed base model {} in workspace {}; nothing is changed",
          listing.name().value(),
          Caller.current().workspace());
    }
  }

  List<Listing> listings() {
    List<Listing> listings = new ArrayList<>();
    for (EncoderModel encoder : EncoderModel.currentModels()) {
      Digest weights = encoder.digest();
      listings.add(
          listing(
              encoder,
              encoder.id(),
              weights,
              ModelKind.EMBEDDING,
              false,
              "A text encoder, not an LLM: it turns English text into vectors of 384 dimensions and"
                  + " does not chat."));
      listings.add(
          listing(
              encoder,
              choiceName(encoder),
              ChoiceModel.digest(weights, EncoderModel.MAX_TOKENS),
              ModelKind.CHOICE,
              true,
              "An embedding choice model, not an LLM: it selects one of the options of a request by"
                  + " their similarity to the input and to its examples, and writes no text."
                  + " Fine-tuning trains a classification head on its encoder."));
    }
    listings.add(
        listing(
            EncoderModel.BGE_SMALL,
            "extract-bge-small",
            ExtractReader.digest(EncoderModel.BGE_SMALL.digest(), EncoderModel.MAX_TOKENS),
            ModelKind.READER,
            false,
            "An extractive reader, not an LLM: it answers a question with the sentences of the"
                + " passages in the request that are nearest to it, word for word, and cites them;"
                + " it writes no text of its own."));
    return listings;
  }

  private Listing listing(
      EncoderModel encoder,
      String name,
      Digest digest,
      ModelKind kind,
      boolean tunable,
      String description) {
    return new Listing(
        new BaseModelName("local", name),
        digest,
        kind,
        description
            + " Runs on the CPU of this installation; its price is an estimate of the compute cost,"
            + " not a bill.",
        EncoderModel.MAX_TOKENS,
        new Prices(new Price(settings.localUsdPerMillionTokens(), "USD"), null, Price.FREE),
        licence(encoder),
        tunable,
        false,
        null);
  }

  private static String choiceName(EncoderModel encoder) {
    return switch (encoder) {
      case BGE_SMALL, BGE_SMALL_8_BIT -> "choice-bge-small";
      case MINILM, MINILM_8_BIT -> "choice-minilm";
    };
  }

  private static String licence(EncoderModel encoder) {
    return switch (encoder) {
      case BGE_SMALL, BGE_SMALL_8_BIT -> "MIT";
      case MINILM, MINILM_8_BIT -> "Apache-2.0";
    };
  }
}
