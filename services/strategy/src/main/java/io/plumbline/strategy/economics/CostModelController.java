package io.plumbline.strategy.economics;

import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.web.Idempotent;
import io.plumbline.platform.web.Page;
import io.plumbline.platform.web.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.Valid;
import java.net.URI;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The API of the cost models. */
@RestController
@RequestMapping("/api/cost-models")
class CostModelController {

  private final CostModels models;

  CostModelController(CostModels models) {
    this.models = models;
  }

  @Operation(summary = "Compute the monthly cost of each approach and their break-even volumes")
  @PostMapping
  @Idempotent
  @PreAuthorize("hasAnyRole('PROMPT_ENGINEER', 'ML_ENGINEER')")
  @ResponseStatus(HttpStatus.CREATED)
  ResponseEntity<CostModelView> createCostModel(@RequestBody @Valid CostQuestion question) {
    CostModelView model = models.create(question);
    return ResponseEntity.created(URI.create("/api/cost-models/" + model.costModelId()))
        .body(model);
  }

  @Operation(summary = "List cost models, newest first")
  @GetMapping
  @PreAuthorize("hasRole('VIEWER')")
  Page<CostModelView> listCostModels(@RequestParam @Nullable String application, PageRequest page) {
    return models.list(application, page);
  }

  @Operation(summary = "Get a cost model")
  @GetMapping("/{costModelId}")
  @PreAuthorize("hasRole('VIEWER')")
  CostModelView getCostModel(@PathVariable UUID costModelId) {
    return models.find(costModelId).orElseThrow(Problem::notFound);
  }
}
