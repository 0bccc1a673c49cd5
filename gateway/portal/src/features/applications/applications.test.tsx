import { screen } from '@testing-library/react';
import { http } from 'msw';
import { expect, it } from 'vitest';
import { json } from '../../../test/mocks/answers';
import { problem } from '../../../test/mocks/handlers';
import * as world from '../../../test/mocks/world';
import { visit } from '../../../test/portal';
import { dialog, only, taking } from '../../../test/requests';

it('registers an application and leads to its page, where the criteria come next', async () => {
  const { sent, handler } = taking('*/api/applications', world.applications[1]);
  const { user, address } = visit('/apps', {
    but: [
      handler,
      ...['criteria', 'recommendations'].map((part) => only(`*/api/applications/ticket-routing/${part}`, [])),
      ...['variants', 'runs', 'verdicts', 'releases'].map((list) => only(`*/api/${list}`, [])),
    ],
  });
  await user.click(await screen.findByRole('button', { name: 'Register an application' }));
  const form = await dialog();
  expect(form.getByRole('button', { name: 'Register' })).toHaveAttribute('aria-disabled', 'true');
  await user.type(form.getByLabelText(/^Name/), 'ticket-routing');
  await user.type(form.getByLabelText(/Purpose/), 'Route tickets');
  await user.type(form.getByLabelText(/Owner/), 'support');
  await user.selectOptions(form.getByLabelText('Criticality'), 'HIGH');
  await user.type(form.getByLabelText(/Calls per month/), '20000');
  await user.click(form.getByRole('button', { name: 'Register' }));
  expect(await screen.findByText('Next: register success criteria')).toBeVisible();
  expect(address()).toBe('/apps/ticket-routing');
  expect(sent).toEqual([
    {
      name: 'ticket-routing',
      purpose: 'Route tickets',
      owner: 'support',
      criticality: 'HIGH',
      task: 'CLASSIFICATION',
      monthlyVolume: 20_000,
    },
  ]);
});

it('assesses only when every question is answered, and shows path and flip points', async () => {
  const { sent, handler } = taking('*/api/applications/:name/assessments', world.assessments[0]);
  let done = false;
  const { user } = visit('/apps/mail-triage?do=assess', {
    but: [
      http.get('*/api/applications/:name/assessments', () =>
        json({ items: done ? world.assessments : [], nextPageToken: null, total: { value: 1, exact: true } }),
      ),
      handler,
    ],
  });
  const form = await dialog();
  await user.click(form.getByRole('radio', { name: /^High/ }));
  await user.click(form.getByRole('radio', { name: /^Specialised judgement/ }));
  await user.click(form.getByRole('radio', { name: /^Many/ }));
  expect(form.getByText('1 of 4 questions are open.')).toBeVisible();
  await user.click(form.getByRole('radio', { name: /^Limited/ }));
  await user.click(form.getByRole('checkbox', { name: 'The task changes often' }));
  done = true;
  await user.click(form.getByRole('button', { name: 'Assess' }));
  expect(await screen.findByRole('list', { name: 'Path through the decision tree' })).toHaveTextContent(
    'Start withRetrieval',
  );
  expect(screen.getByText(/resources were moderate instead of limited: Fine-tuning/)).toBeVisible();
  expect(screen.getByText('Your circumstances point to prompt engineering instead (+2)')).toBeVisible();
  expect(sent).toEqual([
    {
      performanceTarget: 'HIGH',
      specificity: 'SPECIALISED',
      dataAvailability: 'ABUNDANT',
      resources: 'LIMITED',
      triggers: ['FLEXIBILITY'],
    },
  ]);
});

it('links the next step to the form for a prompt', async () => {
  const { user } = visit('/apps/mail-triage', {
    but: ['variants', 'runs', 'verdicts', 'releases'].map((list) => only(`*/api/${list}`, [])),
  });
  await user.click(await screen.findByRole('link', { name: 'Write a prompt' }));
  expect(await screen.findByRole('dialog', { name: 'New prompt' })).toBeVisible();
});

it('says that the state is unknown while a service does not answer', async () => {
  visit('/apps/mail-triage', {
    but: [http.get('*/api/releases', () => problem(503, { title: 'Inference is down', detail: 'Wait.' }))],
  });
  expect(await screen.findByRole('heading', { name: /State unknown: inference does not answer/ })).toBeVisible();
});

it('shows what serves, in place of a next step', async () => {
  const { user, address } = visit('/apps/mail-triage');
  expect(await screen.findByRole('heading', { name: /fine-tuned serves production/ })).toBeVisible();
  await user.click(screen.getByRole('link', { name: 'The release, and how to call it' }));
  expect(address()).toBe('/apps/mail-triage?tab=releases');
});
