import type { developers as english } from '../en/developers.js';
import type { Area } from '../messages.js';

export const developers: Area<typeof english> = {
  'developers.title': 'Für Entwickler',
  'developers.lead': 'Alles, was diese Seite tut, geht auch über die REST-API.',
  'developers.create': 'Einen Webhook anlegen',
  'developers.create.text': 'Die Antwort enthält das Geheimnis, nur dieses eine Mal.',
  'developers.list': 'Webhooks auflisten',
  'developers.list.text': 'Die nächste Seite gibt es mit dem nextCursor einer Antwort als cursor.',
  'developers.credentials':
    'Die API nimmt die Zugangsdaten, die Sie für diese Plattform verwenden. Setzen Sie sie an die Stelle des gezeigten Headers.',
  'developers.verify': 'Eine Anfrage prüfen',
  'developers.verify.text':
    'Prüfen Sie den rohen Inhalt, bevor Sie ihn lesen. Anfragen folgen Standard Webhooks, dessen Bibliotheken das in jeder Sprache können.',
  'developers.verify.languages': 'Programmiersprache',
  'developers.install': 'Installieren',
  'developers.openapi': 'API-Beschreibung',
  'developers.openapi.text': 'Jede Ressource, jeder Inhalt und jeder Header als OpenAPI 3.1.',
  'developers.openapi.download': 'OpenAPI herunterladen',

  'preview.title': 'Vorschau',
  'preview.lead': 'Was ein Webhook bekommt, an einem Beispiel. Gesendet wird nichts.',
  'preview.eventType': 'Ereignistyp',
  'preview.side': 'Inhalt {count}',
  'preview.addSide': 'Mit einem weiteren vergleichen',
  'preview.removeSide': 'Inhalt {count} entfernen',
  'preview.size': { one: '{count} Byte', other: '{count} Bytes' },
};
