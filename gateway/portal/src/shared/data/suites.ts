import { queryOptions, useQuery } from '@tanstack/react-query';
import { body, client } from '@/shared/http/client';
import { count } from '@/shared/text/format';
import type { components, paths } from '@/shared/http/generated/evaluation';

export type Suite = components['schemas']['SuiteView'];

const api = client<paths>();

/** The query for suites, newest first. */
export const suitesQuery = queryOptions({
  queryKey: ['suites'],
  queryFn: ({ signal }) => body(api.GET('/api/suites', { params: { query: { limit: 100 } }, signal })),
});

/** Returns a function that says whether lower is better for a metric; undefined while that is not known. */
export function useLowerIsBetter(): (metric: string) => boolean | undefined {
  const suites = useQuery(suitesQuery).data?.items ?? [];
  return (metric) => {
    const measured = suites.flatMap(({ metrics }) => metrics).find((one) => one.metric === metric);
    return measured && measured.direction === 'AT_MOST';
  };
}

/** The query for the used and remaining attempts on a suite's items, given the number of planned verdicts. */
export const attemptsQuery = (suiteDigest: string, plannedVerdicts: number) =>
  queryOptions({
    queryKey: ['attempts', suiteDigest, plannedVerdicts],
    queryFn: ({ signal }) =>
      body(
        api.GET('/api/suites/{suiteDigest}/attempts', {
          params: { path: { suiteDigest }, query: { plannedVerdicts } },
          signal,
        }),
      ),
  });

/**
 * Returns whether runs over a suite allow verdicts. Only test rows do, because the others select prompts and
 * checkpoints.
 */
export function carriesVerdicts({ definition: { subset } }: Suite): boolean {
  return subset === 'test';
}

/** Returns the size of the subset that a suite samples; empty if it has the complete subset. */
export function sampled({ items, subsetItems }: Suite): string {
  return subsetItems > items ? ` of ${count(subsetItems)}, sampled` : '';
}

export function describedSuite(suite: Suite): string {
  const { name, version, items, perturbedItems, definition } = suite;
  const perturbed = perturbedItems > 0 ? `, ${count(perturbedItems)} perturbed` : '';
  const of = sampled(suite) === '' ? definition.subset : `${count(suite.subsetItems)} ${definition.subset}, sampled`;
  return `${name} v${version} · ${count(items)} of ${of}${perturbed}`;
}
