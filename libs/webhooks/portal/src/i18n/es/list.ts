import type { list as english } from '../en/list.js';
import type { Area } from '../messages.js';

export const list: Area<typeof english> = {
  'list.title': 'Webhooks',
  'list.count': { one: '{count} webhook', other: '{count} webhooks' },
  'list.add': 'Añadir',
  'list.download': 'Descargar Excel',
  'list.downloadCsv': 'CSV',
  'list.filters': 'Filtrar y ordenar',
  'list.clear': 'Quitar los filtros',

  'list.column.no': 'N.º',
  'list.column.contract': 'Contrato',
  'list.column.url': 'URL',
  'list.column.eventType': 'Tipo de evento',
  'list.column.status': 'Estado',
  'list.column.health': 'Últimas 24 horas',
  'list.column.actions': 'Acciones',

  'list.filter': 'Filtrar por {column}',
  'list.filter.id': 'ID',
  'list.filter.contains': 'Contiene',
  'list.filter.failing': 'Con fallos',
  'list.filter.healthy': 'Sin fallos',
  'list.filter.gone': 'Desactivado: 410 Gone',
  'list.filter.exhausted': 'Desactivado: reintentos agotados',
  'list.filter.failures': 'Desactivado: demasiados fallos',

  'list.edit': 'Editar {url}',
  'list.delete': 'Eliminar {url}',
  'list.hours': '{succeeded} entregadas y {failed} fallidas en las últimas 24 horas',
  'list.hoursPartial':
    '{succeeded} entregadas y {failed} fallidas entre las más recientes de las últimas 24 horas',
  'list.quiet': 'Sin entregas',
  'list.failingSince': 'Falla desde el {time}',
  'list.moreTypes': '{count} más',

  'list.empty': 'Aún no hay webhooks',
  'list.empty.text': 'Añada uno: una dirección suya y los eventos de los que debe enterarse.',
  'list.none': 'Ningún webhook coincide',
  'list.none.text': 'Cambie los filtros o quítelos.',
  'list.loading': 'Cargando webhooks',

  'delete.title': '¿Eliminar este webhook?',
  'delete.text':
    'No se enviará nada más a {url}. Un webhook eliminado no se puede recuperar. Con él se pierden:',
  'delete.log': 'su registro de entregas, con todos los intentos',
  'delete.pending': {
    one: '{count} entrega que aún no se ha enviado',
    other: '{count} entregas que aún no se han enviado',
  },
  'delete.pendingMany': 'más de {count} entregas que aún no se han enviado',
  'delete.pendingUnknown': 'las entregas que aún no se han enviado',
  'delete.secret': 'su secreto y sus cabeceras de solicitud',
  'delete.confirm': 'Eliminar webhook',
  'delete.done': 'Webhook eliminado',
};
