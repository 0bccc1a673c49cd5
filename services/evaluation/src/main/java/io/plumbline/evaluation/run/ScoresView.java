package io.plumbline.evaluation.run;

import io.plumbline.evaluation.output.ScoreDistribution;
import java.util.List;
import java.util.UUID;

/**
 * The distributions of the scores of a run.
 *
 * @param distributions one for each scorer that gives each answer a score, in the order of the
 *     suite
 */
record ScoresView(UUID runId, List<ScoreDistribution> distributions) {}
