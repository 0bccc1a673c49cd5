import {
  ActionGroup,
  Button,
  Form,
  FormFieldGroup,
  FormFieldGroupHeader,
  Grid,
  GridItem,
  PageSection,
} from '@patternfly/react-core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { applicationsQuery, search, train, tunableQuery, type NewJob } from './jobs';
import { PhaseRefusal } from './PhaseRefusal';
import { emptyTraining, hyperparameters, readTraining, type TrainingDraft } from './trainingDraft';
import { useSplitChoice } from '@/shared/data/splits';
import { fieldErrors } from '@/shared/http/fieldErrors';
import { useIdempotencyKey } from '@/shared/http/idempotency';
import { useDraft } from '@/shared/session/draft';
import { count } from '@/shared/text/format';
import { TextField } from '@/shared/ui/Field';
import { PageHeader } from '@/shared/ui/PageHeader';
import { RoleButton } from '@/shared/ui/RoleButton';
import { SelectField } from '@/shared/ui/SelectField';
import { SplitFields } from '@/shared/ui/SplitFields';

/** Asks for one job, or for a search when a hyperparameter has several values. */
export function NewTrainingPage(): ReactNode {
  const { app, split: reference = '' } = useSearch({ from: '/training/new' });
  const navigate = useNavigate({ from: '/training/new' });
  const queries = useQueryClient();
  const { value, change, forget } = useDraft('training.new', emptyTraining);
  const choice = useSplitChoice(reference, 'TRAIN');
  const applications = useQuery(applicationsQuery);
  const models = useQuery(tunableQuery);
  const application = app ?? value.application;
  const read = readTraining(value);
  const searching = Object.keys(read.grid).length > 0;
  const common: NewJob = {
    application,
    baseModel: value.baseModel || (models.data?.[0] ?? ''),
    splitDigest: choice.split?.splitDigest ?? '',
    method: 'HEAD',
    hyperparameters: read.fixed,
    seed: Number(value.seed || 1),
    ...(value.maxSpend.trim() !== '' && { maxSpend: { amount: Number(value.maxSpend), currency: 'USD' } }),
  };
  const sweep = {
    ...common,
    grid: read.grid,
    metric: value.metric,
    ...(value.maxTrials.trim() !== '' && { maxTrials: Number(value.maxTrials) }),
  };
  const key = useIdempotencyKey(searching ? sweep : common);
  const submitting = useMutation({
    mutationFn: (): Promise<{ id: string }> => (searching ? search(sweep, key) : train(common, key)),
    onSuccess: async ({ id }) => {
      forget();
      await queries.invalidateQueries({ queryKey: ['training'] });
      await (searching
        ? navigate({ to: '/sweeps/$sweep', params: { sweep: id } })
        : navigate({ to: '/training/$job', params: { job: id } }));
    },
  });
  const errorAt = fieldErrors(submitting.error);
  const set = (part: Partial<TrainingDraft>) => change({ ...value, ...part });
  const lacking =
    application === ''
      ? 'Choose an application.'
      : choice.split === undefined
        ? 'Choose a split.'
        : Object.keys(read.errors).length > 0
          ? 'Correct the marked fields.'
          : undefined;
  return (
    <>
      <PageHeader
        title="Train a model"
        trail={[
          <Link key="training" to="/training">
            Training
          </Link>,
        ]}
        description="Puts a classification head on a base model's encoder and tunes it on the training part; the validation part chooses the best epoch. It begins only once the application's fine-tuning phase is open, or under a waiver."
      />
      <PageSection isFilled>
        <Form
          className="pl-version-form"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            if (lacking === undefined && !submitting.isPending) submitting.mutate();
          }}
        >
          <SelectField
            id="training-app"
            label="Application"
            isRequired
            value={application}
            placeholder="Choose an application"
            choices={(applications.data?.items ?? []).map(({ name, phases }) => {
              const state = phases.find(({ phase }) => phase === 'FINE_TUNING')?.state.toLowerCase();
              return { value: name, label: state === undefined ? name : `${name} · fine-tuning ${state}` };
            })}
            error={errorAt('/application') ?? applications.error?.message}
            help="Training counts as evidence for one application."
            onChange={(next) => {
              set({ application: next });
              void navigate({ search: { split: reference || undefined }, replace: true });
            }}
          />
          <SplitFields
            id="training"
            choice={choice}
            purpose="TRAIN"
            error={errorAt('/splitDigest')}
            onChange={(next) => void navigate({ search: { app, split: next || undefined }, replace: true })}
          />
          <SelectField
            id="training-model"
            label="Base model"
            isRequired
            value={common.baseModel}
            choices={(models.data ?? []).map((name) => ({ value: name, label: name }))}
            error={errorAt('/baseModel') ?? models.error?.message}
            onChange={(baseModel) => set({ baseModel })}
          />
          <FormFieldGroup
            header={
              <FormFieldGroupHeader
                titleText={{ text: 'Hyperparameters', id: 'hyperparameters' }}
                titleDescription="The values that hold when nothing is set. Several values in a field, separated by commas, make a search of all combinations."
              />
            }
          >
            <Grid hasGutter md={6}>
              {hyperparameters.map(({ name, label, help }) => (
                <GridItem key={name}>
                  <TextField
                    id={`training-${name}`}
                    label={label}
                    value={value.values[name]}
                    error={read.errors[name] ?? errorAt(`/hyperparameters/${name}`) ?? errorAt(`/grid/${name}`)}
                    help={help}
                    onChange={(next) => set({ values: { ...value.values, [name]: next } })}
                  />
                </GridItem>
              ))}
            </Grid>
          </FormFieldGroup>
          <Grid hasGutter md={6}>
            <GridItem>
              <TextField
                id="training-seed"
                label="Seed"
                inputMode="numeric"
                value={value.seed}
                error={read.errors.seed ?? errorAt('/seed')}
                help="Of the order in which rows are seen."
                onChange={(seed) => set({ seed })}
              />
            </GridItem>
            <GridItem>
              <TextField
                id="training-spend"
                label="Most to spend, USD"
                inputMode="decimal"
                value={value.maxSpend}
                error={read.errors.maxSpend ?? errorAt('/maxSpend')}
                help="It stops when it has cost more. Empty: no cap."
                onChange={(maxSpend) => set({ maxSpend })}
              />
            </GridItem>
            {searching && (
              <>
                <GridItem>
                  <SelectField
                    id="training-metric"
                    label="Best by"
                    value={value.metric}
                    choices={[
                      { value: 'macro_f1', label: 'Macro F1 on the validation part' },
                      { value: 'accuracy', label: 'Accuracy on the validation part' },
                    ]}
                    error={errorAt('/metric')}
                    onChange={(metric) => set({ metric })}
                  />
                </GridItem>
                <GridItem>
                  <TextField
                    id="training-trials"
                    label="Most trials"
                    inputMode="numeric"
                    value={value.maxTrials}
                    error={read.errors.maxTrials ?? errorAt('/maxTrials')}
                    help={`Of ${count(read.combinations)} combinations; empty: at most 20. Fewer are drawn by the seed.`}
                    onChange={(maxTrials) => set({ maxTrials })}
                  />
                </GridItem>
              </>
            )}
          </Grid>
          {submitting.isError && <PhaseRefusal error={submitting.error} application={application} />}
          <ActionGroup>
            <RoleButton
              type="submit"
              roles={['ml-engineer']}
              reason={lacking}
              isLoading={submitting.isPending}
              isDisabled={submitting.isPending}
            >
              {searching ? `Search ${count(read.combinations)} combinations` : 'Train'}
            </RoleButton>
            <Button variant="link" onClick={forget}>
              Reset
            </Button>
          </ActionGroup>
        </Form>
      </PageSection>
    </>
  );
}
