import { exportUrl } from '../api/webhooks.js';
import type { WebhookFilters } from '../api/webhooks.js';
import type { WebhookSort } from '../api/types.js';
import { links } from '../app/links.js';
import { useI18n } from '../i18n/i18n.js';
import { ButtonLink } from '../ui/button.js';

/** The files hold what the list shows: the same filters, the same order. */
export function ListToolbar({ filters, sort }: { filters: WebhookFilters; sort: WebhookSort }) {
  const { t } = useI18n();
  return (
    <>
      <ButtonLink icon="download" href={exportUrl('xlsx', filters, sort)} download="">
        {t('list.download')}
      </ButtonLink>
      <ButtonLink icon="download" href={exportUrl('csv', filters, sort)} download="">
        {t('list.downloadCsv')}
      </ButtonLink>
      <ButtonLink variant="primary" icon="add" href={links.add}>
        {t('list.add')}
      </ButtonLink>
    </>
  );
}
