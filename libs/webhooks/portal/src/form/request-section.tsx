import type { SigningScheme, Transport } from '../api/types.js';
import { useI18n } from '../i18n/i18n.js';
import { Select } from '../ui/select.js';
import { TextField } from '../ui/text-field.js';
import type { Fields } from './fields.js';
import { HeadersField } from './headers-field.js';
import { Row, Section } from './section.js';

const TRANSPORTS: Transport[] = ['push', 'pull', 'both'];
const SCHEMES: SigningScheme[] = ['standard', 'ed25519', 'hmac', 'none'];

/** What a request carries beside its body. */
export function RequestSection(fields: Fields) {
  const { t } = useI18n();
  const { values, change, errorOf, webhook } = fields;
  const isFixed = webhook !== null;
  return (
    <Section title={t('form.section.request')}>
      <Select
        name="transport"
        label={t('form.transport')}
        options={TRANSPORTS.map((value) => ({
          value,
          label: t(`form.transport.${value}`),
          description: t(`form.transport.${value}.help`),
        }))}
        value={values.transport}
        onChange={(transport) => change({ transport })}
        error={errorOf('transport')}
      />
      {values.transport !== 'pull' && <HeadersField {...fields} />}
      <Select
        name="signing"
        label={t('form.signing')}
        description={isFixed ? t('form.signing.fixed') : undefined}
        options={SCHEMES.map((value) => ({
          value,
          label: t(`form.signing.${value}`),
          description: t(`form.signing.${value}.help`),
        }))}
        value={values.signing}
        onChange={(signing) => change({ signing })}
        isDisabled={isFixed}
        error={errorOf('signing')}
      />
      {values.signing === 'hmac' && (
        <Row>
          <TextField
            name="signatureHeader"
            label={t('form.signatureHeader')}
            isCode
            placeholder="X-CapData-Signature"
            value={values.signatureHeader}
            onChange={(signatureHeader) => change({ signatureHeader })}
            isDisabled={isFixed}
            error={errorOf('signatureHeader')}
          />
          <TextField
            name="signaturePrefix"
            label={t('form.signaturePrefix')}
            isOptional={!isFixed}
            isCode
            placeholder="sha256="
            value={values.signaturePrefix}
            onChange={(signaturePrefix) => change({ signaturePrefix })}
            isDisabled={isFixed}
            error={errorOf('signaturePrefix')}
          />
        </Row>
      )}
    </Section>
  );
}
