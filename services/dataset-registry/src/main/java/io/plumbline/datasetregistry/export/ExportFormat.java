package io.plumbline.datasetregistry.export;

import io.plumbline.datasetregistry.dataset.DatasetKind;

/** The formats of exports. */
enum ExportFormat {
  /** JSON Lines in the format of uploads of the kind; uploading the file yields the same rows. */
  JSONL("application/x-ndjson", "jsonl"),
  CSV("text/csv", "csv"),
  /** Lines of OpenAI's chat fine-tuning or, for preferences, of OpenAI's preference fine-tuning. */
  OPENAI("application/x-ndjson", "openai.jsonl");

  private final String mediaType;
  private final String extension;

  ExportFormat(String mediaType, String extension) {
    this.mediaType = mediaType;
    this.extension = extension;
  }

  String mediaType() {
    return mediaType;
  }

  String extension() {
    return extension;
  }

  boolean isAvailableFor(DatasetKind kind) {
    return switch (this) {
      case JSONL -> true;
      case CSV -> kind == DatasetKind.CLASSIFICATION || kind == DatasetKind.QUESTION_ANSWER;
      case OPENAI -> kind == DatasetKind.CHAT || kind == DatasetKind.PREFERENCE;
    };
  }
}
