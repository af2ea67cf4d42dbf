import type { list as english } from '../en/list.js';
import type { Area } from '../messages.js';

export const list: Area<typeof english> = {
  'list.title': 'Webhooks',
  'list.count': { one: '{count} Webhook', other: '{count} Webhooks' },
  'list.add': 'Hinzufügen',
  'list.download': 'Excel herunterladen',
  'list.downloadCsv': 'CSV',
  'list.filters': 'Filtern und sortieren',
  'list.clear': 'Filter aufheben',

  'list.column.no': 'Nr.',
  'list.column.contract': 'Vertrag',
  'list.column.url': 'URL',
  'list.column.eventType': 'Ereignistyp',
  'list.column.status': 'Status',
  'list.column.health': 'Letzte 24 Stunden',
  'list.column.actions': 'Aktionen',

  'list.filter': 'Nach {column} filtern',
  'list.filter.id': 'ID',
  'list.filter.contains': 'Enthält',
  'list.filter.failing': 'Schlägt fehl',
  'list.filter.healthy': 'Schlägt nicht fehl',
  'list.filter.gone': 'Abgeschaltet: 410 Gone',
  'list.filter.exhausted': 'Abgeschaltet: Versuche verbraucht',
  'list.filter.failures': 'Abgeschaltet: zu viele Fehler',

  'list.edit': '{url} bearbeiten',
  'list.delete': '{url} löschen',
  'list.hours': '{succeeded} zugestellt und {failed} fehlgeschlagen in den letzten 24 Stunden',
  'list.hoursPartial':
    '{succeeded} zugestellt und {failed} fehlgeschlagen unter den neuesten der letzten 24 Stunden',
  'list.quiet': 'Keine Zustellungen',
  'list.failingSince': 'Schlägt fehl seit {time}',
  'list.moreTypes': '{count} weitere',

  'list.empty': 'Noch keine Webhooks',
  'list.empty.text': 'Fügen Sie einen hinzu: eine Ihrer Adressen und die Ereignisse, die sie erfahren soll.',
  'list.none': 'Kein Webhook passt',
  'list.none.text': 'Ändern Sie die Filter oder heben Sie sie auf.',
  'list.loading': 'Webhooks werden geladen',

  'delete.title': 'Diesen Webhook löschen?',
  'delete.text':
    'An {url} wird nichts mehr gesendet. Ein gelöschter Webhook kann nicht wiederhergestellt werden. Mit ihm gehen:',
  'delete.log': 'sein Zustellprotokoll mit allen Versuchen',
  'delete.pending': {
    one: '{count} Zustellung, die noch nicht gesendet wurde',
    other: '{count} Zustellungen, die noch nicht gesendet wurden',
  },
  'delete.pendingMany': 'mehr als {count} Zustellungen, die noch nicht gesendet wurden',
  'delete.pendingUnknown': 'Zustellungen, die noch nicht gesendet wurden',
  'delete.secret': 'sein Geheimnis und seine Anfrage-Header',
  'delete.confirm': 'Webhook löschen',
  'delete.done': 'Webhook gelöscht',
};
