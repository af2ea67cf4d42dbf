import type { ReactNode } from 'react';
import { useRef } from 'react';

import { useI18n } from '../i18n/i18n.js';
import { Icon } from './icon.js';
import styles from './table.module.css';
import { useRowWindow } from './use-row-window.js';

export interface Column<Row> {
  id: string;
  header: string;
  cell: (row: Row, index: number) => ReactNode;
  /** The API's name of the order, when it has one by this column. */
  sort?: string;
  /** A field that narrows the rows by this column. */
  filter?: ReactNode;
  /** CSS; what is left over goes to the columns without one. */
  width?: string;
  /** The cell that names the row. */
  isRowHeader?: boolean;
}

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
            <tr
              key={idOf(row)}
              ref={measure}
              role="row"
              data-index={index}
              aria-rowindex={index + 1 + (hasFilters ? 2 : 1)}
              className={styles.row}
            >
              {columns.map((column) => (
                <td
                  key={column.id}
                  role={column.isRowHeader ? 'rowheader' : 'cell'}
                  data-label={column.header}
                  data-column={column.id}
                >
                  {column.cell(row, index)}
                </td>
              ))}
            </tr>
          ))}
          <Spacer height={shown.after} columns={columns.length} />
        </tbody>
      </table>
      {rows.length === 0 && children}
    </>
  );
}

type HeaderProps<Row> = Pick<Props<Row>, 'sort' | 'onSort'> & { column: Column<Row> };

function HeaderCell<Row>({ column, sort, onSort }: HeaderProps<Row>) {
  const { t } = useI18n();
  const { header, sort: field } = column;
  if (field === undefined || !onSort) {
    return (
      <th role="columnheader" scope="col" data-plain>
        {header}
      </th>
    );
  }
  const direction = sort === field ? 'ascending' : sort === `-${field}` ? 'descending' : undefined;
  return (
    <th role="columnheader" scope="col" aria-sort={direction ?? 'none'}>
      <button
        type="button"
        className={styles.sort}
        title={t('ui.sortBy', { column: header })}
        onClick={() => onSort(direction === 'ascending' ? `-${field}` : field)}
      >
        {header}
        {direction ? (
          <Icon name={direction === 'ascending' ? 'sortUp' : 'sortDown'} size={12} />
        ) : (
          <span className={styles.unsorted} />
        )}
      </button>
    </th>
  );
}

function Spacer({ height, columns }: { height: number; columns: number }) {
  if (height <= 0) return null;
  return (
    <tr aria-hidden="true" style={{ blockSize: height }} className={styles.spacer}>
      <td colSpan={columns} />
    </tr>
  );
}
