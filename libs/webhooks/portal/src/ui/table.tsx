import type { ReactNode } from 'react';
import { useRef } from 'react';

import type { Column } from './table-column.js';
import { HeaderCell } from './table-head.js';
import { BodyRow, Spacer } from './table-row.js';
import styles from './table.module.css';
import { useRowWindow } from './use-row-window.js';

export type { Column };

interface Props<Row> {
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  idOf: (row: Row) => string;
  /** All there are, fetched or not; null when that is not known. */
  total: number | null;
  /** The API's: a name, after `-` when descending. */
  sort?: string;
  onSort?: (sort: string) => void;
  /** Asked for more rows when the last ones come into view; undefined when there are none. */
  onMore?: () => void;
  /** Which rows are in view. */
  onWindow?: (first: number, last: number) => void;
  /** On a narrow screen filters and order are hidden until they are asked for. */
  showFilters?: boolean;
  /** Stands in for the rows when there are none. */
  children?: ReactNode;
}

/** Rows of any number: those near the window are in the document. On a narrow screen each is a card. */
export function Table<Row>(props: Props<Row>) {
  const { label, columns, rows, idOf, total, sort, onSort, onMore, onWindow, showFilters, children } = props;
  const table = useRef<HTMLTableElement>(null);
  const shown = useRowWindow(table, rows, idOf, onMore, onWindow);
  const hasFilters = columns.some(({ filter }) => filter !== undefined);
  return (
    <>
      <table
        ref={table}
        role="table"
        aria-label={label}
        aria-rowcount={total ?? -1}
        className={styles.table}
        data-filters={showFilters ? true : undefined}
      >
        <colgroup>
          {columns.map(({ id, width }) => (
            <col key={id} style={{ width }} />
          ))}
        </colgroup>
        <thead role="rowgroup">
          <tr role="row">
            {columns.map((column) => (
              <HeaderCell key={column.id} column={column} sort={sort} onSort={onSort} />
            ))}
          </tr>
          {hasFilters && (
            <tr role="row" className={styles.filters}>
              {columns.map(({ id, header, filter }) => (
                <td key={id} role="cell" data-label={header}>
                  {filter}
                </td>
              ))}
            </tr>
          )}
        </thead>
        <tbody role="rowgroup">
          <Spacer height={shown.before} columns={columns.length} />
          {shown.items.map(({ row, index, measure }) => (
            <BodyRow
              key={idOf(row)}
              row={row}
              index={index}
              headerRows={hasFilters ? 2 : 1}
              columns={columns}
              measure={measure}
            />
          ))}
          <Spacer height={shown.after} columns={columns.length} />
        </tbody>
      </table>
      {rows.length === 0 && children}
    </>
  );
}
