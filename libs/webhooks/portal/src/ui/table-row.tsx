import { memo } from 'react';

import type { Column } from './table-column.js';
import styles from './table.module.css';

interface RowProps<Row> {
  row: Row;
  index: number;
  headerRows: number;
  columns: readonly Column<Row>[];
  measure: (element: HTMLTableRowElement | null) => void;
}

function TableRow<Row>({ row, index, headerRows, columns, measure }: RowProps<Row>) {
  return (
    <tr
      ref={measure}
      role="row"
      data-index={index}
      aria-rowindex={index + 1 + headerRows}
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
  );
}

/** Drawn anew only when its row or the columns are others, not whenever the window moves on by a row. */
export const BodyRow = memo(TableRow) as typeof TableRow;

/** Stands for the rows that are not in the document. */
export function Spacer({ height, columns }: { height: number; columns: number }) {
  if (height <= 0) return null;
  return (
    <tr aria-hidden="true" style={{ blockSize: height }} className={styles.spacer}>
      <td colSpan={columns} />
    </tr>
  );
}
