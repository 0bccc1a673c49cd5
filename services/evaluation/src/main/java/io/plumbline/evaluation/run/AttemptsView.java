package io.plumbline.evaluation.run;

import io.plumbline.contracts.Digest;

/**
 * The attempts on a suite's items, as criteria with a number of planned verdicts count them.
 *
 * @param used the attempts under any criteria of any application over suites that share these
 *     items. Other criteria may plan other numbers, so used and left need not add up to the planned
 * @param left how many further runs can be judged by these criteria
 */
record AttemptsView(Digest suiteDigest, int plannedVerdicts, int used, int left) {}
