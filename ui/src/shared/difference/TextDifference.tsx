import { UnstyledButton, VisuallyHidden } from '@mantine/core';
import { Fragment, useMemo, useState } from 'react';

import classes from './TextDifference.module.css';
import { hunksOf, rowsOf, type Line, type Row } from './rows';

interface TextDifferenceProps {
  /** What it compares, for its name: `app.json`. */
  label: string;
  left: string;
  right: string;
  leftTitle: string;
  rightTitle: string;
}

/** Two texts beside each other, with what differs marked; long equal parts are folded away. */
export function TextDifference({ label, left, right, leftTitle, rightTitle }: TextDifferenceProps) {
  const hunks = useMemo(() => hunksOf(rowsOf(left, right)), [left, right]);
  const [open, setOpen] = useState<ReadonlySet<number>>(new Set());
  return (
    // Focusable: what scrolls can be scrolled with the keyboard.
    <div className={classes.box} tabIndex={0} role="group" aria-label={`Differences of ${label}`}>
      <table className={classes.table}>
        <colgroup>
          <col className={classes.numbers} />
          <col />
          <col className={classes.numbers} />
          <col />
        </colgroup>
        <thead>
          <tr>
            <th scope="col" colSpan={2}>
              {leftTitle}
            </th>
            <th scope="col" colSpan={2}>
              {rightTitle}
            </th>
          </tr>
        </thead>
        <tbody>
          {hunks.map((hunk, index) =>
            hunk.same && !open.has(index) ? (
              <tr key={index}>
                <td colSpan={4} className={classes.folded}>
                  <UnstyledButton fz={12} onClick={() => setOpen(new Set(open).add(index))}>
                    {hunks.length === 1 ? 'Both are the same: show ' : 'Show '}
                    {hunk.rows.length === 1 ? '1 equal line' : `${hunk.rows.length} equal lines`}
                  </UnstyledButton>
                </td>
              </tr>
            ) : (
              <Fragment key={index}>
                {hunk.rows.map((row) => (
                  <DifferenceRow
                    key={`${row.left?.number ?? ''}-${row.right?.number ?? ''}`}
                    row={row}
                    titles={[leftTitle, rightTitle]}
                  />
                ))}
              </Fragment>
            ),
          )}
        </tbody>
      </table>
    </div>
  );
}

function DifferenceRow({ row, titles }: { row: Row; titles: [string, string] }) {
  return (
    <tr>
      <Side line={row.left} mark={row.same ? undefined : 'left'} title={titles[0]} />
      <Side line={row.right} mark={row.same ? undefined : 'right'} title={titles[1]} />
    </tr>
  );
}

interface SideProps {
  line: Line | undefined;
  mark: 'left' | 'right' | undefined;
  title: string;
}

function Side({ line, mark, title }: SideProps) {
  return (
    <>
      <td className={classes.number} data-mark={line && mark}>
        {line?.number}
      </td>
      <td className={classes.line} data-mark={line ? mark : 'none'}>
        {line && mark && <VisuallyHidden>Only in {title}: </VisuallyHidden>}
        {line?.text}
      </td>
    </>
  );
}
