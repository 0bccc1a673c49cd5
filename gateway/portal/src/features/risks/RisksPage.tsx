import { Button, PageSection, ToggleGroup, ToggleGroupItem } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { cellOf, isAt, type Cell, type Level } from './level';
import { RiskMatrix } from './RiskMatrix';
import { RiskTable } from './RiskTable';
import { risksQuery, type Risk } from '@/shared/risks/risks';
import { count, words } from '@/shared/text/format';
import { Empty, NoResults } from '@/shared/ui/Empty';
import { Loaded } from '@/shared/ui/Loaded';
import { PageHeader } from '@/shared/ui/PageHeader';

const levels: Level[] = ['residual', 'inherent'];

export function RisksPage(): ReactNode {
  const query = useQuery(risksQuery);
  return (
    <>
      <PageHeader
        title="Risks"
        description="Risks of prompts, retrieval and fine-tuning, before and after mitigation."
      />
      <PageSection isFilled>
        <Loaded query={query} what="risks" rows={8}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty
                title="The register is empty"
                action={<Button onClick={() => void query.refetch()}>Look again</Button>}
              >
                Each workspace starts with default risks, which are added when the compliance service starts. Assess
                them again here, with evidence.
              </Empty>
            ) : (
              <Register risks={items} />
            )
          }
        </Loaded>
      </PageSection>
    </>
  );
}

function Register({ risks }: { risks: Risk[] }): ReactNode {
  const search = useSearch({ from: '/risks' });
  const navigate = useNavigate({ from: '/risks' });
  const level: Level = search.level === 'inherent' ? 'inherent' : 'residual';
  const chosen = cellOf(search.likelihood, search.impact);
  // A cell means something else at the other level, so it is left when the level changes.
  const show = (next: Level, cell?: Cell) =>
    void navigate({
      search: {
        level: next === 'residual' ? undefined : next,
        likelihood: cell && String(cell.likelihood),
        impact: cell && String(cell.impact),
      },
      resetScroll: false,
    });
  const shown = risks
    .filter((risk) => chosen === undefined || isAt(risk, level, chosen))
    .toSorted((one, other) => other[level].score - one[level].score);
  return (
    <div className="pl-stack">
      <ToggleGroup aria-label="Level">
        {levels.map((one) => (
          <ToggleGroupItem key={one} text={words(one)} isSelected={one === level} onChange={() => show(one)} />
        ))}
      </ToggleGroup>
      <RiskMatrix risks={risks} level={level} chosen={chosen} onChoose={(cell) => show(level, cell)} />
      <p role="status">
        {chosen === undefined ? (
          `${count(risks.length)} risks, the highest ${level} score first.`
        ) : (
          <>
            {count(shown.length)} of {count(risks.length)} risks: {level} likelihood {chosen.likelihood}, impact{' '}
            {chosen.impact}.{' '}
            <Button variant="link" isInline onClick={() => show(level)}>
              Show all
            </Button>
          </>
        )}
      </p>
      {shown.length === 0 ? <NoResults onClear={() => show(level)} /> : <RiskTable risks={shown} />}
    </div>
  );
}
