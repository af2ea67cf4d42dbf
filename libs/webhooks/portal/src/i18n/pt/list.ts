import type { list as english } from '../en/list.js';
import type { Area } from '../messages.js';

export const list: Area<typeof english> = {
  'list.title': 'Webhooks',
  'list.count': { one: '{count} webhook', other: '{count} webhooks' },
  'list.add': 'Adicionar',
  'list.download': 'Baixar Excel',
  'list.downloadCsv': 'CSV',
  'list.filters': 'Filtrar e ordenar',
  'list.clear': 'Limpar filtros',

  'list.column.no': 'N.º',
  'list.column.contract': 'Contrato',
  'list.column.url': 'URL',
  'list.column.eventType': 'Tipo de evento',
  'list.column.status': 'Status',
  'list.column.health': 'Últimas 24 horas',
  'list.column.actions': 'Ações',

  'list.filter': 'Filtrar por {column}',
  'list.filter.id': 'ID',
  'list.filter.contains': 'Contém',
  'list.filter.failing': 'Com falhas',
  'list.filter.healthy': 'Sem falhas',
  'list.filter.gone': 'Desativado: 410 Gone',
  'list.filter.exhausted': 'Desativado: tentativas esgotadas',
  'list.filter.failures': 'Desativado: falhas demais',

  'list.edit': 'Editar {url}',
  'list.delete': 'Excluir {url}',
  'list.hours': '{succeeded} entregues e {failed} com falha nas últimas 24 horas',
  'list.hoursPartial':
    '{succeeded} entregues e {failed} com falha entre as mais recentes das últimas 24 horas',
  'list.quiet': 'Nenhuma entrega',
  'list.failingSince': 'Falha desde {time}',
  'list.moreTypes': 'mais {count}',

  'list.empty': 'Ainda não há webhooks',
  'list.empty.text': 'Adicione um: um endereço seu e os eventos de que ele deve ser avisado.',
  'list.none': 'Nenhum webhook corresponde',
  'list.none.text': 'Mude os filtros ou limpe-os.',
  'list.loading': 'Carregando webhooks',

  'delete.title': 'Excluir este webhook?',
  'delete.text':
    'Nada mais será enviado para {url}. Um webhook excluído não pode ser recuperado. Com ele se perdem:',
  'delete.log': 'o registro de entregas, com todas as tentativas',
  'delete.pending': {
    one: '{count} entrega que ainda não foi enviada',
    other: '{count} entregas que ainda não foram enviadas',
  },
  'delete.pendingMany': 'mais de {count} entregas que ainda não foram enviadas',
  'delete.pendingUnknown': 'as entregas que ainda não foram enviadas',
  'delete.secret': 'o segredo e os cabeçalhos das requisições',
  'delete.confirm': 'Excluir webhook',
  'delete.done': 'Webhook excluído',
};
