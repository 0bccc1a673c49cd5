package io.plumbline.evaluation.suite;

import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The API that computes how many test items to collect. */
@RestController
@RequestMapping("/api/suites/required-items")
class RequiredItemsController {

  /** The largest spread; beyond it, no dataset could have the items. */
  private static final String MAX_SPREAD = "1000000000";

  @GetMapping
  @PreAuthorize("hasRole('VIEWER')")
  @Operation(
      summary =
          "Compute how many test items a criterion needs for a number of releases, from its"
              + " threshold, alternative and power, the spread between items (absent for a share)"
              + " and the verdicts planned on each set of items")
  public RequiredItems getRequiredItems(
      @RequestParam double threshold,
      @RequestParam double alternative,
      @RequestParam(defaultValue = "0.8") @DecimalMin("0.5") @DecimalMax("0.99") double power,
      @RequestParam @Nullable @Positive @DecimalMax(MAX_SPREAD) Double spread,
      @RequestParam(defaultValue = "5") @Min(1) @Max(RequiredItems.MAX_PLANNED) int plannedVerdicts,
      @RequestParam(defaultValue = "1") @Min(1) @Max(RequiredItems.MAX_RELEASES) int releases) {
    return RequiredItems.of(threshold, alternative, power, spread, plannedVerdicts, releases);
  }
}
