package io.plumbline.evaluation.run;

import io.plumbline.evaluation.output.ScoreDistribution;
import java.util.List;
import java.util.UUID;

/**
 * How often the scorers of a run's suite give which scores.
 *
 * @param distributions in the order of the suite, of those that give each answer a score
 */
record ScoresView(UUID runId, List<ScoreDistribution> distributions) {}
