import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { createModel, finishedJobsQuery, modelsQuery, register } from './models';
import { ChoiceField, TextAreaField, TextField } from '@/shared/form/fields';
import { trimmedText, z } from '@/shared/form/schema';
import { useCommandForm } from '@/shared/form/useCommandForm';
import { inOneLine, Problem } from '@/shared/http/problem';
import { formatTime } from '@/shared/text/time';
import { FormDialog } from '@/shared/form/FormDialog';

const schema = z.object({ jobId: z.string(), name: z.nullable(z.string()), description: trimmedText() });

interface RegisterDialogProps {
  /** The job that the form starts with. */
  job: string | undefined;
  model?: string;
  onClose: () => void;
}

interface Command {
  name: string;
  jobId: string;
  description: string;
  isNew: boolean;
}

/** The dialog that registers the result of a job as the next version of a model. A new name creates the model. */
export function RegisterDialog({ job, model, onClose }: RegisterDialogProps): ReactNode {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const jobs = useQuery(finishedJobsQuery);
  const models = useQuery(modelsQuery(undefined, 100));
  const form = useCommandForm({
    schema,
    initial: { jobId: job ?? '', name: model ?? null, description: '' },
    command: ({ description }): Command => ({ name, jobId, description, isNew: !known }),
    send: async (version, key) => {
      if (version.isNew) await createModel(version.name, version.description, `${key}-model`).catch(unlessThere);
      return register(version.name, version.jobId, version.description, key);
    },
    onSent: async ({ version }, { name: registered }) => {
      await queries.invalidateQueries({ queryKey: ['models'] });
      await navigate({
        to: '/models/$name/versions/$version',
        params: { name: registered, version: String(version) },
      });
    },
  });
  const { control, values } = form;
  const jobId = values.jobId || jobs.data?.[0]?.jobId || '';
  const usual = jobs.data?.find((one) => one.jobId === jobId)?.application;
  const name = (values.name ?? usual ?? '').trim();
  const known = models.data?.items.some((one) => one.name === name) ?? false;
  const listed = (jobs.data ?? []).map(({ jobId: id, application, dataset, datasetVersion, finishedAt }) => ({
    value: id,
    label: [
      id.slice(-12),
      application,
      `${dataset} v${datasetVersion}`,
      finishedAt == null ? undefined : formatTime(finishedAt, 'UTC'),
    ]
      .filter((part) => part !== undefined)
      .join(' · '),
  }));
  return (
    <FormDialog
      title="Register a version"
      description={
        "The version keeps the job's lineage: data, split, base model, settings, metrics and the digest of the " +
        'artifact.'
      }
      action="Register"
      form={form}
      blocked={jobId === '' ? 'No job has succeeded yet.' : name === '' ? 'Name the model.' : form.blocked}
      onClose={onClose}
    >
      <ChoiceField
        id="register-job"
        control={control}
        name="jobId"
        label="Training job"
        isRequired
        fallback={jobId}
        choices={
          listed.some(({ value }) => value === jobId) || jobId === ''
            ? listed
            : [{ value: jobId, label: jobId.slice(-12) }, ...listed]
        }
        error={inOneLine(jobs.error)}
        help="Jobs that succeeded, newest first."
      />
      <TextField
        id="register-name"
        control={control}
        name="name"
        label="Model"
        isRequired
        fallback={usual}
        help={
          name === ''
            ? 'Variants call it name@version'
            : known
              ? `Becomes the next version of ${name}.`
              : `A new model; variants call it ${name}@1.`
        }
      />
      <TextAreaField
        id="register-description"
        control={control}
        name="description"
        label="Description"
        rows={2}
        help="The intended use, shown at the top of the model card."
      />
    </FormDialog>
  );
}

/** Ignores that the model exists already: somebody else created it meanwhile. */
function unlessThere(error: unknown): void {
  if (Problem.of(error).status !== 409) throw error;
}
