import { TextArea } from '@patternfly/react-core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { createModel, finishedJobsQuery, modelsQuery, register } from './models';
import { fieldErrors } from '@/shared/http/fieldErrors';
import { useIdempotencyKey } from '@/shared/http/idempotency';
import { Problem } from '@/shared/http/problem';
import { Field, TextField } from '@/shared/ui/Field';
import { FormDialog } from '@/shared/ui/FormDialog';
import { SelectField } from '@/shared/ui/SelectField';
import { formatTime } from '@/shared/text/time';

interface RegisterDialogProps {
  /** The job that was come from. */
  job: string | undefined;
  model?: string;
  onClose: () => void;
}

/** Makes the outcome of a job the next version of a model, which is created when there is none of the name. */
export function RegisterDialog({ job, model, onClose }: RegisterDialogProps): ReactNode {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const jobs = useQuery(finishedJobsQuery);
  const models = useQuery(modelsQuery(undefined, 100));
  const [chosen, choose] = useState(job);
  const [typed, type] = useState(model);
  const [description, describe] = useState('');
  const jobId = chosen ?? jobs.data?.[0]?.id ?? '';
  const name = (typed ?? jobs.data?.find(({ id }) => id === jobId)?.application ?? '').trim();
  const known = models.data?.items.some((one) => one.name === name) ?? false;
  const key = useIdempotencyKey({ name, jobId, description });
  const registering = useMutation({
    mutationFn: async () => {
      if (!known) await createModel(name, description.trim(), `${key}-model`).catch(unlessThere);
      return register(name, jobId, description.trim(), key);
    },
    onSuccess: async ({ version }) => {
      await queries.invalidateQueries({ queryKey: ['models'] });
      await navigate({ to: '/models/$name/versions/$version', params: { name, version: String(version) } });
    },
  });
  const errorAt = fieldErrors(registering.error);
  const listed = (jobs.data ?? []).map(({ id, application, dataset, datasetVersion, finishedAt }) => ({
    value: id,
    label: `${id.slice(-12)} · ${application} · ${dataset} v${datasetVersion}${finishedAt == null ? '' : ` · ${formatTime(finishedAt, 'UTC')}`}`,
  }));
  return (
    <FormDialog
      title="Register a version"
      description="The version keeps the job's lineage: data, split, base model, settings, metrics and the digest of what was made."
      action="Register"
      pending={registering.isPending}
      blocked={jobId === '' ? 'There is no job that has succeeded.' : name === '' ? 'Name the model.' : undefined}
      error={registering.error}
      onSubmit={() => registering.mutate()}
      onClose={onClose}
    >
      <SelectField
        id="register-job"
        label="Training job"
        isRequired
        value={jobId}
        choices={
          listed.some(({ value }) => value === jobId) || jobId === ''
            ? listed
            : [{ value: jobId, label: jobId.slice(-12) }, ...listed]
        }
        error={errorAt('/jobId') ?? jobs.error?.message}
        help="Jobs that have succeeded, newest first."
        onChange={choose}
      />
      <TextField
        id="register-name"
        label="Model"
        isRequired
        value={typed ?? name}
        error={errorAt('/name')}
        help={
          name === ''
            ? 'As variants will call it: name@version'
            : known
              ? `Becomes the next version of ${name}.`
              : `A new model; variants will call it ${name}@1.`
        }
        onChange={type}
      />
      <Field
        id="register-description"
        label="Description"
        error={errorAt('/description')}
        help="What it is meant for; stands at the head of its card."
      >
        <TextArea
          id="register-description"
          rows={2}
          value={description}
          aria-describedby="register-description-help"
          onChange={(_event, next) => describe(next)}
        />
      </Field>
    </FormDialog>
  );
}

/** A model that somebody created meanwhile serves as well. */
function unlessThere(error: unknown): void {
  if (Problem.of(error).status !== 409) throw error;
}
