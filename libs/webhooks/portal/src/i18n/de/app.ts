import type { app as english } from '../en/app.js';
import type { Area } from '../messages.js';

export const app: Area<typeof english> = {
  'app.name': 'Webhooks',
  'app.allContracts': 'Alle Verträge',
  'app.contract': 'Vertrag {contract}',
  'app.language': 'Sprache',
  'app.theme': 'Farben',
  'app.theme.system': 'Wie das System',
  'app.theme.light': 'Hell',
  'app.theme.dark': 'Dunkel',
  'app.notFound': 'Diese Seite gibt es nicht',
  'app.notFound.text': 'Die Adresse ist vielleicht vertippt oder stammt aus einer älteren Version.',
  'app.toList': 'Zu allen Webhooks',

  'nav.label': 'Ansichten',
  'nav.skip': 'Zum Inhalt springen',
  'nav.webhooks': 'Webhooks',
  'nav.preview': 'Vorschau',
  'nav.developers': 'Entwickler',

  'status.active': 'Aktiv',
  'status.inactive': 'Inaktiv',
  'status.disabled': 'Abgeschaltet',

  'reason.gone': 'Der Empfänger hat 410 Gone geantwortet.',
  'reason.exhausted': 'Eine Zustellung hat alle Versuche verbraucht.',
  'reason.failures': 'Zu viele Fehler in Folge.',
};
