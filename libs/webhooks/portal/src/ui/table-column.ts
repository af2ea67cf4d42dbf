import type { ReactNode } from 'react';

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
