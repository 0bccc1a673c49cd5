import { queryOptions } from '@tanstack/react-query';
import { body, client } from '@/shared/http/client';
import type { components, paths } from '@/shared/http/generated/dataset-registry';

type Schemas = components['schemas'];
export type StaleQuestions = Schemas['StaleQuestionPage'];
export type StaleQuestion = Schemas['StaleQuestion'];
export type StaleCause = StaleQuestion['causes'][number]['cause'];

/** The versions of documents that questions are checked against, each as dataset/version. */
export interface Against {
  documents: string;
  /** The earlier version that the documents are compared with. */
  since?: string | undefined;
}

const api = client<paths>();

export const staleQuestionsQuery = (
  name: string,
  number: number,
  against: Against,
  cause?: StaleCause,
  pageToken?: string,
) =>
  queryOptions({
    queryKey: ['stale-questions', name, number, against, cause, pageToken],
    queryFn: ({ signal }) =>
      body(
        api.GET('/api/datasets/{name}/versions/{number}/stale-questions', {
          params: { path: { name, number }, query: { ...against, cause, pageToken, limit: 20 } },
          signal,
        }),
      ),
  });
