import { useQuery } from '@tanstack/react-query';

import { webhook } from '../api/webhooks.js';
import { useHashQuery } from '../app/hash-query.js';
import { links } from '../app/links.js';
import { listPlace } from '../app/list-place.js';
import { ProblemView } from '../app/problem-view.js';
import { View } from '../app/view.js';
import { useI18n } from '../i18n/i18n.js';
import { Placeholder } from '../ui/notice.js';
import { valuesOf } from './form-values.js';
import styles from './form.module.css';
import { useChange } from './use-change.js';
import { WebhookForm } from './webhook-form.js';

/** Goes back to where it was opened from: the list, or with `?back=webhook` the webhook's own page. */
export function EditView({ id }: { id: string }) {
  const { t } = useI18n();
  const [{ back }] = useHashQuery();
  const isFromWebhook = back === 'webhook';
  const backLink = isFromWebhook ? links.webhook(id) : listPlace().link;
  const { data, error, refetch } = useQuery({ ...webhook(id), refetchOnWindowFocus: false });
  const change = useChange(id, backLink);
  if (error && !data) return <ProblemView problem={error} onRetry={() => void refetch()} />;
  return (
    <View
      isNarrow
      title={t('form.edit')}
      back={{ href: backLink, label: t(isFromWebhook ? 'webhook.title' : 'app.toList') }}
    >
      {data ? (
        <WebhookForm
          initial={valuesOf(data)}
          webhook={data}
          problem={change.error}
          isSaving={change.isPending}
          isSaved={change.isSuccess}
          onSave={(values) => change.mutate({ before: valuesOf(data), after: values })}
          cancelLink={backLink}
        />
      ) : (
        <div className={styles.loading}>
          {[60, 60, 360, 60].map((height, index) => (
            <Placeholder key={index} height={height} />
          ))}
        </div>
      )}
    </View>
  );
}
