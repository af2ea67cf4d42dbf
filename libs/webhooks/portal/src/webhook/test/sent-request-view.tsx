import type { SentRequest } from '../../api/types.js';
import { useI18n } from '../../i18n/i18n.js';
import { BodyView } from '../body-view.js';
import shared from '../webhook.module.css';
import styles from './test.module.css';

/** A request as the receiver got it, its credentials masked. */
export function SentRequestView({ request }: { request: SentRequest | null }) {
  const { t } = useI18n();
  return (
    <section className={shared.section} aria-label={t('test.request')}>
      <h3>{t('test.request')}</h3>
      {request === null ? (
        <p className={shared.soft}>{t('test.notSent')}</p>
      ) : (
        <>
          <code className={styles.line} data-ltr>
            {request.method} {request.url}
          </code>
          <table className={styles.headers} aria-label={t('test.headers')}>
            <thead className={shared.heard}>
              <tr>
                <th scope="col">{t('test.header')}</th>
                <th scope="col">{t('test.value')}</th>
              </tr>
            </thead>
            <tbody dir="ltr">
              {Object.entries(request.headers).map(([name, value]) => (
                <tr key={name}>
                  <th scope="row">{name}</th>
                  <td>{value}</td>
                </tr>
              ))}
            </tbody>
          </table>
          <BodyView label={t('test.requestBody')} body={request.body} />
        </>
      )}
    </section>
  );
}
