import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { PhaseName } from '@/shared/data/applications';
import { risksQuery } from '@/shared/risks/risks';
import { Loaded } from '@/shared/ui/Loaded';
import { RatingLabel } from '@/shared/risks/RatingLabel';

/** The names under which the risks of an approach are registered. A hybrid has those of both of its parts. */
function namesOf(approach: PhaseName): string[] {
  return approach === 'HYBRID' ? ['RETRIEVAL', 'FINE_TUNING'] : [approach];
}

/** The risks of an approach whose residual level is not low, the highest first. */
export function OpenRisks({ approach }: { approach: PhaseName }): ReactNode {
  return (
    <Loaded query={useQuery(risksQuery)} what="risks" rows={2}>
      {({ items }) => {
        const open = items
          .filter(({ residual }) => residual.rating !== 'LOW')
          .filter(({ approaches }) => namesOf(approach).some((name) => approaches.includes(name)))
          .toSorted((one, other) => other.residual.score - one.residual.score);
        if (open.length === 0) return <p>No risk of this approach is above low after its mitigation.</p>;
        return (
          <ul className="pl-plain">
            {open.map(({ name, title, residual }) => (
              <li key={name}>
                <Link to="/risks/$name" params={{ name }}>
                  {title}
                </Link>{' '}
                <RatingLabel assessed={residual} />
              </li>
            ))}
          </ul>
        );
      }}
    </Loaded>
  );
}
