import { queryOptions, useQuery } from '@tanstack/react-query';
import { body, client } from '@/shared/http/client';
import { count } from '@/shared/text/format';
import type { components, paths } from '@/shared/http/generated/evaluation';

export type Suite = components['schemas']['SuiteView'];

const api = client<paths>();

/** The newest suite first. */
export const suitesQuery = queryOptions({
  queryKey: ['suites'],
  queryFn: ({ signal }) => body(api.GET('/api/suites', { params: { query: { limit: 100 } }, signal })),
});

/** Whether a metric gets better as it falls, as a suite that measures it says; undefined while that is not known. */
export function useLowerIsBetter(): (metric: string) => boolean | undefined {
  const suites = useQuery(suitesQuery).data?.items ?? [];
  return (metric) => {
    const measured = suites.flatMap(({ metrics }) => metrics).find((one) => one.metric === metric);
    return measured && measured.direction === 'AT_MOST';
  };
}

/** How many attempts on the items of a suite are used, and left to criteria that plan a number of verdicts. */
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

/** Only test rows carry verdicts: by the others prompts and checkpoints are chosen. */
export function carriesVerdicts({ definition: { subset } }: Suite): boolean {
  return subset === 'test';
}

/** Says of how many items a suite is a sample; empty where it has its whole subset. */
export function sampled({ items, subsetItems }: Suite): string {
  return subsetItems > items ? ` of ${count(subsetItems)}, sampled` : '';
}

export function describedSuite(suite: Suite): string {
  const { name, version, items, perturbedItems, definition } = suite;
  const perturbed = perturbedItems > 0 ? `, ${count(perturbedItems)} perturbed` : '';
  const of = sampled(suite) === '' ? definition.subset : `${count(suite.subsetItems)} ${definition.subset}, sampled`;
  return `${name} v${version} · ${count(items)} of ${of}${perturbed}`;
}
