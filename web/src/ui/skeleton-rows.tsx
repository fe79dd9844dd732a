import type { JSX } from 'react';

const ROWS = 8;

/** Grey lines where the rows of a table will be. */
export function SkeletonRows({ columns }: { columns: number }): JSX.Element {
  return (
    <tbody>
      {Array.from({ length: ROWS }, (_, row) => (
        <tr key={row}>
          {Array.from({ length: columns }, (_, column) => (
            <td key={column}>
              <span className="op-skeleton" style={{ width: `${80 - ((row * 13 + column * 29) % 45)}%` }} />
            </td>
          ))}
        </tr>
      ))}
    </tbody>
  );
}
