import type { ReactNode } from 'react';

import { addresses, settings } from '../api/settings.js';
import { openApiUrl } from '../api/webhooks.js';
import { View } from '../app/view.js';
import { useI18n } from '../i18n/i18n.js';
import { ButtonLink } from '../ui/button.js';
import { Code } from '../ui/code.js';
import { Tabs } from '../ui/tabs.js';
import styles from './developers.module.css';
import {
  createCommand,
  feedCommand,
  listCommand,
  NODE_INSTALL,
  NODE_VERIFICATION,
  PYTHON_INSTALL,
  PYTHON_VERIFICATION,
} from './snippets.js';

/** What a partner's developer needs beside the page. */
export function DevelopersView() {
  const { t } = useI18n();
  return (
    <View isNarrow title={t('developers.title')} lead={t('developers.lead')}>
      <Part title={t('developers.verify')} text={t('developers.verify.text')}>
        <Tabs
          label={t('developers.verify.languages')}
          tabs={[
            {
              id: 'node',
              label: 'Node.js',
              content: <Verification install={NODE_INSTALL} code={NODE_VERIFICATION} />,
            },
            {
              id: 'python',
              label: 'Python',
              content: <Verification install={PYTHON_INSTALL} code={PYTHON_VERIFICATION} />,
            },
          ]}
        />
      </Part>
      <Part title={t('developers.create')} text={t('developers.create.text')}>
        <Code label={t('developers.create')} code={createCommand(addresses.webhooks, settings.contractId)} />
        <p className={styles.text}>{t('developers.credentials')}</p>
      </Part>
      <Part title={t('developers.list')} text={t('developers.list.text')}>
        <Code label={t('developers.list')} code={listCommand(addresses.webhooks)} />
      </Part>
      <Part title={t('feed.developers')} text={t('feed.developers.text')}>
        <Code
          label={t('feed.developers.create')}
          code={createCommand(addresses.webhooks, settings.contractId, { transport: 'pull' })}
        />
        <Code label={t('feed.command')} code={feedCommand(`${addresses.webhooks}/$ID/events`)} />
        <p className={styles.text}>{t('feed.next')}</p>
      </Part>
      <Part title={t('developers.openapi')} text={t('developers.openapi.text')}>
        <div>
          <ButtonLink icon="download" href={openApiUrl} download="openapi.json">
            {t('developers.openapi.download')}
          </ButtonLink>
        </div>
      </Part>
    </View>
  );
}

function Part({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  return (
    <section className={styles.part}>
      <h2>{title}</h2>
      <p className={styles.text}>{text}</p>
      {children}
    </section>
  );
}

function Verification({ install, code }: { install: string; code: string }) {
  const { t } = useI18n();
  return (
    <div className={styles.part}>
      <Code label={t('developers.install')} code={install} />
      <Code label={t('developers.verify')} code={code} />
    </div>
  );
}
