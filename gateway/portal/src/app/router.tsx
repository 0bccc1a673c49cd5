import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
  type AnyRouter,
} from '@tanstack/react-router';
import { Frame } from '@/app/Frame';
import { NotFound } from '@/app/NotFound';
import { RouteFailed } from '@/app/RouteFailed';
import { traceFilters } from '@/shared/data/traceFilters';
import { parseSearch, stringifySearch, texts, type Search } from '@/shared/text/search';
import { expectPage } from '@/shared/ui/focus';

const root = createRootRoute({ component: Frame, notFoundComponent: NotFound });

const start = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/home', replace: true });
  },
});

const home = createRoute({
  getParentRoute: () => root,
  path: '/home',
  component: lazyRouteComponent(() => import('@/app/HomePage'), 'HomePage'),
});

const help = createRoute({
  getParentRoute: () => root,
  path: '/help',
  component: lazyRouteComponent(() => import('@/app/HelpPage'), 'HelpPage'),
});

const apps = createRoute({
  getParentRoute: () => root,
  path: '/apps',
  validateSearch: (search: Search) => texts('page', 'do')(search),
  component: lazyRouteComponent(() => import('@/features/applications/ApplicationsPage'), 'ApplicationsPage'),
});

const app = createRoute({
  getParentRoute: () => root,
  path: '/apps/$app',
  validateSearch: (search: Search) =>
    texts('tab', 'metric', 'suite', 'against', 'do', 'variant', 'run', 'abstention', 'cost', 'page')(search),
  component: lazyRouteComponent(() => import('@/app/ApplicationRoute'), 'ApplicationRoute'),
});

const run = createRoute({
  getParentRoute: () => root,
  path: '/runs/$run',
  validateSearch: (search: Search) =>
    texts('items', 'scorer', 'below', 'label', 'prediction', 'page', 'scores', 'threshold')(search),
  component: lazyRouteComponent(() => import('@/features/runs/RunPage'), 'RunPage'),
});

const prompts = createRoute({
  getParentRoute: () => root,
  path: '/prompts',
  validateSearch: (search: Search) => texts('q', 'tag', 'page', 'do')(search),
  component: lazyRouteComponent(() => import('@/features/prompts/PromptsPage'), 'PromptsPage'),
});

const prompt = createRoute({
  getParentRoute: () => root,
  path: '/prompts/$name',
  validateSearch: (search: Search) => texts('tab', 'page')(search),
  component: lazyRouteComponent(() => import('@/features/prompts/PromptPage'), 'PromptPage'),
});

const promptVersion = createRoute({
  getParentRoute: () => root,
  path: '/prompts/$name/versions/$version',
  validateSearch: (search: Search) => texts('usedBy')(search),
  component: lazyRouteComponent(() => import('@/features/prompts/PromptVersionPage'), 'PromptVersionPage'),
});

const newVersion = createRoute({
  getParentRoute: () => root,
  path: '/prompts/$name/new-version',
  validateSearch: (search: Search) => texts('from')(search),
  component: lazyRouteComponent(() => import('@/features/prompts/NewVersionPage'), 'NewVersionPage'),
});

const compare = createRoute({
  getParentRoute: () => root,
  path: '/prompts/$name/compare',
  validateSearch: (search: Search) => texts('from', 'to', 'tab')(search),
  component: lazyRouteComponent(() => import('@/features/prompts/ComparePage'), 'ComparePage'),
});

const datasets = createRoute({
  getParentRoute: () => root,
  path: '/datasets',
  validateSearch: (search: Search) => texts('page')(search),
  component: lazyRouteComponent(() => import('@/features/datasets/DatasetsPage'), 'DatasetsPage'),
});

const dataset = createRoute({
  getParentRoute: () => root,
  path: '/datasets/$name',
  validateSearch: (search: Search) => texts('page')(search),
  component: lazyRouteComponent(() => import('@/features/datasets/DatasetPage'), 'DatasetPage'),
});

const datasetVersion = createRoute({
  getParentRoute: () => root,
  path: '/datasets/$name/versions/$version',
  validateSearch: (search: Search) => texts('document')(search),
  component: lazyRouteComponent(() => import('@/features/datasets/DatasetVersionPage'), 'DatasetVersionPage'),
});

const datasheet = createRoute({
  getParentRoute: () => root,
  path: '/datasets/$name/versions/$version/datasheet',
  component: lazyRouteComponent(() => import('@/features/datasets/DatasheetPage'), 'DatasheetPage'),
});

const trainingJobs = createRoute({
  getParentRoute: () => root,
  path: '/training',
  validateSearch: (search: Search) => texts('tab', 'page')(search),
  component: lazyRouteComponent(() => import('@/features/training/TrainingJobsPage'), 'TrainingJobsPage'),
});

const trainingJob = createRoute({
  getParentRoute: () => root,
  path: '/training/$job',
  component: lazyRouteComponent(() => import('@/features/training/TrainingJobPage'), 'TrainingJobPage'),
});

const newTraining = createRoute({
  getParentRoute: () => root,
  path: '/training/new',
  validateSearch: (search: Search) => texts('app', 'split')(search),
  component: lazyRouteComponent(() => import('@/features/training/NewTrainingPage'), 'NewTrainingPage'),
});

const sweep = createRoute({
  getParentRoute: () => root,
  path: '/sweeps/$sweep',
  component: lazyRouteComponent(() => import('@/features/training/SweepPage'), 'SweepPage'),
});

const indexes = createRoute({
  getParentRoute: () => root,
  path: '/indexes',
  validateSearch: (search: Search) => texts('page', 'build', 'like')(search),
  component: lazyRouteComponent(() => import('@/features/indexes/IndexesPage'), 'IndexesPage'),
});

const index = createRoute({
  getParentRoute: () => root,
  path: '/indexes/$index',
  validateSearch: (search: Search) => texts('query', 'count', 'usedBy')(search),
  component: lazyRouteComponent(() => import('@/features/indexes/IndexPage'), 'IndexPage'),
});

const models = createRoute({
  getParentRoute: () => root,
  path: '/models',
  validateSearch: (search: Search) => texts('tab', 'page', 'register', 'state', 'statement')(search),
  component: lazyRouteComponent(() => import('@/features/models/ModelsPage'), 'ModelsPage'),
});

const model = createRoute({
  getParentRoute: () => root,
  path: '/models/$name',
  validateSearch: (search: Search) => texts('page', 'alias')(search),
  component: lazyRouteComponent(() => import('@/features/models/ModelPage'), 'ModelPage'),
});

const modelVersion = createRoute({
  getParentRoute: () => root,
  path: '/models/$name/versions/$version',
  validateSearch: (search: Search) => texts('usedBy')(search),
  component: lazyRouteComponent(() => import('@/features/models/ModelVersionPage'), 'ModelVersionPage'),
});

const providers = createRoute({
  getParentRoute: () => root,
  path: '/settings/providers',
  component: lazyRouteComponent(() => import('@/features/providers/ProvidersPage'), 'ProvidersPage'),
});

const provider = createRoute({
  getParentRoute: () => root,
  path: '/settings/providers/$name',
  validateSearch: (search: Search) => texts('usedBy')(search),
  component: lazyRouteComponent(() => import('@/features/providers/ProviderPage'), 'ProviderPage'),
});

const apiKeys = createRoute({
  getParentRoute: () => root,
  path: '/settings/api-keys',
  validateSearch: (search: Search) => texts('page')(search),
  component: lazyRouteComponent(() => import('@/features/api-keys/ApiKeysPage'), 'ApiKeysPage'),
});

const workspaces = createRoute({
  getParentRoute: () => root,
  path: '/settings/workspaces',
  validateSearch: (search: Search) => texts('page')(search),
  component: lazyRouteComponent(() => import('@/features/workspaces/WorkspacesPage'), 'WorkspacesPage'),
});

const approvals = createRoute({
  getParentRoute: () => root,
  path: '/approvals',
  validateSearch: (search: Search) => texts('state', 'page')(search),
  component: lazyRouteComponent(() => import('@/features/approvals/ApprovalsPage'), 'ApprovalsPage'),
});

const approval = createRoute({
  getParentRoute: () => root,
  path: '/approvals/$id',
  component: lazyRouteComponent(() => import('@/features/approvals/ApprovalPage'), 'ApprovalPage'),
});

const audit = createRoute({
  getParentRoute: () => root,
  path: '/audit',
  validateSearch: (search: Search) =>
    texts('actor', 'person', 'type', 'application', 'object', 'outcome', 'from', 'to', 'page', 'entry', 'do')(search),
  component: lazyRouteComponent(() => import('@/features/audit/AuditPage'), 'AuditPage'),
});

const risks = createRoute({
  getParentRoute: () => root,
  path: '/risks',
  validateSearch: (search: Search) => texts('level', 'likelihood', 'impact')(search),
  component: lazyRouteComponent(() => import('@/features/risks/RisksPage'), 'RisksPage'),
});

const risk = createRoute({
  getParentRoute: () => root,
  path: '/risks/$name',
  validateSearch: (search: Search) => texts('do')(search),
  component: lazyRouteComponent(() => import('@/features/risks/RiskPage'), 'RiskPage'),
});

const policies = createRoute({
  getParentRoute: () => root,
  path: '/policies',
  validateSearch: (search: Search) => texts('page', 'do')(search),
  component: lazyRouteComponent(() => import('@/features/policies/PoliciesPage'), 'PoliciesPage'),
});

const policy = createRoute({
  getParentRoute: () => root,
  path: '/policies/$name',
  validateSearch: (search: Search) => texts('version')(search),
  component: lazyRouteComponent(() => import('@/features/policies/PolicyPage'), 'PolicyPage'),
});

const newPolicyVersion = createRoute({
  getParentRoute: () => root,
  path: '/policies/$name/new-version',
  validateSearch: (search: Search) => texts('from', 'target')(search),
  component: lazyRouteComponent(() => import('@/features/policies/NewPolicyVersionPage'), 'NewPolicyVersionPage'),
});

const deadLetters = createRoute({
  getParentRoute: () => root,
  path: '/ops/dead-letters',
  validateSearch: (search: Search) => texts('service', 'page', 'letter')(search),
  component: lazyRouteComponent(() => import('@/features/operations/DeadLettersPage'), 'DeadLettersPage'),
});

const traces = createRoute({
  getParentRoute: () => root,
  path: '/traces',
  validateSearch: (search: Search) => texts(...traceFilters, 'page', 'do')(search),
  component: lazyRouteComponent(() => import('@/features/traces/TracesPage'), 'TracesPage'),
});

const review = createRoute({
  getParentRoute: () => root,
  path: '/traces/review',
  validateSearch: (search: Search) => texts(...traceFilters, 'page', 'call')(search),
  component: lazyRouteComponent(() => import('@/features/traces/ReviewPage'), 'ReviewPage'),
});

const feedback = createRoute({
  getParentRoute: () => root,
  path: '/feedback',
  validateSearch: (search: Search) =>
    texts('application', 'releaseId', 'variant', 'metric', 'correct', 'withCorrection', 'from', 'to', 'page')(search),
  component: lazyRouteComponent(() => import('@/features/feedback/FeedbackPage'), 'FeedbackPage'),
});

const trace = createRoute({
  getParentRoute: () => root,
  path: '/traces/$trace',
  component: lazyRouteComponent(() => import('@/features/traces/TracePage'), 'TracePage'),
});

const playground = createRoute({
  getParentRoute: () => root,
  path: '/playground',
  validateSearch: (search: Search) =>
    texts('model1', 'model2', 'model3', 'model4', 'prompt1', 'prompt2', 'prompt3', 'prompt4', 'item', 'trace')(search),
  component: lazyRouteComponent(() => import('@/features/playground/PlaygroundPage'), 'PlaygroundPage'),
});

const routeTree = root.addChildren([
  help,
  start,
  home,
  apps,
  app,
  run,
  prompts,
  prompt,
  promptVersion,
  newVersion,
  compare,
  playground,
  datasets,
  dataset,
  datasetVersion,
  datasheet,
  indexes,
  index,
  trainingJobs,
  newTraining,
  trainingJob,
  sweep,
  models,
  model,
  modelVersion,
  providers,
  provider,
  apiKeys,
  workspaces,
  approvals,
  approval,
  audit,
  risks,
  risk,
  policies,
  policy,
  newPolicyVersion,
  traces,
  review,
  feedback,
  trace,
  deadLetters,
]);

export function createPortalRouter(options: Pick<Parameters<typeof createRouter>[0], 'history'> = {}) {
  const router = createRouter({
    routeTree,
    parseSearch,
    stringifySearch,
    defaultPreload: 'intent',
    defaultErrorComponent: RouteFailed,
    scrollRestoration: true,
    ...options,
  });
  focusFollows(router as unknown as AnyRouter);
  return router;
}

function focusFollows(router: AnyRouter): void {
  router.subscribe('onBeforeNavigate', ({ fromLocation, pathChanged }) => {
    if (fromLocation !== undefined && pathChanged) expectPage();
  });
}

export const router = createPortalRouter();

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
