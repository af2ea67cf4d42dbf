import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';

import { sendTest } from '../../api/deliveries.js';
import { eventTypes } from '../../api/event-types.js';
import { settings } from '../../api/settings.js';
import type { WebhookView } from '../../api/types.js';
import { links } from '../../app/links.js';
import { useI18n } from '../../i18n/i18n.js';
import { Button, ButtonLink } from '../../ui/button.js';
import { sideOf, textOf } from '../../preview/sides.js';
import { ProblemNotice } from '../../ui/notice.js';
import { Select } from '../../ui/select.js';
import { canonicalTypes, useEventLabels } from '../event-labels.js';
import shared from '../webhook.module.css';
import { Elapsed } from './elapsed.js';
import { firstAskedFor } from './first-asked-for.js';
import { TestOutcome } from './test-outcome.js';
import styles from './test.module.css';

/** Stands for the one that the server takes when none is named. */
const FIRST = 'first';

/** Tries a webhook out, and shows what was sent and what came back. */
export function TestTab({ webhook }: { webhook: WebhookView }) {
  const { t, locale } = useI18n();
  const { data = [] } = useQuery(eventTypes(locale));
  const types = canonicalTypes(data);
  const labelOf = useEventLabels();
  const first = firstAskedFor(webhook.eventTypes, data);
  // A dialect's name stands there in its own words.
  const isNamed = first !== undefined && !webhook.eventTypes[0]?.includes('*');
  const isInOwnWords = first === undefined || (isNamed && first !== webhook.eventTypes[0]);
  const [chosen, setChosen] = useState<string | null>(null);
  const eventType = chosen ?? (isInOwnWords ? FIRST : first);
  const previewed = eventType === FIRST ? first : eventType;
  const test = useMutation({
    mutationFn: () => sendTest(webhook.id, eventType === FIRST ? undefined : eventType),
  });
  return (
    <section className={styles.test} aria-label={t('webhook.test')}>
      <h2>{t('webhook.test')}</h2>
      <p className={shared.lead}>{t('test.lead')}</p>
      <div className={styles.form}>
        <div className={styles.type}>
          <Select
            label={t('test.eventType')}
            options={[
              ...(isInOwnWords
                ? [
                    {
                      value: FIRST,
                      label: labelOf(webhook.eventTypes[0] ?? ''),
                      description: t('test.first'),
                    },
                  ]
                : []),
              ...types.map(({ name, label }) => ({ value: name, label, description: name })),
            ]}
            value={eventType}
            onChange={setChosen}
          />
        </div>
        <Button variant="primary" icon="send" isPending={test.isPending} onPress={() => test.mutate()}>
          {t('test.send')}
        </Button>
        {previewed !== undefined && (
          <ButtonLink href={links.previewOf(textOf([sideOf(webhook, settings.defaultLocale)]), previewed)}>
            {t('nav.preview')}
          </ButtonLink>
        )}
        {test.isPending && <Elapsed key={test.submittedAt} since={test.submittedAt} />}
      </div>
      {test.error && <ProblemNotice problem={test.error} />}
      <TestOutcome result={test.isPending ? undefined : test.data} />
    </section>
  );
}
