import { useI18n } from '../i18n/i18n.js';
import { Icon } from './icon.js';
import type { Column } from './table-column.js';
import styles from './table.module.css';

interface Props<Row> {
  column: Column<Row>;
  /** The order in force. */
  sort?: string;
  onSort?: (sort: string) => void;
}

/** A column's name, which orders the rows by it where the API can. */
export function HeaderCell<Row>({ column, sort, onSort }: Props<Row>) {
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
