import { useQuery } from '@tanstack/react-query';
import { Route, Switch, useLocation } from 'wouter';

import type { WebhookView } from '../api/types.js';
import { webhook } from '../api/webhooks.js';
import { links } from '../app/links.js';
import { listPlace } from '../app/list-place.js';
import { NotFoundView } from '../app/not-found-view.js';
import { ProblemView } from '../app/problem-view.js';
import { View } from '../app/view.js';
import { useI18n } from '../i18n/i18n.js';
import { directionOf } from '../i18n/locales.js';
import { Placeholder } from '../ui/notice.js';
import { TabLinks } from '../ui/tabs.js';
import { StatusBadge } from '../webhook-parts/status-badge.js';
import { DeliveriesTab } from './log/deliveries-tab.js';
import { OverviewTab } from './overview/overview-tab.js';
import { RecoveryTab } from './recovery/recovery-tab.js';
import { NoTest } from './test/no-test.js';
import { TestTab } from './test/test-tab.js';
import { WebhookActions } from './webhook-actions.js';

/** Whether its receiver fails, and that it was switched off, is seen without a reload. */
const FRESH_MS = 10_000;
const TABS = /^\/(deliveries|recovery|test)?$/;

/** Everything below `#/webhooks/<id>`. */
export function WebhookViews({ id }: { id: string }) {
  const { t } = useI18n();
  const [path] = useLocation();
  const { data, error, refetch } = useQuery({ ...webhook(id), refetchInterval: FRESH_MS });
  if (!TABS.test(path)) return <NotFoundView />;
  if (error && (!data || error.status === 404)) {
    return <ProblemView problem={error} onRetry={() => void refetch()} />;
  }
  return data ? <Shown webhook={data} /> : <Loading label={t('webhook.loading')} />;
}

function Loading({ label }: { label: string }) {
  const { t } = useI18n();
  return (
    <View title={t('webhook.title')} back={{ href: listPlace().link, label: t('app.toList') }}>
      <div role="status" aria-label={label}>
        <Placeholder height={200} />
      </div>
    </View>
  );
}

function Shown({ webhook: shown }: { webhook: WebhookView }) {
  const { t, locale } = useI18n();
  const [path] = useLocation();
  const { id, transport } = shown;
  const url = shown.url ?? t('webhook.pull');
  const tabs = [
    { href: links.webhook(id), label: t('webhook.overview'), isHere: path === '/' },
    { href: links.deliveries(id), label: t('webhook.deliveries'), isHere: path === '/deliveries' },
    { href: links.recovery(id), label: t('webhook.recovery'), isHere: path === '/recovery' },
    ...(transport === 'pull'
      ? []
      : [{ href: links.test(id), label: t('webhook.test'), isHere: path === '/test' }]),
  ];
  return (
    <View
      // An address is read from left to right, in the page's title too.
      title={directionOf(locale) === 'rtl' ? `\u2066${url}\u2069` : url}
      aside={<StatusBadge status={shown.status} />}
      back={{ href: listPlace().link, label: t('app.toList') }}
      actions={<WebhookActions webhook={shown} />}
    >
      <TabLinks label={t('webhook.views')} links={tabs} />
      <Switch>
        <Route path="/deliveries">
          <DeliveriesTab webhook={shown} />
        </Route>
        <Route path="/recovery">
          <RecoveryTab webhook={shown} />
        </Route>
        <Route path="/test">{transport === 'pull' ? <NoTest id={id} /> : <TestTab webhook={shown} />}</Route>
        <Route>
          <OverviewTab webhook={shown} />
        </Route>
      </Switch>
    </View>
  );
}
