package io.plumbline.datasetregistry;

import io.plumbline.platform.test.HouseRules;

class ArchitectureTests extends HouseRules {

  ArchitectureTests() {
    super("io.plumbline.datasetregistry");
  }
}
