import type { form as english } from '../en/form.js';
import type { Area } from '../messages.js';

export const form: Area<typeof english> = {
  'form.add': 'Webhook hinzufügen',
  'form.edit': 'Webhook bearbeiten',
  'form.save': 'Speichern',
  'form.more': 'Mehr',
  'form.created': 'Webhook hinzugefügt',
  'form.saved': 'Webhook gespeichert',
  'form.unchanged': 'Nichts wurde geändert',
  'form.refused': {
    one: '{count} Feld braucht einen anderen Wert',
    other: '{count} Felder brauchen einen anderen Wert',
  },

  'form.contractId': 'Vertrags-ID',
  'form.contractId.help': 'Wessen Ereignisse er erfährt.',
  'form.contractId.none': 'Kein Vertrag mit Webhooks passt. Jeder Vertrag kann eingegeben werden.',
  'form.url': 'URL',
  'form.url.help': 'Ihr HTTPS-Endpunkt. Er bekommt für jedes Ereignis eine POST-Anfrage.',
  'form.url.masked':
    'Zugangsdaten darin sind verdeckt. Lassen Sie sie so, um sie zu behalten, oder geben Sie die ganze URL ein.',
  'form.eventTypes': 'Ereignistyp',
  'form.eventTypes.search': 'Ereignistypen suchen',
  'form.eventTypes.none': 'Kein Ereignistyp passt',
  'form.eventTypes.patterns': 'Mehrere auf einmal',
  'form.eventTypes.all': 'Alle Ereignisse',
  'form.eventTypes.all.help': 'Jedes Ereignis des Vertrags, auch Typen, die später dazukommen.',
  'form.eventTypes.prefix.help': 'Jeder Ereignistyp, der mit {prefix} beginnt',
  'form.status': 'Status',
  'form.status.help': 'Nur aktive Webhooks senden Benachrichtigungen.',
  'form.status.disabled': 'Er wurde abgeschaltet. Wählen Sie Aktiv, sobald der Empfänger wieder arbeitet.',

  'form.section.body': 'Inhalt',
  'form.section.narrow': 'Nur manche Ereignisse',
  'form.section.request': 'Anfragen',
  'form.section.pace': 'Tempo',

  'form.profile': 'Profil',
  'form.profile.help': 'Die Form des Inhalts, und in wessen Worten er ist.',
  'form.format': 'Format',
  'form.locale': 'Sprache',
  'form.locale.help': 'Der Texte im Inhalt.',
  'form.useContactLanguage': 'Zuerst die Sprache des Gastes',
  'form.useContactLanguage.help': 'Wo eine Buchung eine nennt, geht sie der Sprache oben vor.',
  'form.capabilities': 'Capabilities',
  'form.capabilities.help': 'Welche Teile des OCTO-Modells ein Inhalt hat.',
  'form.capabilities.search': 'Capabilities suchen',
  'form.capabilities.none': 'Keine Capability passt',

  'form.filters.productIds': 'Produkt-IDs',
  'form.filters.statuses': 'Zustände',
  'form.filters.changedPaths': 'Geänderte Felder',
  'form.filters.help': 'Durch Kommas getrennt; leer für alle.',
  'form.filters.changedPaths.help': 'JSON-Pointer wie /booking/status, durch Kommas getrennt; leer für alle.',

  'form.headers': 'Anfrage-Header',
  'form.headers.help':
    'Gehen mit jeder Anfrage mit. Werte werden verschlüsselt gespeichert und nicht wieder gezeigt.',
  'form.headers.unreadable': 'Die gespeicherten Header sind nicht mehr lesbar. Geben Sie sie neu ein.',
  'form.headers.name': 'Name',
  'form.headers.value': 'Wert',
  'form.headers.kept': 'Gespeichert; leer lassen, um ihn zu behalten',
  'form.headers.add': 'Header hinzufügen',
  'form.headers.remove': 'Header {name} entfernen',

  'form.signing': 'Signatur',
  'form.signing.standard': 'Standard Webhooks',
  'form.signing.standard.help': 'HMAC-SHA256 mit einem gemeinsamen Geheimnis',
  'form.signing.ed25519': 'Standard Webhooks, Ed25519',
  'form.signing.ed25519.help': 'Sie prüfen mit einem öffentlichen Schlüssel',
  'form.signing.hmac': 'Einfaches HMAC',
  'form.signing.hmac.help': 'HMAC-SHA256 des Inhalts allein, in einem Header Ihrer Wahl',
  'form.signing.none': 'Keine',
  'form.signing.none.help': 'Niemand kann sagen, wer die Anfrage gesendet hat',
  'form.signing.fixed':
    'Sie bleibt, solange es den Webhook gibt. Um anders zu signieren, fügen Sie einen weiteren hinzu.',
  'form.signatureHeader': 'Header der Signatur',
  'form.signaturePrefix': 'Vor der Signatur',

  'form.retryOnError': 'Bei Fehlern erneut versuchen',
  'form.retryOnError.help': 'Nach {delays}.',
  'form.ordering': 'Reihenfolge',
  'form.ordering.none': 'Wie sie fällig werden',
  'form.ordering.none.help': 'Eine fehlgeschlagene hält keine andere auf',
  'form.ordering.resource': 'Der Reihe nach je Ressource',
  'form.ordering.resource.help': 'Ereignisse zu einer Buchung gehen nacheinander',
  'form.maxInFlight': 'Anfragen zugleich',
  'form.maxInFlight.help': '1 bis 100; leer: {count}.',
  'form.maxPerSecond': 'Anfragen pro Sekunde',
  'form.maxPerSecond.help': '1 bis 1000; leer: keine Grenze.',

  'secret.title': 'Das Geheimnis des Webhooks',
  'secret.text':
    'Kopieren Sie es jetzt: Es wird nicht wieder gezeigt. Mit ihm prüfen Sie, dass eine Anfrage von uns ist.',
  'secret.done': 'Ich habe es gespeichert',
  'publicKey.title': 'Der öffentliche Schlüssel des Webhooks',
  'publicKey.text':
    'Mit ihm prüfen Sie, dass eine Anfrage von uns ist. Sie finden ihn auf der Seite des Webhooks wieder.',
  'publicKey.done': 'Fertig',
  'rotate.title': 'Geheimnis erneuern?',
  'rotate.text':
    'Anfragen werden ab sofort mit dem neuen Geheimnis signiert, und noch {duration} lang auch mit dem alten.',
  'rotate.hmac':
    'Anfragen werden ab sofort mit dem neuen Geheimnis signiert. Mit dem alten lässt sich dann nichts mehr prüfen.',
  'rotate.confirm': 'Geheimnis erneuern',
};
