import type { ReactNode } from 'react';
import { endOf, isAt, ratingOf, steps, type Cell, type Level } from './level';
import type { Risk } from '@/shared/risks/risks';
import { count, words } from '@/shared/text/format';

interface RiskMatrixProps {
  risks: Risk[];
  level: Level;
  /** The cell that the table is restricted to. */
  chosen: Cell | undefined;
  onChoose: (cell: Cell | undefined) => void;
}

/** The risk matrix of five by five cells, with the worst at the top right. */
export function RiskMatrix({ risks, level, chosen, onChoose }: RiskMatrixProps): ReactNode {
  return (
    <table className="pl-matrix" aria-label={`${words(level)} risks by likelihood and impact`}>
      <thead>
        <tr>
          <td />
          <th scope="colgroup" colSpan={steps.length}>
            Impact
          </th>
        </tr>
        <tr>
          <th scope="col">Likelihood</th>
          {steps.map((impact) => (
            <th key={impact} scope="col">
              <Step scale="impact" step={impact} />
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {steps.toReversed().map((likelihood) => (
          <tr key={likelihood}>
            <th scope="row">
              <Step scale="likelihood" step={likelihood} />
            </th>
            {steps.map((impact) => {
              const cell = { likelihood, impact };
              const isChosen = chosen?.likelihood === likelihood && chosen.impact === impact;
              return (
                <td key={impact} data-rating={ratingOf(cell)}>
                  <CellContent
                    cell={cell}
                    risks={risks.filter((risk) => isAt(risk, level, cell))}
                    isChosen={isChosen}
                    onPress={() => onChoose(isChosen ? undefined : cell)}
                  />
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Step({ scale, step }: { scale: 'likelihood' | 'impact'; step: number }): ReactNode {
  const end = endOf(scale, step);
  return (
    <>
      {step} {end !== undefined && <span className="pl-matrix-end">{end}</span>}
    </>
  );
}

interface CellContentProps {
  cell: Cell;
  risks: Risk[];
  isChosen: boolean;
  onPress: () => void;
}

function CellContent({ cell, risks, isChosen, onPress }: CellContentProps): ReactNode {
  const rating = words(ratingOf(cell));
  if (risks.length === 0) {
    return (
      <div className="pl-matrix-cell">
        <span>{rating}</span> <span>0</span>
      </div>
    );
  }
  return (
    <button type="button" className="pl-matrix-cell" aria-pressed={isChosen} onClick={onPress}>
      <span>{rating}</span> <strong>{count(risks.length)}</strong>{' '}
      <span className="pf-v6-screen-reader">
        at likelihood {cell.likelihood}, impact {cell.impact}:
      </span>{' '}
      <span className="pl-matrix-names">{risks.map(({ name }) => name).join(', ')}</span>
    </button>
  );
}
