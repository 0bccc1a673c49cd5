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
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useController } from 'react-hook-form';
import { applicationsQuery, createSweep, createTrainingJob, tunableQuery, type NewJob, type NewSweep } from './jobs';
import { PhaseRefusal } from './PhaseRefusal';
import { hyperparameters, newTraining, settingsOf, trainingSchema } from './trainingDraft';
import { useSplitChoice } from '@/shared/data/splits';
import { ChoiceField, TextField } from '@/shared/form/fields';
import { useCommandForm } from '@/shared/form/useCommandForm';
import { count, words } from '@/shared/text/format';
import { PageHeader } from '@/shared/ui/PageHeader';
import { RoleButton } from '@/shared/ui/RoleButton';
import { SplitFields } from '@/shared/form/SplitFields';
import { inOneLine } from '@/shared/http/problem';

type Command = { job: NewJob; sweep?: undefined } | { sweep: NewSweep; job?: undefined };

/** The page that starts one job, or a sweep when a hyperparameter has several values. */
export function NewTrainingPage(): ReactNode {
  const { app, split: reference = '' } = useSearch({ from: '/training/new' });
  const navigate = useNavigate({ from: '/training/new' });
  const queries = useQueryClient();
  const choice = useSplitChoice(reference, 'TRAIN');
  const applications = useQuery(applicationsQuery);
  const models = useQuery(tunableQuery);
  const form = useCommandForm({
    draft: 'training.new',
    schema: trainingSchema,
    initial: newTraining,
    command: (parsed): Command => {
      const { fixed, grid } = settingsOf(parsed.hyperparameters);
      const job: NewJob = {
        application,
        baseModel: parsed.baseModel || (models.data?.[0] ?? ''),
        splitDigest: choice.split?.splitDigest ?? '',
        method: 'HEAD',
        hyperparameters: fixed,
        seed: parsed.seed ?? 1,
        ...(parsed.maxSpend !== undefined && { maxSpend: { amount: String(parsed.maxSpend), currency: 'USD' } }),
      };
      return Object.keys(grid).length === 0
        ? { job }
        : {
            sweep: {
              ...job,
              grid,
              metric: parsed.metric,
              ...(parsed.maxTrials !== undefined && { maxTrials: parsed.maxTrials }),
            },
          };
    },
    send: async ({ job, sweep }, key) =>
      sweep === undefined ? (await createTrainingJob(job, key)).jobId : (await createSweep(sweep, key)).sweepId,
    pointers: Object.fromEntries(
      hyperparameters.map(({ name }) => [`/grid/${name}`, `hyperparameters.${name}` as const]),
    ),
    onSent: async (id, { sweep }) => {
      await queries.invalidateQueries({ queryKey: ['training'] });
      await (sweep === undefined
        ? navigate({ to: '/training/$job', params: { job: id } })
        : navigate({ to: '/sweeps/$sweep', params: { sweep: id } }));
    },
  });
  const { control, values } = form;
  const application = app ?? values.application;
  const parsed = trainingSchema.shape.hyperparameters.safeParse(values.hyperparameters).data;
  const { grid, combinations } = parsed === undefined ? { grid: {}, combinations: 0 } : settingsOf(parsed);
  const isSweep = Object.keys(grid).length > 0;
  const { fieldState: splitField } = useController({ control, name: 'splitDigest' });
  const blocked =
    application === ''
      ? 'Choose an application.'
      : choice.split === undefined
        ? 'Choose a split.'
        : form.blocked && 'Correct the marked fields.';
  return (
    <>
      <PageHeader
        title="Train a model"
        trail={[
          <Link key="training" to="/training">
            Training
          </Link>,
        ]}
        description={
          "Adds a classification head to a base model's encoder and trains it on the training subset; the " +
          "validation subset selects the best epoch. It starts only when the application's fine-tuning phase is " +
          'open, or under a waiver.'
        }
      />
      <PageSection isFilled>
        <Form
          className="pl-version-form"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            if (blocked === undefined) form.submit();
          }}
        >
          <ChoiceField
            id="training-app"
            control={control}
            name="application"
            label="Application"
            isRequired
            fallback={application}
            placeholder="Choose an application"
            choices={(applications.data?.items ?? []).map(({ name, phases }) => {
              const state = phases.find(({ phase }) => phase === 'FINE_TUNING')?.state.toLowerCase();
              return { value: name, label: state === undefined ? name : `${name} · fine-tuning ${state}` };
            })}
            error={inOneLine(applications.error)}
            help="Training counts as evidence for one application."
            onChosen={() => void navigate({ search: { split: reference || undefined }, replace: true })}
          />
          <SplitFields
            id="training"
            choice={choice}
            purpose="TRAIN"
            error={splitField.error?.message}
            onChange={(next) => void navigate({ search: { app, split: next || undefined }, replace: true })}
          />
          <ChoiceField
            id="training-model"
            control={control}
            name="baseModel"
            label="Base model"
            isRequired
            fallback={models.data?.[0]}
            choices={(models.data ?? []).map((name) => ({ value: name, label: name }))}
            error={inOneLine(models.error)}
          />
          <FormFieldGroup
            header={
              <FormFieldGroupHeader
                titleText={{ text: 'Hyperparameters', id: 'hyperparameters' }}
                titleDescription={
                  'Defaults are filled in. Several values in a field, separated by commas, make a sweep over all ' +
                  'combinations.'
                }
              />
            }
          >
            <Grid hasGutter md={6}>
              {hyperparameters.map(({ name, help }) => (
                <GridItem key={name}>
                  <TextField
                    id={`training-${name}`}
                    control={control}
                    name={`hyperparameters.${name}`}
                    label={words(name)}
                    help={help}
                  />
                </GridItem>
              ))}
            </Grid>
          </FormFieldGroup>
          <Grid hasGutter md={6}>
            <GridItem>
              <TextField
                id="training-seed"
                control={control}
                name="seed"
                label="Seed"
                inputMode="numeric"
                help="Determines the order of the rows."
              />
            </GridItem>
            <GridItem>
              <TextField
                id="training-spend"
                control={control}
                name="maxSpend"
                label="Maximum spend, USD"
                inputMode="decimal"
                help="Training stops when it has cost more. Empty: no limit."
              />
            </GridItem>
            {isSweep && (
              <>
                <GridItem>
                  <ChoiceField
                    id="training-metric"
                    control={control}
                    name="metric"
                    label="Best by"
                    choices={[
                      { value: 'macro_f1', label: 'Macro F1 on the validation subset' },
                      { value: 'accuracy', label: 'Accuracy on the validation subset' },
                    ]}
                  />
                </GridItem>
                <GridItem>
                  <TextField
                    id="training-trials"
                    control={control}
                    name="maxTrials"
                    label="Maximum trials"
                    inputMode="numeric"
                    help={
                      `Of ${count(combinations)} combinations. Empty: at most 20. If there are more, the ` +
                      'seed selects some.'
                    }
                  />
                </GridItem>
              </>
            )}
          </Grid>
          {form.error != null && <PhaseRefusal error={form.error} application={application} />}
          <ActionGroup>
            <RoleButton
              type="submit"
              roles={['ml-engineer']}
              reason={blocked}
              isLoading={form.pending}
              isDisabled={form.pending}
            >
              {isSweep ? `Sweep ${count(combinations)} combinations` : 'Train'}
            </RoleButton>
            <Button variant="link" onClick={form.reset}>
              Reset
            </Button>
          </ActionGroup>
        </Form>
      </PageSection>
    </>
  );
}
