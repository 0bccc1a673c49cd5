package io.plumbline.evaluation.run;

import io.plumbline.contracts.Digest;

/**
 * The attempts on a suite's items, as criteria with a number of planned verdicts count them.
 *
 * @param used by any criteria of any application over suites that share these items. Others than
 *     these may plan other numbers, so that used and left need not add up to those planned
 * @param left how many further runs can be judged by these criteria
 */
record AttemptsView(Digest suiteDigest, int plannedVerdicts, int used, int left) {}
